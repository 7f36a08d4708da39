//! CSV files and sheets as rows of named cells.

use super::date_orders::{Orders, places};
use super::decimal_sign::Evidence;
use super::form::Form;
use super::interval_ends::Intervals;
use super::records::{Fault, FaultKind, Record, Records};
use super::row::Row;
use super::separators::{MOST_ABOVE, declares_separator, separator};
use super::sheet::Sheet;
use super::summary_rows::Needed;
use crate::input::cell::date_form::DateForm;
use crate::input::cell::decimals::Decimals;
use crate::input::cell::from_utc::FromUtc;
use crate::input::cell::interval_end::Behind;
use crate::input::cell::no_value::{error_code, is_nothing};
use crate::input::header::examined::Header;
use crate::input::header::shape::Shape;
use crate::input::header::split_times;
use crate::input::header::split_times::Split;
use crate::input::header::synonyms::canonical;
use crate::input::header::units::{ahead_of_utc, unit};
use crate::input::naming::names::Names;
use crate::input::personal::values::looks_personal;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::text::file::read_text;
use crate::spreadsheet::restored;
use std::borrow::Cow;
use std::path::Path;

/// A table under our column names. Its rows are re-read for each pass: a year of counts would not fit in memory as cells.
#[derive(Clone, Debug)]
pub(in crate::input) struct Table<'t> {
    pub(in crate::input) form: Form<'t>,
    /// Pairs of columns with date and time.
    splits: Vec<Split>,
    /// Columns in which a dash stands for an empty cell.
    blanks: Vec<bool>,
    needed: Needed,
    /// Result of validating its header.
    header: Header,
    /// Whether the header permits reading rows.
    is_sound: bool,
    /// Whether all rows are readable, so that they are not checked again.
    all_fit: bool,
    /// Whether only summary rows are left out.
    is_whole: bool,
    body: Body<'t>,
}

/// Source of the rows.
#[derive(Clone, Debug)]
enum Body<'t> {
    Text { text: Cow<'t, str>, separator: u8 },
    Sheet(Sheet),
}

/// Code of a summary row: it is reported and left out.
pub(in crate::input) const SUMMARY: &str = "summary_row";

impl<'t> Table<'t> {
    /// Reads a file; faults that prevent reading it as a table are reported and give `None`.
    pub(in crate::input) fn read(folder: &Path, file: &str, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let text = read_text(folder, file, problems)?;
        Self::of_text(file, Cow::Owned(text), shape, problems)
    }

    /// Reads a table from standard input or memory.
    pub(in crate::input) fn parse(file: &str, text: &'t str, shape: Shape, problems: &mut Problems) -> Option<Self> {
        Self::of_text(file, Cow::Borrowed(text), shape, problems)
    }

    fn of_text(file: &str, text: Cow<'t, str>, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let separator = separator(&text);
        let mut faults = Vec::new();
        let mut sound = Records::new(&text, separator).filter_map(|record| record.map_err(|fault| faults.push(fault)).ok());
        let is_filled = |record: &Record| record.cells.iter().any(|cell| !cell.trim().is_empty());
        let first = sound.nth(usize::from(declares_separator(&text))).filter(is_filled);
        let names = |record: &Record| -> Vec<String> { record.cells.iter().map(|cell| plain(cell).into_owned()).collect() };
        let is_header = |record: &Record| shape.is_met_by(&names(record));
        let is_title = |record: &Record| !is_header(record) && !names(record).iter().any(|name| shape.is_private(name));
        let below = first.as_ref().filter(|first| is_title(first)).and_then(|_| {
            let after_titles = sound.by_ref().take(MOST_ABOVE).find(|record| !is_title(record));
            after_titles.filter(is_header)
        });
        drop(sound);
        let note = |problems: &mut Problems, fault: Fault| {
            problems.push(Problem { line: Some(fault.line), ..of_file(file, fault.code()) });
        };
        if let Some((first, header)) = first.as_ref().zip(below.as_ref()) {
            let (value, expected) = (first.cells.join(" "), header.line.to_string());
            problems.push(Problem { is_warning: true, line: Some(first.line), value, expected, ..of_file(file, "lines_above_header") });
        }
        let Some(header) = below.or(first) else {
            faults.into_iter().for_each(|fault| note(problems, fault));
            problems.push(of_file(file, "file_empty"));
            return None;
        };
        let line = header.line;
        let names = names(&header);
        let mut table = Self::with_header(file, line, &names, shape, problems);
        // a faulty line above may have been the header
        faults.into_iter().for_each(|fault| note(problems, fault));
        table.body = Body::Text { text, separator };
        table.note_bad_rows(problems);
        table.sound()
    }

