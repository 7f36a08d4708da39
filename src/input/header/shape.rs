//! Which columns a table must and may have, and which of them hold numbers.

use super::halves::is_half;

/// Which columns a file must and may have.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Shape {
    pub(in crate::input) required: &'static [&'static str],
    pub(in crate::input) optional: &'static [&'static str],
    /// Which of them hold numbers.
    pub(in crate::input) numbers: Numbers,
    /// Whether a column that is neither is worth a warning: it may be one of ours with a name we do not know.
    pub(in crate::input) closed: bool,
}

/// Which columns hold numbers.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) enum Numbers {
    Of(&'static [&'static str]),
    /// All of ours but these.
    AllBut(&'static [&'static str]),
    /// All that have names of the planner's own.
    Unnamed,
}

/// Columns that count something: a dash in them may mean none, or that nobody knows.
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

    /// Whether a column is read: it is one of these, or the other half of one.
    pub(in crate::input) fn reads(self, column: &str) -> bool {
        is_half(column) || self.knows(column)
    }

    /// Whether a dash in a column says that there is nothing: it may be missing altogether, counts nothing, and names nothing.
    pub(in crate::input) fn may_be_blank(self, column: &str) -> bool {
        let says_more = || column == "name" || COUNTS.contains(&column.trim_end_matches("_so_far"));
        self.closed && self.optional.contains(&column) && !says_more()
    }
}
