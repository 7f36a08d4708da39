//! Somebody of a kind at work at all times: a senior on every shift, a reserve that can be called in.
//!
//! Heads count here, not work, and breaks do not matter: a day is cut where shifts begin and end, and each part of it is a row of the
//! search beside the intervals of the desk.

use super::shift::ShiftTemplate;
use crate::service::QueueId;
use crate::time::ClockTime;
use crate::units::Money;
use crate::workforce::{Employee, Level};
use chrono::{Datelike, NaiveDate, Weekday};

/// How many people of a kind should be at work at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct MinimumStaffing {
    /// As files call it.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// How many, at least.
    pub least: u32,
    /// The levels of those who count; empty means all, and so below.
    pub levels: Vec<Level>,
    /// Their groups.
    pub teams: Vec<String>,
    /// Their contracts.
    pub contracts: Vec<String>,
    /// What they can serve, at least one of these.
    pub skills: Vec<QueueId>,
    /// The shifts by which they count; empty means all but those of a reserve.
    pub shifts: Vec<String>,
    /// On which weekdays; empty means all.
    pub weekdays: Vec<Weekday>,
    /// From when on a day.
    pub from: ClockTime,
    /// Until when; before `from` if over midnight.
    pub to: ClockTime,
    /// The price of an hour in which one of them is missing.
    pub missing_hour: Money,
}

impl MinimumStaffing {
    /// Whether somebody counts.
    pub(crate) fn counts(&self, of: &Employee) -> bool {
        let any = |skills: &[QueueId]| skills.is_empty() || skills.iter().any(|queue| of.serves(queue));
        (self.levels.is_empty() || self.levels.contains(&of.level))
            && (self.teams.is_empty() || self.teams.contains(&of.team))
            && (self.contracts.is_empty() || self.contracts.contains(&of.contract.id))
            && any(&self.skills)
    }

    /// Whether somebody on a shift counts.
    pub(in crate::roster) fn counts_by(&self, shift: &ShiftTemplate) -> bool {
        if self.shifts.is_empty() { !shift.is_reserve } else { self.shifts.contains(&shift.id) }
    }

    /// Whether somebody is wanted on a date in a part of the day, in minutes after midnight.
    pub(in crate::roster) fn wants(&self, date: NaiveDate, (start, end): (u32, u32)) -> bool {
        let (from, to) = (self.from.minutes(), self.to.minutes());
        let in_hours = if from < to { from <= start && end <= to } else { from <= start || end <= to };
        in_hours && (self.weekdays.is_empty() || self.weekdays.contains(&date.weekday()))
    }
}

pub(in crate::roster) fn hours_of((start, end): (u32, u32)) -> f64 {
    f64::from(end - start) / 60.0
}
