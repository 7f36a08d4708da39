//! A CSV file as rows of named cells, each cell checked when it is asked for.

use super::decimals::{Decimals, Evidence, Question, read_number, readings};
use super::folder::read_text;
use super::from_utc::FromUtc;
use super::headers::{canonical, is_slip_of, kind_of, meant};
use super::names::Names;
use super::personal::{About, is_personal};
use super::personal_values::looks_personal;
use super::problem::{Problem, Problems};
use super::records::{Fault, FaultKind, Record, Records};
use super::sheet::Sheet;
use super::text::separator;
use crate::spreadsheet::restored;
use crate::time::{ClockTime, Written, read_date, read_written};
use crate::units::Factor;
use chrono::{NaiveDate, NaiveDateTime};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::Path;

/// A table with our column names. Its rows are read anew each time they are asked for: a year of counts would not fit as cells.
#[derive(Clone, Debug)]
pub(super) struct Table<'t> {
    pub(super) file: String,
    pub(super) columns: Vec<String>,
    /// The line of the header.
    pub(super) header_line: usize,
    /// Whether the header calls its times UTC.
    pub(super) utc: bool,
    /// Which columns are of ours: in them a cell that a spreadsheet could not compute is noted at once.
    known: Vec<bool>,
    /// Which columns hold numbers.
    numeric: Vec<bool>,
    /// How it writes them.
    decimals: Decimals,
    /// What its header says of the table as a whole.
    header: Header,
    /// Whether all rows can be read: then they are not looked at twice.
    all_fit: bool,
    /// What becomes of times that say how far they are from UTC.
    clocks: FromUtc<'t>,
    body: Body<'t>,
}

/// How a header reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    OfThisKind,
    /// A column is there under a misspelt name.
    Misspelt,
    /// It is no table of this kind at all.
    OfAnotherKind,
}

/// Where the rows are.
#[derive(Clone, Debug)]
enum Body<'t> {
    Text { text: Cow<'t, str>, separator: u8 },
    Sheet(Sheet),
}

/// Which columns a file must and may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
    /// Which of them hold numbers.
    pub(super) numbers: Numbers,
    /// Whether a column that is neither is worth a warning: it may be one of ours with a name we do not know.
    pub(super) closed: bool,
}

/// Which columns hold numbers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Numbers {
    Of(&'static [&'static str]),
    /// All of ours but these.
    AllBut(&'static [&'static str]),
    /// All that have names of the planner's own.
    Unnamed,
}

/// A table has no more columns than this.
const MOST_COLUMNS: usize = 1000;

impl Shape {
    fn known(self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }

    fn knows(self, column: &str) -> bool {
        self.known().any(|known| known == column)
    }

    fn is_number(self, column: &str) -> bool {
        match self.numbers {
            Numbers::Of(columns) => columns.contains(&column),
            Numbers::AllBut(others) => self.knows(column) && !others.contains(&column),
            Numbers::Unnamed => !self.knows(column),
        }
    }

    /// The problem with a header that a spreadsheet could not compute, where it may have been that of a column of ours; an export may
    /// have any beside ours.
    fn header_error(self, name: &str) -> Option<&'static str> {
        error_code(name).filter(|_| self.closed || self.about() == About::OwnColumns)
    }

    /// What its rows are about.
    fn about(self) -> About {
        if self.knows("name") {
            About::Things
        } else if self.knows("agent_id") || self.knows("offered") {
            About::People
        } else if self.known().count() == 1 {
            About::OwnColumns
        } else {
            About::Things
        }
    }
}

impl<'t> Table<'t> {
    /// Reads a file; whatever keeps it from being a table is noted and gives `None`.
    pub(super) fn read(folder: &Path, file: &str, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let text = read_text(folder, file, problems)?;
        Self::of_text(file, Cow::Owned(text), shape, problems)
    }

    /// The same from standard input or memory.
    pub(super) fn parse(file: &str, text: &'t str, shape: Shape, problems: &mut Problems) -> Option<Self> {
        Self::of_text(file, Cow::Borrowed(text), shape, problems)
    }

