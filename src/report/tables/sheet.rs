//! A table as plain data, and as CSV text.

use crate::messages::{Lang, Part, say};
use crate::spreadsheet::disarmed;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words; made safe for spreadsheets when written.
    Text(String),
    /// A number with at most so many decimals.
    Number(f64, usize),
    /// Nothing.
    Empty,
}

/// A table with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The file's name without ending.
    pub name: &'static str,
    /// Column names.
    pub columns: Vec<String>,
    /// Rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The titles of the columns in a language, for people.
    #[must_use]
    pub fn titles(&self, lang: Lang) -> Vec<String> {
        self.columns.iter().map(|column| say(lang, Part::Column, column, &[])).collect()
    }

    /// The same rows with some of the columns only, in the order named.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        let places: Vec<usize> = names.iter().filter_map(|name| self.columns.iter().position(|column| column == name)).collect();
        Self {
            name: self.name,
            columns: places.iter().map(|&place| self.columns[place].clone()).collect(),
            rows: self.rows.iter().map(|row| places.iter().map(|&place| row[place].clone()).collect()).collect(),
        }
    }
}

impl Cell {
    /// Words.
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// A number; one that is not a number (nothing was there to count) is an empty cell.
    #[must_use]
    pub fn number(value: f64, decimals: usize) -> Self {
        if value.is_nan() { Self::Empty } else { Self::Number(value, decimals) }
    }

    /// As CSV and terminal show it.
    #[must_use]
    pub fn show(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, _) if value.is_infinite() => "inf".into(),
            Self::Number(value, decimals) => {
                let fixed = format!("{value:.decimals$}");
                let short = if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
                if short == "-0" { "0".into() } else { short.into() }
            }
            Self::Empty => String::new(),
        }
    }
}

impl Sheet {
    /// An empty table.
    #[must_use]
    pub fn new(name: &'static str, columns: &[&str]) -> Self {
        Self { name, columns: columns.iter().map(ToString::to_string).collect(), rows: Vec::new() }
    }

    /// The table as CSV (see [`Sheet::csv_for_excel`] for Excel).
    ///
    /// ```
    /// use peakshift::report::{Cell, Sheet};
    /// let mut sheet = Sheet::new("hours", &["agent_id", "hours"]);
    /// sheet.rows.push(vec![Cell::text("A1"), Cell::number(7.5, 2)]);
    /// assert_eq!(sheet.csv(), b"agent_id,hours\nA1,7.5\n");
    /// ```
    ///
    /// UTF-8, comma, quoted where needed; texts that a spreadsheet would run as a formula, in cells or in the header, are disarmed.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut write = |cells: Vec<String>| writer.write_record(&cells).is_ok();
        let mut written = write(self.columns.iter().map(|name| disarmed(name).into_owned()).collect());
        for row in &self.rows {
            written &= write(row.iter().map(safe).collect());
        }
        debug_assert!(written, "writing to memory does not fail");
        writer.into_inner().unwrap_or_default()
    }

    /// Drops columns in which no row has anything.
    pub fn drop_empty_columns(&mut self) {
        let kept: Vec<bool> = (0..self.columns.len()).map(|place| self.rows.iter().any(|row| row[place] != Cell::Empty)).collect();
        let mut keep = kept.iter();
        self.columns.retain(|_| keep.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut keep = kept.iter();
            row.retain(|_| keep.next().copied().unwrap_or(true));
        }
    }

    /// The same with a byte-order mark, so that Excel reads Chinese right.
    #[must_use]
    pub fn csv_for_excel(&self) -> Vec<u8> {
        [b"\xef\xbb\xbf".as_slice(), &self.csv()].concat()
    }
}

/// What is written for a cell: numbers as they are, words disarmed.
fn safe(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => disarmed(text).into_owned(),
        other => other.show(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let mut sheet = Sheet::new("x", &["a", "b"]);
        sheet.rows.push(vec![Cell::text("=1+1"), Cell::number(-1.5, 2)]);
        assert_eq!(String::from_utf8(sheet.csv()).unwrap(), "a,b\n'=1+1,-1.5\n");
    }
}
