//! A CSV file as rows of named cells, each cell checked when it is asked for.

use super::folder::read_text;
use super::headers::{canonical, is_personal, looks_personal};
use super::problem::{Problem, Problems};
use super::text::separator;
use crate::spreadsheet::restored;
use crate::time::{ClockTime, read_date, read_stamp};
use chrono::{NaiveDate, NaiveDateTime};
use std::ops::RangeInclusive;
use std::path::Path;

/// A table with our column names.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) file: String,
    pub(super) columns: Vec<String>,
    /// Whether the header calls its times UTC.
    pub(super) utc: bool,
    rows: Vec<(usize, Vec<String>)>,
}

/// Which columns a file must and may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
    /// Whether a column that is neither is worth a warning: it may be one of ours with a name we do not know.
    pub(super) closed: bool,
}

impl Table {
    /// Reads a file; whatever keeps it from being a table is noted and gives `None`.
    pub(super) fn read(folder: &Path, file: &str, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let text = read_text(folder, file, problems)?;
        Self::parse(file, &text, shape, problems)
    }

    /// The same from standard input or memory.
    pub(super) fn parse(file: &str, text: &str, shape: Shape, problems: &mut Problems) -> Option<Self> {
        let note = |problems: &mut Problems, code, line, column: &str, value: &str, expected: &str| {
            let (file, column, value, expected) = (file.to_owned(), column.to_owned(), value.to_owned(), expected.to_owned());
            problems.push(Problem { code, is_warning: false, file, line, column, value, expected });
        };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).has_headers(false).from_reader(text.as_bytes());
        let mut records = reader.records().filter_map(Result::ok).map(|record| {
            let line = record.position().map_or(0, |position| position.line() as usize);
            (line, record.iter().map(plain).collect::<Vec<String>>())
        });
        let Some((_, header)) = records.next().filter(|(_, header)| header.iter().any(|name| !name.is_empty())) else {
            note(problems, "file_empty", None, "", "", "");
            return None;
        };
        let known: Vec<&str> = shape.required.iter().chain(shape.optional).copied().collect();
        let columns: Vec<String> = header.iter().map(|name| canonical(name, &known)).collect();
        let mut sound = true;
        for (place, name) in header.iter().enumerate() {
            if is_personal(name) {
                note(problems, "personal_column", Some(1), name, "", "");
                sound = false;
            } else if known.contains(&columns[place].as_str()) && columns[..place].contains(&columns[place]) {
                note(problems, "column_twice", Some(1), name, name, &columns[place]);
                sound = false;
            }
        }
        for missing in shape.required.iter().filter(|name| !columns.iter().any(|column| column == *name)) {
            note(problems, "column_missing", Some(1), missing, "", missing);
            sound = false;
        }
        if shape.closed {
            for (place, column) in columns.iter().enumerate().filter(|(_, column)| !column.is_empty() && !known.contains(&column.as_str()))
            {
                let (file, value, expected) = (file.to_owned(), header[place].clone(), known.join(", "));
                problems.push(Problem {
                    code: "column_unknown",
                    is_warning: true,
                    file,
                    line: Some(1),
                    column: column.clone(),
                    value,
                    expected,
                });
            }
        }
        let mut rows = Vec::new();
        for (line, cells) in records.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())) {
            if cells.len() != columns.len() {
                note(problems, "row_length", Some(line), "", &cells.len().to_string(), &columns.len().to_string());
            } else if let Some(place) = cells.iter().position(|cell| looks_personal(cell)) {
                note(problems, "personal_value", Some(line), &header[place], "", "");
            } else {
                rows.push((line, cells));
            }
        }
        sound.then(|| Self {
            file: file.to_owned(),
            utc: header.iter().any(|name| name.to_uppercase().split_whitespace().any(|word| word == "UTC")),
            columns,
            rows,
        })
    }

    /// Every row that has as many cells as the header.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }
}

/// A number as spreadsheets write it; commas only between groups of three digits.
fn read_number(text: &str) -> Option<f64> {
    let mut groups = text.split('.').next().unwrap_or(text).split(',').skip(1);
    let grouped = groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let commas_after_point = text.split_once('.').is_some_and(|(_, decimals)| decimals.contains(','));
    (grouped && !commas_after_point).then(|| text.replace(',', "").parse().ok()).flatten()
}

/// A cell without the apostrophes that keep spreadsheets from running it.
fn plain(cell: &str) -> String {
    restored(cell).trim().to_owned()
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    table: &'a Table,
    pub(super) line: usize,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The text of a cell, if the column is there and the cell is not empty.
    pub(super) fn get(&self, column: &str) -> Option<&'a str> {
        let place = self.table.columns.iter().position(|name| name == column)?;
        self.cells.get(place).map(String::as_str).filter(|text| !text.is_empty())
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
        let value = self.get(column).unwrap_or("").to_owned();
        let (file, column) = (self.table.file.clone(), column.to_owned());
        problems.push(Problem { code, is_warning, file, line: Some(self.line), column, value, expected: expected.to_string() });
    }

    /// A cell that must not be empty.
    pub(super) fn text(&self, column: &str, problems: &mut Problems) -> Option<&'a str> {
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
        let Some(number) = read_number(digits.trim()) else {
            self.note(problems, "not_a_number", column, "");
            return None;
        };
        let number = number * scale;
        if !range.contains(&number) {
            self.note(problems, "out_of_range", column, format!("{} … {}", range.start(), range.end()));
            return None;
        }
        Some(number)
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
        let stamp = read_stamp(text).ok();
        if stamp.is_none() {
            self.note(problems, "not_a_date", column, "");
        }
        stamp
    }

    /// A date and time that may end in Z.
    pub(super) fn utc_stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.text(column, problems)?;
        let stamp = read_stamp(text.trim_end_matches(['Z', 'z'])).ok();
        if stamp.is_none() {
            self.note(problems, "not_a_date", column, "");
        }
        stamp
    }

    /// An end: a date alone means that whole day.
    pub(super) fn end_stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.text(column, problems)?;
        match read_date(text) {
            Some(date) => Some(ClockTime::DAY_END.on(date)),
            None => self.stamp(column, problems),
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
    pub(super) fn list(&self, column: &str) -> Vec<&'a str> {
        self.get(column)
            .map_or_else(Vec::new, |text| text.split([';', '；', '、']).map(str::trim).filter(|part| !part.is_empty()).collect())
    }
}
