//! Dates and clock times as the checker counts them.

use crate::roster::problem::RosterProblem;
use crate::roster::rules::Rules;
use crate::units::Hours;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// Minutes of a day.
pub(super) const DAY: u32 = 24 * 60;
/// Minutes of a shift in the night (22:00 to 06:00) from which on it is a night shift.
const NIGHT: usize = 120;

/// So many minutes after a date's midnight.
pub(super) fn at(date: NaiveDate, minutes: u32) -> NaiveDateTime {
    NaiveDateTime::new(date, NaiveTime::MIN) + TimeDelta::minutes(i64::from(minutes))
}

/// From one clock time to another, as messages show it.
pub(super) fn from_to(start: NaiveDateTime, end: NaiveDateTime) -> String {
    format!("{}–{}", start.format("%H:%M"), end.format("%H:%M"))
}

/// Whether a date is to be planned.
pub(super) fn is_planned(problem: &RosterProblem, date: NaiveDate) -> bool {
    let first = problem.horizon.first;
    first <= date && date < first + Days::new(problem.horizon.days as u64)
}

/// The Monday of a date's week.
pub(super) fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

/// Every minute of a stretch of time, by its beginning; of one longer than any shift the first two days.
pub(super) fn minutes(start: NaiveDateTime, end: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
    (0..(end - start).num_minutes().min(2 * i64::from(DAY))).map(move |minute| start + TimeDelta::minutes(minute))
}

/// Whether it ends later than a shift that is not late may.
pub(super) fn ends_late(rules: &Rules, date: NaiveDate, end: NaiveDateTime) -> bool {
    (end - at(date, 0)).num_minutes() > i64::from(rules.late_after.minutes())
}

/// Whether two hours or more lie between 22:00 and 06:00.
pub(super) fn is_of_the_night(start: NaiveDateTime, end: NaiveDateTime) -> bool {
    minutes(start, end).filter(|minute| minute.hour() >= 22 || minute.hour() < 6).take(NIGHT).count() == NIGHT
}

/// The lesser of two amounts of hours.
pub(super) fn lesser(one: Hours, other: Hours) -> Hours {
    if one < other { one } else { other }
}
