//! Format of a table: its columns, and the formats of its dates, numbers and times as inferred from the cells.

use super::sheet::CellNames;
use crate::input::cell::date_form::DateForm;
use crate::input::cell::decimals::Decimals;
use crate::input::cell::from_utc::FromUtc;
use crate::input::cell::interval_end::Behind;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};

/// Format of a table.
#[derive(Clone, Debug)]
pub(in crate::input) struct Form<'t> {
    pub(in crate::input) file: String,
    /// Its columns by our names.
    pub(in crate::input) columns: Vec<String>,
    /// Line of the header.
    pub(in crate::input) header_line: usize,
    /// Minutes by which its times are ahead of UTC, where a header says so.
    pub(in crate::input) ahead_of_utc: Option<i32>,
    /// Headers as written in the file.
    pub(super) names: Vec<String>,
    /// Names of the cells of a sheet.
    pub(super) cells: Option<CellNames>,
    /// Whether each column is ours: a cell of it that a spreadsheet could not compute is reported at once.
    pub(super) known: Vec<bool>,
    /// Whether each column is numeric.
    pub(super) numeric: Vec<bool>,
    /// Decimal sign.
    pub(in crate::input) decimals: Decimals,
    /// Size of each column's unit in our units.
    pub(super) units: Vec<f64>,
    pub(in crate::input) dates: DateForm,
    /// Meaning of suffixes of its times.
    pub(super) behind: Behind,
    /// Conversion of times with a UTC offset.
    pub(super) clocks: FromUtc<'t>,
}

impl Form<'_> {
    /// Name of a cell in problems: its column as named in the file, in a workbook the cell.
    pub(super) fn label(&self, line: usize, place: usize) -> String {
        match &self.cells {
            None => self.names.get(place).cloned().unwrap_or_default(),
            Some(cells) => cells.of(line, place),
        }
    }

    /// Reports an ambiguity of a table's cells, by the example of one.
    pub(super) fn ask(&self, sample: &Sample, code: &'static str, expected: String, problems: &mut Problems) {
        let (column, value) = (self.label(sample.line, sample.place), sample.text.clone());
        problems.push(Problem { line: Some(sample.line), column, value, expected, ..of_file(&self.file, code) });
    }

    /// Name of one of our columns in the file.
    pub(in crate::input) fn header_of(&self, column: &str) -> Option<&str> {
        self.columns.iter().position(|name| name == column).map(|place| self.names[place].as_str())
    }

    pub(in crate::input) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Unknown columns, by their names in the file.
    pub(in crate::input) fn unknown_columns(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().zip(&self.known);
        columns.filter(|(name, known)| !**known && !name.is_empty()).map(|(name, _)| name.as_str())
    }

    /// Reports columns of equal name, where every column is read.
    pub(in crate::input) fn refuse_twins(&self, problems: &mut Problems) {
        for (place, name) in self.columns.iter().enumerate() {
            if !name.is_empty() && !self.known[place] && self.columns[..place].contains(name) {
                let (column, value) = (name.clone(), name.clone());
                problems.push(Problem {
                    line: Some(self.header_line),
                    column,
                    expected: value.clone(),
                    value,
                    ..of_file(&self.file, "column_twice")
                });
            }
        }
    }
}

/// A cell, or a part of one, as evidence for the format of a table.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) line: usize,
    pub(super) place: usize,
    pub(super) text: String,
}
