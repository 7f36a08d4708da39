//! A table's text with the position of every cell, so that single cells can be rewritten while all else is preserved: quotation marks,
//! spaces, line ends, blank lines.

use std::ops::Range;

/// A record of a table: ranges of its cells, including quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) cells: Vec<Range<usize>>,
}

impl Record {
    pub(super) fn start(&self) -> usize {
        self.cells.first().map_or(0, |cell| cell.start)
    }

    pub(super) fn end(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.end)
    }
}

/// All records of a text without blank lines, as the `csv` crate reads them; `None` where that crate reads something else.
pub(super) fn records(text: &str, separator: u8) -> Option<Vec<Record>> {
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut place = 0;
    while place < bytes.len() {
        if matches!(bytes[place], b'\r' | b'\n') {
            place += 1;
            continue;
        }
        let mut cells = Vec::new();
        loop {
            let end = end_of_cell(bytes, place, separator);
            cells.push(place..end);
            place = end + 1;
            if bytes.get(end) != Some(&separator) {
                break;
            }
        }
        records.push(Record { cells });
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(bytes);
    let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
    let is_same = |(record, read): (&Record, &csv::StringRecord)| {
        record.cells.len() == read.len() && record.cells.iter().zip(read).all(|(cell, read)| value(&text[cell.clone()]) == read)
    };
    (records.len() == read.len() && records.iter().zip(&read).all(is_same)).then_some(records)
}

/// End of a cell that begins at `start`: before a separator, a line end, or at the end of the text.
fn end_of_cell(bytes: &[u8], start: usize, separator: u8) -> usize {
    let mut place = start;
    if bytes.get(start) == Some(&b'"') {
        place += 1;
        // two quotation marks stand for one
        while let Some(&byte) = bytes.get(place) {
            match (byte, bytes.get(place + 1)) {
                (b'"', Some(b'"')) => place += 2,
                (b'"', _) => break,
                _ => place += 1,
            }
        }
    }
    let ends = |&byte: &u8| byte == separator || matches!(byte, b'\r' | b'\n');
    let rest = bytes.get(place..).unwrap_or_default();
    place + rest.iter().position(ends).unwrap_or(rest.len())
}

/// Text of a cell without its quotation marks.
pub(super) fn value(cell: &str) -> String {
    let Some(quoted) = cell.strip_prefix('"') else { return cell.to_owned() };
    let mut text = String::new();
    let mut letters = quoted.chars().peekable();
    let mut is_open = true;
    while let Some(letter) = letters.next() {
        match (letter, is_open) {
            ('"', true) if letters.peek() == Some(&'"') => {
                letters.next();
                text.push('"');
            }
            ('"', true) => is_open = false,
            _ => text.push(letter),
        }
    }
    text
}

/// A cell with new text, quoted where the old one was or the new text requires it.
pub(super) fn rewritten(old: &str, text: &str, separator: u8) -> String {
    let needs = text.contains([char::from(separator), '"', '\r', '\n']);
    if needs || old.starts_with('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cells_are_those_that_the_csv_crate_reads(text in "[ab,;\"\r\n 是]{0,40}") {
            // an unclosed quotation mark swallows the rest in both readers
            for separator in [b',', b';'] {
                prop_assert!(records(&text, separator).is_some(), "{text:?}");
            }
        }
    }
}
