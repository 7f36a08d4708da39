//! Merged cells of a sheet: a date or a queue that stands once beside all its rows counts for each of them.

use crate::input::cell::summary_words::sums_up;
use crate::input::import::grid::layout::Layout;
use crate::input::import::grid::lines::Grid;
use crate::input::import::headers::kinds::Meaning;
use std::ops::RangeInclusive;

/// A merged range of a sheet, whose content its first cell has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) struct Merged {
    /// Rows of the sheet, from 1.
    pub(in crate::input) rows: RangeInclusive<usize>,
    /// Columns, from 0, the first of the grid being 0.
    pub(in crate::input) places: RangeInclusive<usize>,
}

/// Writes the content of merged cells below the header into each of their rows.
///
/// # Errors
/// First row of a range whose content cannot be meant for each of its cells: a count of several rows, or one of several columns.
pub(in crate::input) fn fill_down(grid: &mut Grid, layout: &Layout, merged: &[Merged]) -> Result<(), usize> {
    let Grid::Sheet { rows: lines, .. } = grid else { return Ok(()) };
    for Merged { rows, places } in merged.iter().filter(|of| *of.rows.end() > layout.header_line) {
        let (first, place) = (*rows.start(), *places.start());
        let is_of_row = rows.start() == rows.end();
        let Some((_, cells)) = lines.iter().find(|(number, _)| *number == first) else { continue };
        let text = cells.get(place).cloned().unwrap_or_default();
        let stands_alone = cells.iter().filter(|cell| !cell.trim().is_empty()).count() < 2;
        if text.trim().is_empty() || is_of_row && (stands_alone || sums_up(text.trim())) {
            continue;
        }
        let is_of_column = places.start() == places.end() && first > layout.header_line;
        if !is_of_column || layout.meanings.get(place).is_some_and(|meaning| counts(*meaning)) {
            return Err(first);
        }
        for (_, cells) in lines.iter_mut().filter(|(number, _)| rows.contains(number)) {
            cells.resize(cells.len().max(place + 1), String::new());
            cells[place].clone_from(&text);
        }
    }
    Ok(())
}

/// Whether a figure of this meaning is of all rows together rather than of each.
fn counts(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Offered | Meaning::Handled | Meaning::Abandoned | Meaning::Wait) || meaning.is_duration()
}
