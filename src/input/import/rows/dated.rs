//! Rows with a date alone among those with times: sums of a day or of everything, which the figures show.

use crate::input::import::rows::tally::{Tallies, Tally};
use chrono::NaiveDate;

/// A row with a date alone.
#[derive(Clone, Debug)]
pub(in crate::input) struct Dated {
    pub(in crate::input) line: usize,
    /// Its column of times, and the cell there.
    pub(in crate::input) place: usize,
    pub(in crate::input) value: String,
    pub(in crate::input) date: NaiveDate,
    pub(in crate::input) queue: String,
    /// Its contacts, where it has a count.
    pub(in crate::input) offered: Option<f64>,
}

/// Rows with contacts that make a sum: of fewer, another row may have as many by chance.
const LEAST_ROWS: usize = 4;

/// Whether each of these rows has the contacts of its day, or all of them those of everything: an interval from midnight would not.
pub(in crate::input) fn are_sums(rows: &[Dated], tallies: &Tallies) -> bool {
    let sum_is = |row: &Dated, is_of: &dyn Fn(NaiveDate) -> bool| {
        let of_queue = || tallies.iter().filter(|(queue, _)| **queue == row.queue || tallies.len() == 1);
        let all = of_queue().flat_map(|(_, of)| of.iter()).filter(|(start, tally)| is_of(start.local.date()) && tally.offered > 0.0);
        let counts: Vec<&Tally> = all.map(|(_, tally)| tally).collect();
        let sum: f64 = counts.iter().map(|tally| tally.offered).sum();
        counts.len() >= LEAST_ROWS && row.offered.is_some_and(|offered| (offered - sum).abs() < 1e-6 * sum)
    };
    !rows.is_empty() && rows.iter().all(|row| sum_is(row, &|date| date == row.date) || sum_is(row, &|_| true))
}
