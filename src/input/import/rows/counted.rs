//! Everything read from the rows of an export.

use crate::input::cell::twelve_hours::TwelveHours;
use crate::input::import::rows::dated::Dated;
use crate::input::import::rows::tally::{Growth, Tallies};
use crate::input::import::rows::waits::Waits;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Blank cells that were counted as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::input) struct Blanks {
    pub(in crate::input) cells: usize,
    /// Line and column of the first.
    pub(in crate::input) first: Option<(usize, String)>,
}

impl Blanks {
    pub(in crate::input) fn see(&mut self, line: usize, column: &str) {
        self.cells += 1;
        self.first.get_or_insert_with(|| (line, column.to_owned()));
    }
}

/// Everything read from a table.
#[derive(Debug, Default)]
pub(in crate::input) struct Counted {
    pub(in crate::input) tallies: Tallies,
    /// Rows left out as summaries, by the word that says so.
    pub(in crate::input) summaries: BTreeMap<String, usize>,
    /// Rows left out as outgoing contacts.
    pub(in crate::input) outgoing: usize,
    /// Rows left out by the map's filter.
    pub(in crate::input) filtered: usize,
    /// Further rows of a contact that has been counted.
    pub(in crate::input) repeated: usize,
    /// Waits of contacts by queue.
    pub(in crate::input) waits: BTreeMap<String, Waits>,
    /// Whether every row is a whole day.
    pub(in crate::input) is_daily: bool,
    /// Rows that say the same as an earlier one in every cell that is read.
    pub(in crate::input) same_again: usize,
    /// Line of a last row that is cut off.
    pub(in crate::input) cut_off: Option<usize>,
    pub(in crate::input) rows: usize,
    /// How the handling times of each queue go with the contacts of their rows.
    pub(in crate::input) growth: BTreeMap<String, Growth>,
    /// First and last start of each sheet of several.
    pub(in crate::input) spans: BTreeMap<usize, (NaiveDateTime, NaiveDateTime)>,
    /// Rows with a date alone.
    pub(in crate::input) dated: Vec<Dated>,
    /// Cells without a count.
    pub(in crate::input) blanks: Blanks,
    /// Whether the clock lacks AM and PM.
    pub(in crate::input) twelve_hours: TwelveHours,
}

impl Counted {
    /// Whether sheets that were read as one are of the same time.
    pub(in crate::input) fn are_sheets_mixed(&self) -> bool {
        let mut spans: Vec<_> = self.spans.values().collect();
        spans.sort_unstable();
        spans.windows(2).any(|pair| pair[1].0 <= pair[0].1)
    }
}
