//! Tables and lists for the terminal.

use super::printing::println;
use comfy_table::{Table, presets};
use peakshift::messages::Lang;
use peakshift::report::{Cell, Sheet, is_diary};
use std::path::PathBuf;

/// A sheet as a terminal shows it, with titles in a language.
pub(crate) fn show(sheet: &Sheet, lang: Lang) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(sheet.titles(lang));
    for row in &sheet.rows {
        table.add_row(row.iter().map(Cell::show).collect::<Vec<_>>());
    }
    table.to_string()
}

/// Rows of texts in columns, the first with the titles.
pub(crate) fn columns(rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// Lists the written files, except people's calendars.
pub(crate) fn list(written: &[PathBuf]) {
    written.iter().filter(|path| !is_diary(path)).for_each(|path| println!("{}", path.display()));
}
