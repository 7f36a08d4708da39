//! Tables as plain data and as CSV text.

use crate::messages::{Lang, Part, say};
use crate::spreadsheet::disarmed;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text; escaped for spreadsheets when written.
    Text(String),
    /// A number and its maximum number of decimals.
    Number(f64, usize),
    /// An empty cell.
    Empty,
}

/// A named table.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// File name without extension.
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

    /// The table with only the named columns, in that order.
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
    /// A text cell.
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// A number cell; empty for NaN, where there was nothing to count.
    #[must_use]
    pub fn number(value: f64, decimals: usize) -> Self {
        if value.is_nan() { Self::Empty } else { Self::Number(value, decimals) }
    }

    /// Text of the cell in CSV and on the terminal.
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

    /// The table as CSV.
    ///
    /// ```
    /// use peakshift::report::{Cell, Sheet};
    /// let mut sheet = Sheet::new("hours", &["agent_id", "hours"]);
    /// sheet.rows.push(vec![Cell::text("A1"), Cell::number(7.5, 2)]);
    /// assert_eq!(sheet.csv(), b"agent_id,hours\nA1,7.5\n");
    /// ```
    ///
    /// UTF-8, comma-separated, quoted where needed; texts that a spreadsheet would run as a formula are escaped, in cells and in the
    /// header.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut write = |cells: Vec<String>| writer.write_record(&cells).expect("a row has a cell for each column");
        write(self.columns.iter().map(|name| disarmed(name).into_owned()).collect());
        self.rows.iter().for_each(|row| write(row.iter().map(safe).collect()));
        writer.into_inner().expect("writing to memory does not fail")
    }

    /// Drops columns that are empty in all rows.
    pub fn drop_empty_columns(&mut self) {
        let kept: Vec<bool> = (0..self.columns.len()).map(|place| self.rows.iter().any(|row| row[place] != Cell::Empty)).collect();
        let mut keep = kept.iter();
        self.columns.retain(|_| keep.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut keep = kept.iter();
            row.retain(|_| keep.next().copied().unwrap_or(true));
        }
    }
}

/// Text written for a cell: numbers as they are, text escaped.
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
