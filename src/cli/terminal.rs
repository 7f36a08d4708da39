//! Tables and lists for the terminal.

use super::printing::println;
use comfy_table::{Table, presets};
use peakshift::report::{Cell, Sheet, is_diary};
use std::path::PathBuf;

/// A sheet in terminal form.
pub(crate) fn show(sheet: &Sheet) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(&sheet.columns);
    for row in &sheet.rows {
        table.add_row(row.iter().map(Cell::show).collect::<Vec<_>>());
    }
    table.to_string()
}

/// Lists the written files, except people's calendars.
pub(crate) fn list(written: &[PathBuf]) {
    written.iter().filter(|path| !is_diary(path)).for_each(|path| println!("{}", path.display()));
}