    /// The table with known clocks of the plan.
    pub(in crate::input) fn in_clocks(self, clocks: FromUtc<'t>) -> Self {
        Self { form: Form { clocks, ..self.form }, ..self }
    }

    /// Reads a sheet of a workbook.
    pub(in crate::input) fn of_sheet(file: &str, sheet: Sheet, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let names: Vec<String> = sheet.header().iter().map(|name| plain(name).into_owned()).collect();
        let mut table = Self::with_header(file, sheet.header_line(), &names, shape, problems);
        table.form.cells = Some(sheet.cells().clone());
        table.body = Body::Sheet(sheet);
        table.note_bad_rows(problems);
        table.sound()
    }

    /// A table without rows, with faults of its header reported.
    fn with_header(file: &str, line: usize, names: &[String], shape: Shape, problems: &mut Problems) -> Self {
        let known: Vec<&str> = shape.known().collect();
        let mut columns: Vec<String> = names.iter().map(|name| canonical(name, &known)).collect();
        let splits = split_times::find(names, &mut columns, shape);
        let mut labels = names.to_vec();
        splits.iter().for_each(|split| split.name(&mut labels));
        let (header, is_sound) = Header::examined((file, line), (names, &columns), shape, problems);
        let form = Form {
            file: file.to_owned(),
            header_line: line,
            ahead_of_utc: names.iter().find_map(|name| ahead_of_utc(name)),
            names: labels,
            cells: None,
            known: columns.iter().map(|column| shape.reads(column)).collect(),
            numeric: columns.iter().map(|column| shape.is_number(column)).collect(),
            decimals: Decimals::Point,
            units: names.iter().zip(&columns).map(|(name, column)| unit(name, column).unwrap_or(1.0)).collect(),
            dates: DateForm::Plain,
            behind: Behind::Offset,
            columns,
            clocks: FromUtc::Local,
        };
        Self {
            splits,
            blanks: form.columns.iter().map(|column| shape.may_be_blank(column)).collect(),
            needed: Needed::of(&form.columns, shape),
            form,
            all_fit: false,
            is_whole: false,
            header,
            is_sound,
            body: Body::Text { text: Cow::Borrowed(""), separator: b',' },
        }
    }

    /// The table if its header permits reading rows.
    fn sound(self) -> Option<Self> {
        self.is_sound.then_some(self)
    }

    /// Reports all unreadable rows, and determines the formats of dates and numbers.
    fn note_bad_rows(&mut self, problems: &mut Problems) {
        if self.header == Header::OfAnotherKind {
            return;
        }
        let (mut all_fit, mut is_whole) = (true, true);
        let (places, mut orders) = (places(&self.form.columns), Orders::default());
        let (mut intervals, mut evidence) = (Intervals::default(), Evidence::default());
        self.records().for_each(|row| match row {
            Ok(row) => match self.misfit(&row) {
                None => {
                    orders.see(&row, &places);
                    intervals.see(&row, &places);
                    evidence.see(&row);
                }
                Some((code, place)) => {
                    all_fit = false;
                    let is_warning = code == SUMMARY;
                    is_whole &= is_warning;
                    let (value, expected) = match code {
                        "row_length" => (row.cells.len().to_string(), self.form.columns.len().to_string()),
                        "personal_value" | "formula_without_value" => (String::new(), String::new()),
                        _ => (row.cells[place].to_string(), String::new()),
                    };
                    let column = if code == "row_length" { String::new() } else { self.form.label(row.line, place) };
                    problems.push(Problem { is_warning, line: Some(row.line), column, value, expected, ..of_file(&self.form.file, code) });
                }
            },
            Err(fault) => {
                is_whole = false;
                let column = self.form.names.get(fault.cell).cloned().unwrap_or_default();
                problems.push(Problem { line: Some(fault.line), column, ..of_file(&self.form.file, fault.code()) });
            }
        });
        (self.all_fit, self.is_whole) = (all_fit, is_whole);
        self.form.behind = intervals.form(&self.form, problems);
        self.form.dates = orders.form(&self.form, self.rows(), &places, problems);
        self.form.decimals = evidence.form(&self.form, self.has_commas_between(), problems);
    }

