//! Records of a CSV text in order, each with the line on which it begins.
//!
//! The csv crate's splitter reports neither the line on which a record begins (CR alone never counts, CRLF counts late) nor an unclosed
//! quote, with which the rest of the file silently becomes one cell. Hence our own.

use std::borrow::Cow;

/// Number of unclosed quotes followed to the end of the text before its rest is given up.
const MOST_NEVER_CLOSED: usize = 50;

/// A record with its cells, without the quotes around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::input) struct Record<'a> {
    /// The line on which it begins, counted from 1.
    pub(in crate::input) line: usize,
    pub(in crate::input) cells: Vec<Cow<'a, str>>,
}

/// A misplaced quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) struct Fault {
    pub(in crate::input) kind: FaultKind,
    /// Line on which the cell begins.
    pub(in crate::input) line: usize,
    /// Number of the cell in its record, from 0.
    pub(in crate::input) cell: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum FaultKind {
    /// It opens a cell that is not closed before the text ends, or its closing quote opens another cell.
    Open,
    /// It stands inside an unquoted cell, or text follows the closing quote.
    Stray,
}

/// Iterator over records; empty lines are skipped.
#[derive(Clone, Debug)]
pub(in crate::input) struct Records<'a> {
    text: &'a str,
    separator: u8,
    /// Position of the next byte.
    at: usize,
    line: usize,
    /// Number of columns of a row, once known; 0 before.
    columns: usize,
    /// Number of quotes followed to the end of the text.
    never_closed: usize,
    /// Number of cells of the last record, as many as the next one may have.
    cells: usize,
}

/// A cell, and whether the record goes on after it.
struct Cell<'a> {
    text: Cow<'a, str>,
    goes_on: bool,
    is_stray: bool,
    has_line_ends: bool,
}

impl<'a> Records<'a> {
    pub(in crate::input) fn new(text: &'a str, separator: u8) -> Self {
        Self { text, separator, at: 0, line: 1, columns: 0, never_closed: 0, cells: 0 }
    }

    /// Sets the number of columns: from here on a multi-line cell with as many separators as a row has counts as swallowing rows.
    pub(in crate::input) fn expect_columns(&mut self, columns: usize) {
        self.columns = columns;
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over a line end; CR, LF and CRLF are one each.
    fn step_over_line_end(&mut self) {
        if self.text.as_bytes()[self.at..].starts_with(b"\r\n") {
            self.at += 1;
        }
        self.at += 1;
        self.line += 1;
    }

    /// Skips to the beginning of the next line.
    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        if self.byte().is_some() {
            self.step_over_line_end();
        }
    }

