//! Summary rows, as exports and pivot tables write them below or above their records.

use super::row::Row;
use crate::input::cell::summary_words::sums_up;
use crate::input::header::shape::Shape;

/// Our columns in which a word cannot stand for a record.
const TIMES: [&str; 5] = ["start", "end", "when", "date", "hour"];

/// Columns that a record must fill.
#[derive(Clone, Debug, Default)]
pub(super) struct Needed {
    /// Positions, and whether each holds a time.
    places: Vec<(usize, bool)>,
}

impl Needed {
    pub(super) fn of(columns: &[String], shape: Shape) -> Self {
        let place = |own: &&str| columns.iter().position(|column| column == *own);
        let places = shape.required.iter().filter_map(|own| Some((place(own)?, TIMES.contains(own)))).collect();
        Self { places }
    }

    /// The cell that marks a row as a summary of others, if the row can be no record: only such a word stands where a record has its time
    /// or its number, or another required cell is empty.
    pub(super) fn summary(&self, row: &Row<'_>, columns: usize) -> Option<usize> {
        let cell = |place: usize| row.cells.get(place).map_or("", |cell| &**cell);
        let is_odd = |&(place, is_time): &(usize, bool)| {
            let text = cell(place);
            text.is_empty() || (is_time || self.places.len() == 1) && sums_up(text)
        };
        if row.cells.len() == columns && !self.places.iter().any(is_odd) {
            return None;
        }
        let first = (0..row.cells.len()).find(|place| !cell(*place).is_empty());
        self.places.iter().map(|(place, _)| *place).chain(first).find(|place| sums_up(cell(*place)))
    }
}