    /// Whether cells are separated by commas, or by nothing that may occur in a number.
    pub(super) fn has_commas_between(&self) -> bool {
        !matches!(self.body, Body::Text { separator, .. } if separator != b',')
    }

    /// All non-empty records below the header, or their faults.
    fn records(&self) -> Box<dyn Iterator<Item = Result<Row<'_>, Fault>> + '_> {
        let is_filled = |row: &Result<Row<'_>, Fault>| row.as_ref().map_or(true, |row| row.cells.iter().any(|cell| !cell.is_empty()));
        match &self.body {
            Body::Text { text, separator } => {
                let mut records = Records::new(text, *separator);
                records.by_ref().find(|record| record.as_ref().is_ok_and(|record| record.line == self.form.header_line));
                records.expect_columns(self.form.columns.len());
                Box::new(records.map(|record| record.map(|Record { line, cells }| self.row(line, cells))).filter(is_filled))
            }
            Body::Sheet(sheet) => Box::new(
                sheet
                    .rows()
                    .map(|(line, cells)| Ok(self.row(line, cells.iter().map(|cell| Cow::Borrowed(cell.as_str())).collect())))
                    .filter(is_filled),
            ),
        }
    }

    fn row<'a>(&'a self, line: usize, cells: Vec<Cow<'a, str>>) -> Row<'a> {
        let mut cells: Vec<Cow<str>> = cells.into_iter().map(tidy).collect();
        for (cell, _) in cells.iter_mut().zip(&self.blanks).filter(|(cell, may_be_blank)| **may_be_blank && is_nothing(cell)) {
            *cell = Cow::Borrowed("");
        }
        // an end without a date borrows that of the start, so it is joined first
        self.splits.iter().rev().for_each(|split| split.join(&mut cells));
        Row { form: &self.form, line, cells }
    }

    /// Reason for which a row is unreadable, and the cell.
    fn misfit(&self, row: &Row<'_>) -> Option<(&'static str, usize)> {
        if let Some(place) = self.needed.summary(row, self.form.columns.len()) {
            return Some((SUMMARY, place));
        }
        if row.cells.len() != self.form.columns.len() {
            return Some(("row_length", 0));
        }
        if let Some(place) = row.cells.iter().position(|cell| looks_personal(cell)) {
            return Some(("personal_value", place));
        }
        let lacks_time = || self.splits.iter().find_map(|split| Some(("cell_empty", split.lacks_time(&row.cells)?)));
        let code = |place: usize| Some((error_code(&row.cells[place])?, place));
        (0..row.cells.len()).filter(|&place| self.form.known[place]).find_map(code).or_else(lacks_time)
    }

    /// All rows with as many cells as the header and without a reported fault.
    pub(in crate::input) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records().filter_map(Result::ok).filter(|row| self.all_fit || self.misfit(row).is_none())
    }

    /// Whether there is nothing below the header, not even an unreadable row.
    pub(in crate::input) fn is_empty(&self) -> bool {
        self.records().next().is_none()
    }

    /// Whether no record is unreadable by its form.
    pub(in crate::input) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Names of the rows in a column, including those refused for other reasons.
    pub(in crate::input) fn names(&self, column: &str, is_name: impl Fn(&str) -> bool) -> Names {
        let mut names = Names::none();
        for row in self.records() {
            if row.as_ref().is_ok_and(|row| self.needed.summary(row, self.form.columns.len()).is_some()) {
                continue;
            }
            let row = row.ok().filter(|row| row.cells.len() == self.form.columns.len());
            names.add(
                row.as_ref()
                    .and_then(|row| row.get(column))
                    .filter(|text| is_name(text) && !looks_personal(text) && error_code(text).is_none()),
            );
        }
        names
    }
}

impl Fault {
    pub(in crate::input) fn code(self) -> &'static str {
        match self.kind {
            FaultKind::Open => "quote_open",
            FaultKind::Stray => "quote_stray",
        }
    }
}

/// A cell without surrounding spaces and without the apostrophes that keep spreadsheets from running it.
fn plain(cell: &str) -> Cow<'_, str> {
    match restored(cell) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn tidy(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell {
        Cow::Borrowed(cell) => plain(cell),
        Cow::Owned(cell) => Cow::Owned(plain(&cell).into_owned()),
    }
}
