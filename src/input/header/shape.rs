//! Required, optional and numeric columns of a table.

use super::halves::is_half;
use crate::input::cell::durations::base;

/// Required and optional columns of a file.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Shape {
    pub(in crate::input) required: &'static [&'static str],
    pub(in crate::input) optional: &'static [&'static str],
    /// Numeric columns.
    pub(in crate::input) numbers: Numbers,
    /// Whether an unknown column deserves a warning: it may be one of ours under an unknown name.
    pub(in crate::input) closed: bool,
}

/// Numeric columns of a table.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) enum Numbers {
    Of(&'static [&'static str]),
    /// All of ours but these.
    AllBut(&'static [&'static str]),
    /// All with names chosen by the planner.
    Unnamed,
}

/// Columns of counts: a dash in them may mean 0 or unknown.
const COUNTS: [&str; 8] =
    ["value", "overtime_hours", "balance_hours", "late_shifts", "night_shifts", "weekend_days", "promotion_nights", "holiday_hours"];

impl Shape {
    pub(in crate::input) fn known(self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }

    pub(super) fn knows(self, column: &str) -> bool {
        self.known().any(|known| known == column)
    }

    pub(in crate::input) fn is_number(self, column: &str) -> bool {
        match self.numbers {
            Numbers::Of(columns) => columns.contains(&column),
            Numbers::AllBut(others) => self.knows(column) && !others.contains(&column),
            Numbers::Unnamed => !self.reads(column),
        }
    }

    /// Whether a column is read: it is one of these, or the second one for one of these.
    pub(in crate::input) fn reads(self, column: &str) -> bool {
        is_half(column) || self.knows(column)
    }

    /// Whether a dash in a column stands for an empty cell: the column is optional and holds neither counts nor names.
    pub(in crate::input) fn may_be_blank(self, column: &str) -> bool {
        if base(column).is_some() && self.knows("offered") {
            return true;
        }
        let says_more = || column == "name" || COUNTS.contains(&column.trim_end_matches("_so_far"));
        self.closed && self.optional.contains(&column) && !says_more()
    }
}
