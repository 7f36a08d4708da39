//! An export's file as one or several grids of cells.

use crate::input::import::grid::lines::Grid;
use crate::input::import::grid::merged::Merged;
use crate::input::import::grid::page::{is_page, stated_encoding, tables};
use crate::input::import::grid::workbook::{OfWorkbook, sheets};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;
use crate::input::text::bytes::bytes_of;
use crate::input::text::file::{MOST_BYTES, WORKBOOKS, text_of};
use encoding_rs::Encoding;
use std::path::Path;

/// Content of an export.
pub(in crate::input) enum Content {
    Text(String),
    Sheets(Vec<OfWorkbook>),
    /// Tables of a web page.
    Page(Vec<OfWorkbook>),
}

/// What a map says of the bytes of a file.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::input) struct Form<'a> {
    pub(in crate::input) sheet: Option<&'a str>,
    pub(in crate::input) encoding: Option<&'static Encoding>,
}

/// Reads a file; the reason for which nothing can be read is reported.
pub(in crate::input) fn content(folder: &Path, file: &str, form: Form, problems: &mut Problems) -> Option<Content> {
    let bytes = bytes_of(folder, file, MOST_BYTES, problems)?;
    if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
        let found = sheets(file, bytes, form.sheet, problems);
        return (!found.is_empty()).then_some(Content::Sheets(found));
    }
    let is_page = is_page(&bytes);
    let text = match form.encoding {
        Some(encoding) => decoded(file, bytes, encoding, problems)?,
        None if is_page => text_of_page(file, bytes, problems)?,
        None => text_or_doubt(file, bytes, problems)?,
    };
    if is_page {
        let found = tables(file, &text, form.sheet, problems);
        return (!found.is_empty()).then_some(Content::Page(found));
    }
    Some(Content::Text(with_plain_commas(text)))
}

/// Text in the encoding that a map names.
fn decoded(file: &str, bytes: Vec<u8>, encoding: &'static Encoding, problems: &mut Problems) -> Option<String> {
    let (text, _, has_errors) = encoding.decode(&bytes);
    if has_errors {
        problems.push(Problem { value: encoding.name().to_owned(), ..of_file(file, "encoding_unfit") });
    }
    (!has_errors).then(|| text.into_owned())
}

/// Text of a web page, in the encoding that it states unless its bytes are another.
fn text_of_page(file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<String> {
    let is_utf8 = std::str::from_utf8(&bytes).is_ok();
    if let Some(encoding) = stated_encoding(&bytes).filter(|_| !is_utf8) {
        let (text, _, has_errors) = encoding.decode(&bytes);
        if !has_errors {
            return Some(text.into_owned());
        }
    }
    text_or_doubt(file, bytes, problems)
}

/// Text of a file's bytes; of two likely encodings a map can choose one.
fn text_or_doubt(file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<String> {
    let mut found = Problems::default();
    let text = text_of(file, bytes, &mut found);
    found.complete(|problem| {
        let in_gbk = Way::of(problem.value.clone(), "encoding", "gbk");
        match problem.code {
            "encoding_doubtful" => problem.readings = vec![in_gbk, Way::of(problem.expected.clone(), "encoding", "windows-1252")],
            "encoding_other" => {
                let (name, word) = problem.expected.split_once(": ").unwrap_or(("", ""));
                problem.readings = vec![Way::of(word, "encoding", name.to_lowercase()), in_gbk];
            }
            _ => {}
        }
    });
    problems.extend(found);
    text
}

/// A text whose cells are separated by commas of full width, with usual ones.
fn with_plain_commas(text: String) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let has_another = first.contains([',', ';', '\t', '|']);
    if has_another || first.matches('，').count() < 2 { text } else { text.replace('，', ",") }
}

impl Content {
    /// Its grids, with their merged ranges.
    pub(in crate::input) fn grids(&self) -> Vec<(Grid<'_>, &[Merged])> {
        match self {
            Self::Text(text) => vec![(Grid::of_text(text), &[])],
            Self::Sheets(sheets) | Self::Page(sheets) => sheets.iter().map(|sheet| (sheet.grid.clone(), sheet.merged.as_slice())).collect(),
        }
    }
}