    fn of_text(file: &str, text: Cow<'t, str>, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let separator = separator(&text);
        let mut faults = Vec::new();
        let first = Records::new(&text, separator).find_map(|record| record.map_err(|fault| faults.push(fault)).ok());
        let header = first.filter(|record| record.cells.iter().any(|cell| !cell.trim().is_empty()));
        let note = |problems: &mut Problems, fault: Fault| {
            problems.push(Problem { line: Some(fault.line), ..of_file(file, fault.code()) });
        };
        let Some(header) = header else {
            faults.into_iter().for_each(|fault| note(problems, fault));
            problems.push(of_file(file, "file_empty"));
            return None;
        };
        let line = header.line;
        let names: Vec<String> = header.cells.iter().map(|cell| plain(cell).into_owned()).collect();
        let mut table = Self::with_header(file, line, &names, shape, problems);
        // what stands before the header may have been one
        faults.into_iter().for_each(|fault| note(problems, fault));
        table.body = Body::Text { text, separator };
        table.note_bad_rows(&names, problems);
        table.is_sound(shape, &names).then_some(table)
    }

    /// The same where the plan's clocks are known.
    pub(super) fn in_clocks(self, clocks: FromUtc<'t>) -> Self {
        Self { clocks, ..self }
    }

    /// A sheet of a workbook.
    pub(super) fn of_sheet(file: &str, sheet: Sheet, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let names: Vec<String> = sheet.header().iter().map(|name| plain(name).into_owned()).collect();
        let mut table = Self::with_header(file, sheet.header_line(), &names, shape, problems);
        table.body = Body::Sheet(sheet);
        table.note_bad_rows(&names, problems);
        table.is_sound(shape, &names).then_some(table)
    }

    /// A table without rows, what is wrong with its header noted.
    fn with_header(file: &str, line: usize, names: &[String], shape: Shape, problems: &mut Problems) -> Self {
        let known: Vec<&str> = shape.known().collect();
        let columns: Vec<String> = names.iter().map(|name| canonical(name, &known)).collect();
        let mut note = |code, is_warning, column: &str, value: &str, expected: &str| {
            let (column, value, expected) = (column.to_owned(), value.to_owned(), expected.to_owned());
            problems.push(Problem { is_warning, line: Some(line), column, value, expected, ..of_file(file, code) });
        };
        if names.len() > MOST_COLUMNS {
            note("too_many_columns", false, "", &names.len().to_string(), &MOST_COLUMNS.to_string());
        }
        let (mistyped, lacking) = mistyped(names, &columns, shape);
        // of one column that is missing more can be said than what the file looks like
        let other_kind = kind_of(names).filter(|_| lacking.len() > 1);
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (place, name) in names.iter().enumerate().filter(|_| other_kind.is_none()) {
            let is_known = known.contains(&columns[place].as_str());
            let is_twice = places.insert(&columns[place], place).is_some();
            let is_private = is_personal(name, shape.about()) || looks_personal(name);
            if is_private {
                note("personal_column", false, name, "", "");
            } else if let Some(code) = shape.header_error(name) {
                note(code, false, name, name, "");
            } else if is_known && is_twice {
                note("column_twice", false, name, name, &columns[place]);
            } else if let Some((own, is_needed)) = mistyped.get(&place) {
                note("column_mistyped", !is_needed, name, name, own);
            } else if shape.closed && !is_known && !name.is_empty() && error_code(name).is_none() {
                note("column_unknown", true, name, name, &known.join(", "));
            }
        }
        match other_kind {
            Some(kind) => note("other_kind", false, "", kind, &shape.required.join(", ")),
            None if lacking.is_empty() => {}
            None => note("column_missing", false, &lacking.join(", "), "", &lacking.join(", ")),
        }
        let is_misspelt = mistyped.values().any(|(_, is_needed)| *is_needed);
        let header = match other_kind {
            Some(_) => Header::OfAnotherKind,
            None if is_misspelt => Header::Misspelt,
            None => Header::OfThisKind,
        };
        let of_ours = columns.iter().map(|column| known.contains(&column.as_str())).collect();
        let numeric = columns.iter().map(|column| shape.is_number(column)).collect();
        let utc = names.iter().any(|name| name.to_uppercase().split_whitespace().any(|word| word == "UTC"));
        let body = Body::Text { text: Cow::Borrowed(""), separator: b',' };
        Self {
            file: file.to_owned(),
            columns,
            header_line: line,
            utc,
            known: of_ours,
            numeric,
            decimals: Decimals::Point,
            all_fit: false,
            header,
            clocks: FromUtc::Local,
            body,
        }
    }

