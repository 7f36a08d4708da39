//! Minimum staffing: agents of a kind at work at all times, such as a senior on every shift or a reserve on call.
//!
//! Headcount matters here, not effectiveness, and breaks are ignored. A day is split where shifts begin and end; each part is a row of
//! the search model, next to the desk's intervals.

use super::shift::ShiftTemplate;
use crate::service::QueueId;
use crate::time::ClockTime;
use crate::units::{HourlyPrice, Hours};
use crate::workforce::{Employee, Level};
use chrono::{Datelike, NaiveDate, Weekday};

/// Minimum number of agents of a kind at work at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct MinimumStaffing {
    /// Code in files.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Required headcount.
    pub least: u32,
    /// Levels that count; empty means all, as in the fields below.
    pub levels: Vec<Level>,
    /// Teams that count.
    pub teams: Vec<String>,
    /// Contracts that count.
    pub contracts: Vec<String>,
    /// Queues of which an agent must serve at least one to count.
    pub skills: Vec<QueueId>,
    /// Shifts that count; empty means all but those of a reserve.
    pub shifts: Vec<String>,
    /// Weekdays covered; empty means all.
    pub weekdays: Vec<Weekday>,
    /// Start of the daily window.
    pub from: ClockTime,
    /// End of the daily window; before `from` if it crosses midnight.
    pub to: ClockTime,
    /// Penalty per missing agent and hour.
    pub missing_hour: HourlyPrice,
}

impl MinimumStaffing {
    /// Whether an employee counts.
    pub(crate) fn counts(&self, of: &Employee) -> bool {
        let any = |skills: &[QueueId]| skills.is_empty() || skills.iter().any(|queue| of.serves(queue));
        (self.levels.is_empty() || self.levels.contains(&of.level))
            && (self.teams.is_empty() || self.teams.contains(&of.team))
            && (self.contracts.is_empty() || self.contracts.contains(&of.contract.id))
            && any(&self.skills)
    }

    /// Whether an agent on a shift counts.
    pub(in crate::roster) fn counts_by(&self, shift: &ShiftTemplate) -> bool {
        if self.shifts.is_empty() { !shift.is_reserve } else { self.shifts.contains(&shift.id) }
    }

    /// Whether the minimum applies on a date in a part of the day, given in minutes after midnight.
    pub(in crate::roster) fn wants(&self, date: NaiveDate, (start, end): (u32, u32)) -> bool {
        let (from, to) = (self.from.minutes(), self.to.minutes());
        let in_hours = if from < to { from <= start && end <= to } else { from <= start || end <= to };
        in_hours && (self.weekdays.is_empty() || self.weekdays.contains(&date.weekday()))
    }
}

pub(in crate::roster) fn hours_of((start, end): (u32, u32)) -> Hours {
    Hours::from_minutes(end - start)
}
