//! Offline activities: team meetings, training, one-to-ones.

use crate::time::ClockTime;
use crate::units::Money;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

/// A weekly offline activity, held inside shifts.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Code in roster files.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Group that attends together.
    pub attendance: Attendance,
    /// Duration in minutes.
    pub minutes: u32,
    /// Sessions per week (Monday to Sunday), on different days.
    pub times_a_week: u32,
    /// Permitted weekdays; empty means any.
    pub weekdays: Vec<Weekday>,
    /// Earliest start.
    pub from: ClockTime,
    /// Latest end.
    pub to: ClockTime,
    /// Contracts of those who take part; empty means everybody.
    pub contracts: Vec<String>,
    /// Penalty per person and session missed.
    pub missed: Money,
}

/// Attendance of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// Team meeting: all members at work attend. Teams with the same primary queue never meet at the same time.
    Group,
    /// Each person alone.
    Alone,
    /// Each person with their team leader.
    WithLeader,
}

impl Activity {
    /// Whether the activity may be held on a date.
    pub(in crate::roster) fn is_on(&self, date: NaiveDate) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&date.weekday())
    }
}

/// An offline activity of one person at a fixed time, attended if they are at work then.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfflineActivity {
    /// Start.
    pub start: NaiveDateTime,
    /// End.
    pub end: NaiveDateTime,
    /// Code of the activity.
    pub activity: String,
}

impl OfflineActivity {
    /// Whether it overlaps a time span.
    #[must_use]
    pub fn overlaps(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        self.start < end && start < self.end
    }

    /// Whether it lies within a time span.
    pub(in crate::roster) fn is_within(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        start <= self.start && self.end <= end
    }
}