    /// Whether its header lets rows be read.
    fn is_sound(&self, shape: Shape, names: &[String]) -> bool {
        let has_all = shape.required.iter().all(|name| self.has(name));
        let is_twice = |place: usize| self.known[place] && self.columns[..place].contains(&self.columns[place]);
        has_all
            && self.header == Header::OfThisKind
            && names.len() <= MOST_COLUMNS
            && !names.iter().any(|name| is_personal(name, shape.about()) || looks_personal(name) || shape.header_error(name).is_some())
            && !(0..names.len()).any(is_twice)
    }

    /// Notes every row that cannot be read, and learns from the others how numbers are written.
    fn note_bad_rows(&mut self, names: &[String], problems: &mut Problems) {
        if self.header == Header::OfAnotherKind {
            return;
        }
        let mut all_fit = true;
        let mut evidence = Evidence::default();
        self.records().for_each(|row| match row {
            Ok(row) => {
                if let Some((code, place)) = self.misfit(&row) {
                    all_fit = false;
                    let (value, expected) = match code {
                        "row_length" => (row.cells.len().to_string(), self.columns.len().to_string()),
                        "personal_value" | "formula_without_value" => (String::new(), String::new()),
                        _ => (row.cells[place].to_string(), String::new()),
                    };
                    let column = if code == "row_length" { String::new() } else { self.label(row.line, place, &names[place]) };
                    problems.push(Problem { line: Some(row.line), column, value, expected, ..of_file(&self.file, code) });
                } else {
                    row.numerals().for_each(|(place, text)| evidence.see(text, row.line, place));
                }
            }
            Err(fault) => {
                let column = names.get(fault.cell).cloned().unwrap_or_default();
                problems.push(Problem { line: Some(fault.line), column, ..of_file(&self.file, fault.code()) });
            }
        });
        self.all_fit = all_fit;
        let commas_separate = !matches!(self.body, Body::Text { separator, .. } if separator != b',');
        self.decimals = evidence.decide(commas_separate).unwrap_or_else(|question| {
            self.ask(&question, names, problems);
            Decimals::Doubtful
        });
    }

    /// Asks how numbers are meant to be read, once a table.
    fn ask(&self, question: &Question, names: &[String], problems: &mut Problems) {
        let (code, sample, expected) = match question {
            Question::Either(sample) => ("decimal_doubtful", sample, readings(&sample.text).join(", ")),
            Question::Both(sample, other) => ("decimals_mixed", sample, format!("'{}' (line {})", other.text, other.line)),
        };
        let column = self.label(sample.line, sample.place, &names[sample.place]);
        let value = sample.text.clone();
        problems.push(Problem { line: Some(sample.line), column, value, expected, ..of_file(&self.file, code) });
    }

    /// Every record below the header that is not empty, or its fault.
    fn records(&self) -> Box<dyn Iterator<Item = Result<Row<'_>, Fault>> + '_> {
        let is_filled = |row: &Result<Row<'_>, Fault>| row.as_ref().map_or(true, |row| row.cells.iter().any(|cell| !cell.is_empty()));
        match &self.body {
            Body::Text { text, separator } => {
                let mut records = Records::new(text, *separator);
                records.by_ref().find(|record| record.as_ref().is_ok_and(|record| record.line == self.header_line));
                records.expect_columns(self.columns.len());
                Box::new(records.map(|record| record.map(|record| self.row(record))).filter(is_filled))
            }
            Body::Sheet(sheet) => Box::new(
                sheet
                    .rows()
                    .map(|(line, cells)| Ok(Row { table: self, line, cells: cells.iter().map(|cell| tidy(Cow::Borrowed(cell))).collect() }))
                    .filter(is_filled),
            ),
        }
    }

    fn row<'a>(&'a self, record: Record<'a>) -> Row<'a> {
        Row { table: self, line: record.line, cells: record.cells.into_iter().map(tidy).collect() }
    }

    /// What keeps a row from being read, and in which cell.
    fn misfit(&self, row: &Row<'_>) -> Option<(&'static str, usize)> {
        if row.cells.len() != self.columns.len() {
            return Some(("row_length", 0));
        }
        if let Some(place) = row.cells.iter().position(|cell| looks_personal(cell)) {
            return Some(("personal_value", place));
        }
        let code = |place: usize| Some((error_code(&row.cells[place])?, place));
        (0..row.cells.len()).filter(|&place| self.known[place]).find_map(code)
    }