    fn bare_cell(&mut self) -> Cell<'a> {
        let (from, separator) = (self.at, self.separator);
        let rest = &self.text.as_bytes()[from..];
        let mut is_stray = false;
        let ends = |&byte: &u8| {
            is_stray |= byte == b'"';
            byte == separator || matches!(byte, b'\r' | b'\n')
        };
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
        let text = &self.text[from..self.at];
        Cell { is_stray, text: Cow::Borrowed(text), goes_on: self.ends_at_separator(), has_line_ends: false }
    }

    /// A quoted cell; `None` if it is not closed.
    fn quoted_cell(&mut self) -> Option<Cell<'a>> {
        self.at += 1;
        let (mut text, began) = (Cow::Borrowed(""), self.line);
        loop {
            let from = self.at;
            loop {
                match self.byte() {
                    Some(b'"') => break,
                    Some(b'\r' | b'\n') => self.step_over_line_end(),
                    Some(_) => self.at += 1,
                    None => {
                        self.never_closed += 1;
                        return None;
                    }
                }
            }
            let part = &self.text[from..self.at];
            self.at += 1;
            if self.byte() == Some(b'"') {
                text.to_mut().push_str(&self.text[from..self.at]);
                self.at += 1;
                continue;
            }
            if text.is_empty() {
                text = Cow::Borrowed(part);
            } else {
                text.to_mut().push_str(part);
            }
            break;
        }
        let has_line_ends = self.line > began;
        let rest = self.bare_cell();
        Some(Cell { text, is_stray: !rest.text.trim().is_empty(), goes_on: rest.goes_on, has_line_ends })
    }

    fn ends_at_separator(&mut self) -> bool {
        match self.byte() {
            Some(byte) if byte == self.separator => {
                self.at += 1;
                true
            }
            Some(_) => {
                self.step_over_line_end();
                false
            }
            None => false,
        }
    }

    /// The next record, or its fault; reading then continues with the next line.
    fn record(&mut self) -> Result<Record<'a>, Fault> {
        let mut record = Record { line: self.line, cells: Vec::with_capacity(self.cells) };
        let mut stray = None;
        loop {
            let (line, at, cell) = (self.line, self.at, record.cells.len());
            let read = if self.byte() == Some(b'"') { self.quoted_cell() } else { Some(self.bare_cell()) };
            let Some(read) = read.filter(|read| !self.swallows_rows(read)) else {
                (self.line, self.at) = (line, at);
                self.skip_line();
                return Err(Fault { kind: FaultKind::Open, line, cell });
            };
            if read.is_stray {
                stray = stray.or(Some(Fault { kind: FaultKind::Stray, line, cell }));
            }
            record.cells.push(read.text);
            if !read.goes_on {
                self.cells = record.cells.len();
                return stray.map_or(Ok(record), Err);
            }
        }
    }

    /// Whether a multi-line cell ends at the opening quote of another, or contains a row.
    fn swallows_rows(&self, cell: &Cell) -> bool {
        let separators = || cell.text.bytes().filter(|&byte| byte == self.separator).count();
        cell.has_line_ends && (cell.is_stray || self.columns > 1 && separators() + 1 >= self.columns)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while matches!(self.byte(), Some(b'\r' | b'\n')) {
            self.step_over_line_end();
        }
        if self.byte().is_none() || self.never_closed >= MOST_NEVER_CLOSED {
            return None;
        }
        Some(self.record())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = Result<(usize, Vec<String>), (FaultKind, usize, usize)>;

    fn read(text: &str) -> Vec<Read> {
        let owned = |record: Record| (record.line, record.cells.into_iter().map(Cow::into_owned).collect());
        Records::new(text, b',').map(|read| read.map(owned).map_err(|fault| (fault.kind, fault.line, fault.cell))).collect()
    }

    #[allow(clippy::unnecessary_wraps)] // values stand beside faults in one list
    fn row(line: usize, cells: &[&str]) -> Read {
        Ok((line, cells.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    #[test]
    fn every_line_end_is_one_line_also_inside_quotes_and_between_blank_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "1,\"x", "y\"", "", "2,", "\"\"\"q\"\"\",\"\""].join(end);
            let cell = format!("x{end}y");
            assert_eq!(read(&text), [row(1, &["a", "b"]), row(3, &["1", &cell]), row(6, &["2", ""]), row(7, &["\"q\"", ""])], "{end:?}");
        }
    }

    #[test]
    fn a_quote_that_nothing_closes_is_told_where_it_opens_and_the_lines_after_it_are_read() {
        assert_eq!(read("a\n\"b\nc\nd"), [row(1, &["a"]), Err((FaultKind::Open, 2, 0)), row(3, &["c"]), row(4, &["d"])]);
        // the next quote opens a cell of its own
        assert_eq!(read("1,\"x\n2,\"y\"\n3,z"), [Err((FaultKind::Open, 1, 1)), row(2, &["2", "y"]), row(3, &["3", "z"])]);
    }

    #[test]
    fn a_quote_inside_a_cell_is_told_and_only_its_row_left_out() {
        assert_eq!(read("1,5\" x\n2,\"y\" z\n3,w"), [Err((FaultKind::Stray, 1, 1)), Err((FaultKind::Stray, 2, 1)), row(3, &["3", "w"])]);
    }

    #[test]
    fn a_cell_that_holds_what_would_be_rows_was_not_meant_to() {
        let mut records = Records::new("1,\"x\n2,x\"\n3,\"y\nz\"", b',');
        records.expect_columns(2);
        assert_eq!(records.next(), Some(Err(Fault { kind: FaultKind::Open, line: 1, cell: 1 })));
        assert_eq!(records.last().map(|last| last.is_ok()), Some(true), "a line break alone is nothing wrong");
    }

    #[test]
    fn a_text_of_nothing_but_open_quotes_is_told_line_by_line() {
        assert_eq!(read(&"\"a\n".repeat(10_001)).len(), 10_001);
    }
}
