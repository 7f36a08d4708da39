//! How a table is written: its columns, and what its cells have shown of its dates, its numbers and its times.

use super::sheet::CellNames;
use crate::input::cell::date_form::DateForm;
use crate::input::cell::decimals::Decimals;
use crate::input::cell::from_utc::FromUtc;
use crate::input::cell::interval_end::Behind;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};

/// How a table is written.
#[derive(Clone, Debug)]
pub(in crate::input) struct Form<'t> {
    pub(in crate::input) file: String,
    /// Our names of its columns.
    pub(in crate::input) columns: Vec<String>,
    /// The line of the header.
    pub(in crate::input) header_line: usize,
    /// How many minutes its times are ahead of UTC, where a header says.
    pub(in crate::input) ahead_of_utc: Option<i32>,
    /// The headers as they stand in the file.
    pub(super) names: Vec<String>,
    /// What the cells of a sheet are called.
    pub(super) cells: Option<CellNames>,
    /// Which columns are of ours: in them a cell that a spreadsheet could not compute is noted at once.
    pub(super) known: Vec<bool>,
    /// Which columns hold numbers.
    pub(super) numeric: Vec<bool>,
    /// How it writes them.
    pub(in crate::input) decimals: Decimals,
    /// Of each column, how many of our units one of its own is.
    pub(super) units: Vec<f64>,
    pub(in crate::input) dates: DateForm,
    /// What stands behind its times.
    pub(super) behind: Behind,
    /// What becomes of times that say how far they are from UTC.
    pub(super) clocks: FromUtc<'t>,
}

impl Form<'_> {
    /// What a cell's problems are told of: its column's name as the file has it, in a workbook the cell.
    pub(super) fn label(&self, line: usize, place: usize) -> String {
        match &self.cells {
            None => self.names.get(place).cloned().unwrap_or_default(),
            Some(cells) => cells.of(line, place),
        }
    }

    /// Asks how the cells of a table are meant, of which one stands for all.
    pub(super) fn ask(&self, sample: &Sample, code: &'static str, expected: String, problems: &mut Problems) {
        let (column, value) = (self.label(sample.line, sample.place), sample.text.clone());
        problems.push(Problem { line: Some(sample.line), column, value, expected, ..of_file(&self.file, code) });
    }

    pub(in crate::input) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// The columns that are none of ours, by the names they have.
    pub(in crate::input) fn unknown_columns(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().zip(&self.known);
        columns.filter(|(name, known)| !**known && !name.is_empty()).map(|(name, _)| name.as_str())
    }

    /// Notes columns of one name, where every column is read.
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

/// A cell, or a part of one, that shows how a table is written.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) line: usize,
    pub(super) place: usize,
    pub(super) text: String,
}