    /// What a cell's problems are told of: its column's name, in a workbook the cell.
    fn label(&self, line: usize, place: usize, name: &str) -> String {
        match &self.body {
            Body::Text { .. } => name.to_owned(),
            Body::Sheet(sheet) => sheet.cell_name(line, place),
        }
    }

    /// Every row that has as many cells as the header and nothing in it that was noted already.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records().filter_map(Result::ok).filter(|row| self.all_fit || self.misfit(row).is_none())
    }

    /// Whether there is nothing below the header, not even a row that cannot be read.
    pub(super) fn is_empty(&self) -> bool {
        self.records().next().is_none()
    }

    /// Whether nothing in its form keeps a row from being read.
    pub(super) fn is_whole(&self) -> bool {
        self.all_fit
    }

    /// What the rows are called in a column, those included that are refused for something else.
    pub(super) fn names(&self, column: &str, is_name: impl Fn(&str) -> bool) -> Names {
        let mut names = Names::none();
        for row in self.records() {
            let row = row.ok().filter(|row| row.cells.len() == self.columns.len());
            names.add(
                row.as_ref()
                    .and_then(|row| row.get(column))
                    .filter(|text| is_name(text) && !looks_personal(text) && error_code(text).is_none()),
            );
        }
        names
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// The columns that are none of ours, by the names they have.
    pub(super) fn unknown_columns(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().zip(&self.known);
        columns.filter(|(name, known)| !**known && !name.is_empty()).map(|(name, _)| name.as_str())
    }

    /// Notes columns of one name, where every column is read.
    pub(super) fn refuse_twins(&self, problems: &mut Problems) {
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

/// By their place the headers that are likely to be meant for a column that is not there, with that column and whether no row can
/// be read without it; and the columns that must be and are meant by none.
fn mistyped(names: &[String], columns: &[String], shape: Shape) -> (HashMap<usize, (&'static str, bool)>, Vec<&'static str>) {
    let is_absent = |own: &&&'static str| !columns.iter().any(|column| column == **own);
    let mut required: Vec<&'static str> = shape.required.iter().filter(is_absent).copied().collect();
    let mut optional: Vec<&'static str> = shape.optional.iter().filter(is_absent).copied().collect();
    let mut found = HashMap::new();
    for (place, name) in names.iter().enumerate() {
        let is_free = !shape.known().any(|known| known == columns[place]) && error_code(name).is_none();
        if !is_free || is_personal(name, shape.about()) || looks_personal(name) {
            continue;
        }
        let of_optional = || meant(name, &optional).filter(|_| shape.closed);
        if let Some(own) = meant(name, &required) {
            required.retain(|column| *column != own);
            found.insert(place, (own, true));
        } else if let Some(own) = of_optional() {
            optional.retain(|column| *column != own);
            // without it the rows say something else
            found.insert(place, (own, is_slip_of(name, own)));
        }
    }
    (found, required)
}

impl Fault {
    fn code(self) -> &'static str {
        match self.kind {
            FaultKind::Open => "quote_open",
            FaultKind::Stray => "quote_stray",
        }
    }
}

/// A problem with a file as a whole.
pub(super) fn of_file(file: &str, code: &'static str) -> Problem {
    let (column, value, expected) = (String::new(), String::new(), String::new());
    Problem { code, is_warning: false, file: file.to_owned(), line: None, column, value, expected }
}

/// What spreadsheets write into a cell that they could not compute.
const ERROR_WORDS: [&str; 20] = [
    "#N/A",
    "#NV",
    "#N/D",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#GETTING_DATA",
    "#EXTERNAL!",
    "#PYTHON!",
    "#TIMEOUT!",
];

/// What a formula of a workbook says that was never computed.
pub(super) const UNCOMPUTED: &str = "#FORMULA!";

/// The code of the problem with a cell that a spreadsheet could not compute, or could not show for want of room.
pub(super) fn error_code(cell: &str) -> Option<&'static str> {
    if !cell.starts_with(['#', 'E']) {
        return None;
    }
    if cell == UNCOMPUTED {
        return Some("formula_without_value");
    }
    let is_hashes = cell.len() > 2 && cell.bytes().all(|byte| byte == b'#');
    let libre = cell.strip_prefix("Err:").is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let in_other_languages = cell.starts_with('#') && cell.len() > 3 && cell.ends_with(['!', '?']) && !cell.contains(' ');
    let is_error = is_hashes || libre || in_other_languages || ERROR_WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell));
    is_error.then_some("error_cell")
}

