//! An export's file as one or several grids of cells.

use crate::input::import::grid::lines::Grid;
use crate::input::import::grid::workbook::{OfWorkbook, sheets};
use crate::input::problem::collected::{Problems, note_file};
use crate::input::text::bytes::bytes_of;
use crate::input::text::file::{MOST_BYTES, WORKBOOKS, text_of};
use std::path::Path;

/// Content of an export.
pub(in crate::input) enum Content {
    Text(String),
    Sheets(Vec<OfWorkbook>),
}

/// Reads a file; the reason for which nothing can be read is reported.
pub(in crate::input) fn content(folder: &Path, file: &str, sheet: Option<&str>, problems: &mut Problems) -> Option<Content> {
    let bytes = bytes_of(folder, file, MOST_BYTES, problems)?;
    if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
        let found = sheets(file, bytes, sheet, problems);
        return (!found.is_empty()).then_some(Content::Sheets(found));
    }
    let text = text_of(file, bytes, problems)?;
    if is_page(&text) {
        note_file(file, "html_page", problems);
        return None;
    }
    Some(Content::Text(with_plain_commas(text)))
}

/// Whether a text is a web page, as some systems export under the ending of a workbook.
fn is_page(text: &str) -> bool {
    let begin: String = text.trim_start().chars().take(4000).collect::<String>().to_lowercase();
    begin.starts_with('<') && (begin.contains("<table") || begin.contains("<html"))
}

/// A text whose cells are separated by commas of full width, with usual ones.
fn with_plain_commas(text: String) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let has_another = first.contains([',', ';', '\t', '|']);
    if has_another || first.matches('，').count() < 2 { text } else { text.replace('，', ",") }
}

impl Content {
    /// Its grids, with the rows that merged cells reach into.
    pub(in crate::input) fn grids(&self) -> Vec<(Grid<'_>, &[usize])> {
        match self {
            Self::Text(text) => vec![(Grid::of_text(text), &[])],
            Self::Sheets(sheets) => sheets.iter().map(|sheet| (sheet.grid.clone(), sheet.merged.as_slice())).collect(),
        }
    }
}
