//! Tables for people at a terminal.

use comfy_table::{Table, presets};
use peakshift::report::{Cell, Sheet};

/// A sheet as a terminal shows it.
pub(crate) fn show(sheet: &Sheet) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(&sheet.columns);
    for row in &sheet.rows {
        table.add_row(row.iter().map(Cell::show).collect::<Vec<_>>());
    }
    table.to_string()
}
