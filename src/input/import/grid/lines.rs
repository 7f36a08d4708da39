//! Cells of an export as they lie in its file, whether text or a sheet of a workbook.

use crate::input::header::plain::narrow;
use crate::input::table::records::{Fault, Record, Records};
use crate::input::table::separators::{declares_separator, likely_separator};
use std::borrow::Cow;

/// Bytes from which a text is long.
const LONG: usize = 1 << 18;

/// Cells of a file or a sheet, re-read for each pass: ten million contacts would not fit in memory as cells.
#[derive(Clone, Debug)]
pub(in crate::input) enum Grid<'t> {
    Text {
        text: &'t str,
        separator: u8,
    },
    Sheet {
        name: String,
        rows: Vec<(usize, Vec<String>)>,
    },
    /// Sheets below one another.
    Joined(Vec<Part>),
}

/// A sheet among several that are read as one.
#[derive(Clone, Debug)]
pub(in crate::input) struct Part {
    pub(in crate::input) name: String,
    pub(in crate::input) rows: Vec<(usize, Vec<String>)>,
}

/// A record with its line; its cells have no surrounding spaces.
#[derive(Clone, Debug)]
pub(in crate::input) struct Line<'a> {
    pub(in crate::input) number: usize,
    /// The sheet of several in which it stands.
    pub(in crate::input) part: usize,
    pub(in crate::input) cells: Vec<Cow<'a, str>>,
}

impl Line<'_> {
    /// Text at a position; empty where the record is shorter.
    pub(in crate::input) fn at(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", |cell| cell)
    }

    /// Cells that are not empty.
    pub(in crate::input) fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| &**cell).filter(|cell| !cell.is_empty())
    }
}

impl<'t> Grid<'t> {
    /// The cells of a text, by the separator that it declares or that splits its records most evenly.
    pub(in crate::input) fn of_text(text: &'t str) -> Self {
        Self::Text { text, separator: likely_separator(text) }
    }

    /// All records with a filled cell, or what is wrong with them.
    pub(in crate::input) fn lines(&self) -> Box<dyn Iterator<Item = Result<Line<'_>, Fault>> + Send + '_> {
        match self {
            Self::Text { text, separator } => {
                let declared = usize::from(declares_separator(text));
                let lines = Records::new(text, *separator).map(|record| record.map(|record| of_record(record)));
                Box::new(lines.skip(declared).filter(|line| line.as_ref().map_or(true, |line| line.filled().next().is_some())))
            }
            Self::Sheet { rows, .. } => Box::new(rows.iter().map(|row| Ok(of_row(row, 0)))),
            Self::Joined(parts) => {
                Box::new(parts.iter().enumerate().flat_map(|(part, of)| of.rows.iter().map(move |row| Ok(of_row(row, part)))))
            }
        }
    }

    /// Whether it is a text for which another thread is worth its start.
    pub(in crate::input) fn is_long(&self) -> bool {
        matches!(self, Self::Text { text, .. } if text.len() > LONG)
    }

    /// Number of a text's last line, where it does not end: the file may have been cut off.
    pub(in crate::input) fn last_without_end(&self) -> Option<usize> {
        match self {
            Self::Text { text, .. } if !text.ends_with(['\n', '\r']) => Some(text.lines().count()),
            _ => None,
        }
    }

    /// Name of the sheet, where it is one.
    pub(in crate::input) fn sheet(&self) -> Option<&str> {
        match self {
            Self::Text { .. } | Self::Joined(_) => None,
            Self::Sheet { name, .. } => Some(name),
        }
    }

    /// Names of the sheets that are read as one.
    pub(in crate::input) fn parts(&self) -> Vec<&str> {
        match self {
            Self::Joined(parts) => parts.iter().map(|part| part.name.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

fn of_record(record: Record<'_>) -> Line<'_> {
    Line { number: record.line, part: 0, cells: record.cells.into_iter().map(tidy).collect() }
}

fn of_row((number, cells): &(usize, Vec<String>), part: usize) -> Line<'_> {
    Line { number: *number, part, cells: cells.iter().map(|cell| Cow::Borrowed(cell.trim())).collect() }
}

/// A cell without surrounding spaces, without the apostrophe or the `="…"` that keep spreadsheets from changing it, and with digits of
/// usual width.
fn tidy(cell: Cow<'_, str>) -> Cow<'_, str> {
    let trimmed = match cell {
        Cow::Borrowed(text) => Cow::Borrowed(bare(text)),
        Cow::Owned(text) if bare(&text).len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(bare(&text).to_owned()),
    };
    if trimmed.is_ascii() || !trimmed.contains(|letter| ('０'..='９').contains(&letter)) {
        return trimmed;
    }
    let is_of_numbers = |letter: char| matches!(letter, '０'..='９' | '．' | '：' | '／' | '－');
    Cow::Owned(trimmed.chars().map(|letter| if is_of_numbers(letter) { narrow(letter) } else { letter }).collect())
}

fn bare(text: &str) -> &str {
    // nearly every cell begins and ends with a sign that stays
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return text;
    }
    let text = text.trim();
    let text = text.strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"')).unwrap_or(text);
    text.strip_prefix('\'').unwrap_or(text).trim()
}