/// Whether a number says by how much something changes, such as `+20%`: as a factor it may mean 1.2 or 0.2.
pub(super) fn is_change(text: &str) -> bool {
    let is_less = text.starts_with(['-', '−', '－']) && text.ends_with(['%', '％']);
    is_less || text.starts_with(['+', '＋'])
}

/// A cell without the spaces around it and the apostrophes that keep spreadsheets from running it.
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

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    table: &'a Table<'a>,
    pub(super) line: usize,
    cells: Vec<Cow<'a, str>>,
}

/// Signs between the parts of a list in one cell.
const LIST: [char; 3] = [';', '；', '、'];

impl Row<'_> {
    /// What stands in columns of numbers, and in which.
    fn numerals(&self) -> impl Iterator<Item = (usize, &str)> {
        let numeric = self.cells.iter().enumerate().filter(|(place, _)| self.table.numeric[*place]);
        numeric.flat_map(|(place, cell)| cell.split(LIST).map(move |part| (place, part)))
    }

    /// The text of a cell, if the column is there and the cell is not empty.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        let place = self.table.columns.iter().position(|name| name == column)?;
        self.cells.get(place).map(|cell| &**cell).filter(|text| !text.is_empty())
    }

    /// Notes a problem with a cell.
    pub(super) fn note(&self, problems: &mut Problems, code: &'static str, column: &str, expected: impl ToString) {
        self.note_as(problems, code, column, expected, false);
    }

    /// Notes a problem with a part of a cell.
    pub(super) fn note_of(&self, problems: &mut Problems, code: &'static str, column: &str, value: String, expected: String) {
        let (file, column) = (self.table.file.clone(), column.to_owned());
        problems.push(Problem { code, is_warning: false, file, line: Some(self.line), column, value, expected });
    }

    pub(super) fn note_as(&self, problems: &mut Problems, code: &'static str, column: &str, expected: impl ToString, is_warning: bool) {
        let value = self.get(column).filter(|value| *value != UNCOMPUTED).unwrap_or("").to_owned();
        let place = self.table.columns.iter().position(|name| name == column);
        let column = place.map_or_else(|| column.to_owned(), |place| self.table.label(self.line, place, column));
        let expected = expected.to_string();
        problems.push(Problem { is_warning, line: Some(self.line), column, value, expected, ..of_file(&self.table.file, code) });
    }

    /// A cell that must not be empty.
    pub(super) fn text(&self, column: &str, problems: &mut Problems) -> Option<&str> {
        let text = self.get(column);
        if text.is_none() {
            self.note(problems, "cell_empty", column, "");
        }
        text
    }

    /// A number in a range; empty gives `None` without a problem.
    pub(super) fn number(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        let text = self.get(column)?;
        let (digits, scale) = text.strip_suffix(['%', '％']).map_or((text, 1.0), |digits| (digits, 0.01));
        let Some(number) = self.numeral(digits) else {
            if !self.is_asked(digits) {
                self.note(problems, "not_a_number", column, "");
            }
            return None;
        };
        let number = number * scale;
        if !range.contains(&number) {
            self.note(problems, "out_of_range", column, format!("{} … {}", range.start(), range.end()));
            return None;
        }
        Some(number)
    }

    /// A number as its table writes them.
    pub(super) fn numeral(&self, text: &str) -> Option<f64> {
        read_number(text, self.table.decimals)
    }

    /// Whether a number can be read in two ways: that was asked of the table as a whole.
    pub(super) fn is_asked(&self, number: &str) -> bool {
        self.table.decimals == Decimals::Doubtful
            && [Decimals::Point, Decimals::Comma].iter().any(|sign| read_number(number, *sign).is_some())
    }

    /// How many decimals of a number are written.
    pub(super) fn decimals(&self, column: &str) -> usize {
        let sign = if self.table.decimals == Decimals::Comma { ',' } else { '.' };
        let decimals = self.get(column).and_then(|text| text.split_once(sign)).map_or("", |(_, decimals)| decimals);
        decimals.chars().take_while(char::is_ascii_digit).count()
    }

    /// What something is multiplied by; empty gives `None` without a problem.
    pub(super) fn factor(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<Factor> {
        if self.get(column).is_some_and(is_change) {
            self.note(problems, "change_not_factor", column, "");
            return None;
        }
        self.number(column, range, problems).and_then(|factor| Factor::new(factor).ok())
    }

    /// A whole number in a range; empty gives `None` without a problem.
    pub(super) fn whole(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<u32> {
        let number = self.number(column, range, problems)?;
        if number.fract() != 0.0 {
            self.note(problems, "not_whole", column, "");
            return None;
        }
        Some(number as u32)
    }

    /// A number that must be there.
    pub(super) fn required_number(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        self.text(column, problems)?;
        self.number(column, range, problems)
    }

    /// A date and time; a date alone is its midnight.
    pub(super) fn stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.text(column, problems)?;
        match read_written(text) {
            Ok(Written::Local(stamp)) => Some(stamp),
            Ok(Written::Utc(utc)) => self.local(utc, column, problems),
            Err(_) => {
                self.note(problems, "not_a_date", column, "");
                None
            }
        }
    }

    /// A date and time as it is written, if it is one.
    pub(super) fn read(&self, column: &str) -> Option<NaiveDateTime> {
        match read_written(self.get(column)?).ok()? {
            Written::Local(stamp) | Written::Utc(stamp) => Some(stamp),
        }
    }

    /// By the plan's clocks what is so far from UTC.
    fn local(&self, utc: NaiveDateTime, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        match self.table.clocks {
            FromUtc::Unknown => {
                self.note(problems, "time_with_offset", column, "");
                None
            }
            FromUtc::Local => {
                self.note(problems, "local_time_only", column, "");
                None
            }
            // the plan's own mistake has been told
            FromUtc::Refused => None,
            clocks => Some(clocks.local(utc)),
        }
    }

    /// A date and time of UTC, said or unsaid.
    pub(super) fn utc_stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.text(column, problems)?;
        match read_written(text) {
            Ok(Written::Local(utc) | Written::Utc(utc)) => Some(utc),
            Err(_) => {
                self.note(problems, "not_a_date", column, "");
                None
            }
        }
    }

    /// An end: a date alone means that whole day.
    pub(super) fn end_stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.text(column, problems)?;
        match read_date(text) {
            Some(date) => Some(ClockTime::DAY_END.on(date)),
            None => self.stamp(column, problems),
        }
    }

    /// Notes a stretch of more days than make sense.
    pub(super) fn at_most_days(&self, start: NaiveDateTime, end: NaiveDateTime, most: i64, problems: &mut Problems) {
        let days = (end - start).num_days();
        if days > most {
            let place = self.table.columns.iter().position(|name| name == "end");
            let column = place.map_or_else(String::new, |place| self.table.label(self.line, place, "end"));
            let (value, expected) = (days.to_string(), most.to_string());
            problems.push(Problem { line: Some(self.line), column, value, expected, ..of_file(&self.table.file, "too_long") });
        }
    }

    /// A date; empty gives `None` without a problem.
    pub(super) fn date(&self, column: &str, problems: &mut Problems) -> Option<NaiveDate> {
        let date = read_date(self.get(column)?);
        if date.is_none() {
            self.note(problems, "not_a_date", column, "");
        }
        date
    }

    /// A clock time that must be there.
    pub(super) fn clock(&self, column: &str, problems: &mut Problems) -> Option<ClockTime> {
        let time = self.text(column, problems)?.parse().ok();
        if time.is_none() {
            self.note(problems, "not_a_time", column, "");
        }
        time
    }

    /// Yes or no; empty is no.
    pub(super) fn yes(&self, column: &str, problems: &mut Problems) -> bool {
        match self.get(column).unwrap_or("no").to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" | "是" => true,
            "no" | "n" | "false" | "0" | "否" => false,
            _ => {
                self.note(problems, "not_yes_no", column, "");
                false
            }
        }
    }

    /// The parts of a list in one cell, separated by `;` or `、`.
    pub(super) fn list(&self, column: &str) -> Vec<&str> {
        self.get(column).map_or_else(Vec::new, |text| text.split(LIST).map(str::trim).filter(|part| !part.is_empty()).collect())
    }
}
