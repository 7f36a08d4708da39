//! All visible sheets of a workbook.

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::sheet::{Cells, Places, cells, opened};
use crate::input::text::bytes::bytes_of;
use calamine::{Dimensions, Reader, SheetVisible};
use std::path::Path;

/// Maximum size of a workbook, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// A sheet with its texts.
pub(super) struct Page {
    pub(super) name: String,
    pub(super) texts: Cells,
    /// Cells with formulas.
    pub(super) formulas: Places,
    pub(super) merged: Vec<Dimensions>,
}

/// A workbook with its visible sheets.
pub(super) struct Book {
    pub(super) bytes: Vec<u8>,
    pub(super) pages: Vec<Page>,
}

/// Reads a workbook; what prevents it is reported.
pub(super) fn read(path: &Path, problems: &mut Problems) -> Option<Book> {
    let name = path.to_string_lossy();
    let bytes = bytes_of(Path::new(""), &name, MOST_BYTES, problems)?;
    let mut book = opened(&name, bytes.clone(), problems)?;
    let visible = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut pages = Vec::new();
    for sheet in names {
        // a chart has no cells
        let Ok(found) = cells(&mut book, &name, &sheet, problems) else { continue };
        let (texts, formulas) = found?;
        let merged = match book.merge_cells_by_sheet_name(&sheet) {
            Ok(merged) => merged,
            Err(error) => {
                problems.push(Problem { expected: format!("XLSX ({error})"), ..of_file(&name, "file_unreadable") });
                return None;
            }
        };
        pages.push(Page { name: sheet, texts, formulas, merged });
    }
    Some(Book { bytes, pages })
}

impl Page {
    /// Text of a cell, without spaces around it.
    pub(super) fn text(&self, row: u32, column: u32) -> Option<&str> {
        self.texts.get(&(row, column)).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// Filled cells of a row, with their columns.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.texts.range((row, 0)..=(row, u32::MAX)).map(|((_, column), text)| (*column, text.trim())).filter(|(_, text)| !text.is_empty())
    }
}
