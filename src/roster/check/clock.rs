//! Dates and clock times as the checker counts them.

use crate::roster::model::problem::RosterProblem;
use crate::roster::model::rules::Rules;
use crate::units::Hours;
use crate::zone::{ClockChange, LocalTime, Zone};
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

/// Minutes that pass between two times of a person's clocks beyond those they show: 60 over the night on which they go back, −60 where they
/// go on. Of a time that comes twice the first one counts.
pub(super) fn gained(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> i64 {
    changes(zone, start, end).iter().map(|change| -change.minutes).sum()
}

/// The changes of clocks between two times, in order.
fn changes(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> Vec<ClockChange> {
    let Some(zone) = zone else { return Vec::new() };
    let last = end.date().min(start.date() + Days::new(40));
    let near = zone.clock_changes(start.date() - Days::new(1), last + Days::new(2));
    near.into_iter().filter(|change| start < change.to && change.to <= end).collect()
}

/// The minutes between two times that a person's clocks never show, after the first of them.
pub(super) fn skipped(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> Vec<i64> {
    let Some(zone) = zone.filter(|zone| !zone.clock_changes(start.date(), end.date() + Days::new(1)).is_empty()) else { return Vec::new() };
    let never = minutes(start, end).filter(|minute| zone.local_time(*minute) == LocalTime::Skipped);
    never.map(|minute| (minute - start).num_minutes()).collect()
}

/// Every minute that passes from one time of a person's clocks to another, as they show it: those of an hour that comes twice twice.
pub(super) fn passing(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> Vec<NaiveDateTime> {
    let mut passed = Vec::new();
    let mut from = start;
    for change in changes(zone, start, end) {
        if change.minutes < 0 {
            // once more from where they are put back to
            passed.extend(minutes(from, change.to));
            from = change.from;
        } else {
            passed.extend(minutes(from, change.from));
            from = change.to + (from - change.from).max(TimeDelta::zero());
        }
    }
    passed.extend(minutes(from, end));
    passed
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
