//! Work away from the desk: a group's knowledge hour, training, a one-to-one.

use crate::time::ClockTime;
use crate::units::Money;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

/// Something that a plan wants people to do away from the desk every week, inside their shifts.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// As rosters call it.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Who does it together.
    pub attendance: Attendance,
    /// How long it takes.
    pub minutes: u32,
    /// How often a week (Monday to Sunday), on different days.
    pub times_a_week: u32,
    /// On which weekdays; empty means any.
    pub weekdays: Vec<Weekday>,
    /// Not before this clock time.
    pub from: ClockTime,
    /// Done by this clock time.
    pub to: ClockTime,
    /// The contracts of those who do it; empty means everybody.
    pub contracts: Vec<String>,
    /// The price of somebody who misses it once.
    pub missed: Money,
}

/// Who does an activity together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// Each group by itself, all who are at work; no two groups that serve the same queue first are away at once.
    Group,
    /// Everybody alone.
    Alone,
    /// Everybody with the leader of her group.
    WithLeader,
}

impl Activity {
    /// Whether it may be on a date.
    pub(in crate::roster) fn is_on(&self, date: NaiveDate) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&date.weekday())
    }
}

/// What somebody does away from the desk at a set time, if she is at work then.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfflineActivity {
    /// When it begins.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Which activity, as rosters call it.
    pub activity: String,
}

impl OfflineActivity {
    /// Whether it takes any part of a stretch of time.
    #[must_use]
    pub fn overlaps(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        self.start < end && start < self.end
    }

    /// Whether it lies within a stretch of time.
    pub(in crate::roster) fn is_within(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        start <= self.start && self.end <= end
    }
}
