//! Sheets of a workbook, new or old, with dates, times and durations as text.

use crate::input::cell::no_value::UNCOMPUTED;
use crate::input::import::grid::lines::Grid;
use crate::input::import::grid::merged::Merged;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::sheet::{Cells, cells, of_moment, unpacked_size};
use calamine::{Data, Dimensions, Range, Reader, Xls, Xlsx};
use std::io::Cursor;

/// Number of columns that may belong to a table.
pub(super) const MOST_COLUMNS: u32 = 200;

/// A sheet with its merged ranges.
pub(in crate::input) struct OfWorkbook {
    pub(in crate::input) grid: Grid<'static>,
    pub(in crate::input) merged: Vec<Merged>,
}

/// All sheets with content, or the one of this name; otherwise the reason is reported.
pub(in crate::input) fn sheets(file: &str, bytes: Vec<u8>, only: Option<&str>, problems: &mut Problems) -> Vec<OfWorkbook> {
    let found = if bytes.starts_with(b"PK") { new(file, bytes, only, problems) } else { old(file, bytes, only, problems) };
    found.unwrap_or_else(|why| {
        let is_protected = why.to_lowercase().contains("password");
        let code = if is_protected { "workbook_protected" } else { "file_unreadable" };
        problems.push(Problem { expected: why, ..of_file(file, code) });
        Vec::new()
    })
}

/// Names of the sheets to be read, with their numbers.
fn wanted(file: &str, names: Vec<String>, only: Option<&str>, problems: &mut Problems) -> Vec<(usize, String)> {
    if let Some(only) = only.filter(|only| !names.iter().any(|name| name == only)) {
        problems.push(Problem { value: only.to_owned(), expected: names.join(", "), ..of_file(file, "sheet_missing") });
    }
    names.into_iter().enumerate().filter(|(_, name)| only.is_none_or(|only| only == name)).collect()
}

/// A range of a sheet whose grid begins in this column.
fn range(cells: Dimensions, first: u32) -> Merged {
    let [from, to] = [cells.start.1, cells.end.1].map(|column| column.saturating_sub(first) as usize);
    Merged { rows: cells.start.0 as usize + 1..=cells.end.0 as usize + 1, places: from..=to }
}

/// Sheets of an XLSX file.
fn new(file: &str, bytes: Vec<u8>, only: Option<&str>, problems: &mut Problems) -> Result<Vec<OfWorkbook>, String> {
    if let Err(part) = unpacked_size(&bytes) {
        problems.push(Problem { value: part, expected: "256 MB".to_owned(), ..of_file(file, "workbook_too_large") });
        return Ok(Vec::new());
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for (place, name) in wanted(file, book.sheet_names(), only, problems) {
        // a chart on a sheet of its own has no cells
        let Ok(Some((cells, _))) = cells(&mut book, file, &name, problems) else { continue };
        let merged = book.merge_cells_by_sheet_id(place).unwrap_or_default();
        sheets.extend(of_cells(name, &cells, &merged));
    }
    Ok(sheets)
}

/// Sheets of an XLS file, whose size its format limits.
fn old(file: &str, bytes: Vec<u8>, only: Option<&str>, problems: &mut Problems) -> Result<Vec<OfWorkbook>, String> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for (_, name) in wanted(file, book.sheet_names(), only, problems) {
        let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
        let (row, column) = range.start().unwrap_or_default();
        let mut cells: Cells = range.used_cells().map(|(r, c, cell)| ((row + r as u32, column + c as u32), text(cell))).collect();
        mark_uncomputed(&mut cells, &book.worksheet_formula(&name).unwrap_or_default());
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheets.extend(of_cells(name, &cells, &merged));
    }
    Ok(sheets)
}

/// Marks the formulas of a sheet where none has a value: the program that wrote it computed none, and blanks would be read as nothing.
fn mark_uncomputed(cells: &mut Cells, formulas: &Range<String>) {
    let (row, column) = formulas.start().unwrap_or_default();
    let places: Vec<(u32, u32)> = formulas.used_cells().map(|(r, c, _)| (row + r as u32, column + c as u32)).collect();
    if places.iter().all(|place| cells.get(place).is_none_or(String::is_empty)) {
        cells.extend(places.into_iter().map(|place| (place, UNCOMPUTED.to_owned())));
    }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) => of_moment(moment),
        other => other.to_string(),
    }
}

/// A sheet as rows; `None` if it is empty. Cells right of the last column of any export are notes.
fn of_cells(name: String, cells: &Cells, merged: &[Dimensions]) -> Option<OfWorkbook> {
    let first = cells.keys().map(|(_, column)| *column).min()?;
    let is_of_table = |column: u32, text: &str| column - first < MOST_COLUMNS && !text.trim().is_empty();
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for ((row, column), text) in cells.iter().filter(|((_, column), text)| is_of_table(*column, text)) {
        let number = *row as usize + 1;
        if rows.last().is_none_or(|(last, _)| *last != number) {
            rows.push((number, Vec::new()));
        }
        let cells = &mut rows.last_mut().expect("a row has been added").1;
        cells.resize((column - first) as usize, String::new());
        cells.push(text.clone());
    }
    let merged = merged.iter().map(|cells| range(*cells, first)).collect();
    (!rows.is_empty()).then_some(OfWorkbook { grid: Grid::Sheet { name, rows }, merged })
}
