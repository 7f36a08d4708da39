//! Filling in cells of a sheet.

use super::fault::BookFault;
use super::filling::{Filling, Value};
use super::package::Package;
use super::rows::Rows;
use std::collections::BTreeMap;

/// A workbook with cells of a sheet filled in, which keep their formats. All other parts are those of the given one, byte for byte.
///
/// Formulas keep their last results; where there are any, the sheet asks for a calculation when it is opened.
///
/// # Errors
/// [`BookFault`] if it is no workbook or has no such sheet, or if a cell to be filled in has a formula.
pub fn filled(book: &[u8], sheet: &str, cells: &[Filling]) -> Result<Vec<u8>, BookFault> {
    if cells.is_empty() {
        return Ok(book.to_vec());
    }
    let mut package = Package::of(book)?;
    let part = package.part_of_sheet(sheet)?;
    let xml = package.part(&part)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, &Value>> = BTreeMap::new();
    for cell in cells {
        rows.entry(cell.row).or_default().insert(cell.column, &cell.value);
    }
    let text = Rows::of(&xml, rows).rewritten(package.has_formulas()?)?;
    package.with_part(&part, &text)
}
