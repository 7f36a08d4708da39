//! Dates and clock times of the checker.

use crate::roster::model::problem::RosterProblem;
use crate::roster::model::rules::Rules;
use crate::zone::{ClockChange, LocalTime, Zone};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// Minutes of a day.
pub(super) const DAY: u32 = 24 * 60;

/// Time `minutes` after midnight of a date.
pub(super) fn at(date: NaiveDate, minutes: u32) -> NaiveDateTime {
    NaiveDateTime::new(date, NaiveTime::MIN) + TimeDelta::minutes(i64::from(minutes))
}

/// Clock times from-to, as shown in messages.
pub(super) fn from_to(start: NaiveDateTime, end: NaiveDateTime) -> String {
    format!("{}–{}", start.format("%H:%M"), end.format("%H:%M"))
}

/// Whether a date lies in the horizon.
pub(super) fn is_planned(problem: &RosterProblem, date: NaiveDate) -> bool {
    let first = problem.horizon.first;
    first <= date && date < first + Days::new(problem.horizon.days as u64)
}

/// Monday of the week of a date.
pub(super) fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

/// Starts of all minutes of a time span; of one longer than any shift, those of the first two days.
pub(super) fn minutes(start: NaiveDateTime, end: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
    (0..(end - start).num_minutes().min(2 * i64::from(DAY))).map(move |minute| start + TimeDelta::minutes(minute))
}

/// Elapsed minutes between two local times beyond those the clocks show: 60 over the night on which they go back, −60 where they go
/// forward. An ambiguous time is the first of the two.
pub(super) fn gained(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> i64 {
    changes(zone, start, end).iter().map(|change| -change.minutes).sum()
}

/// Clock changes between two local times, in order.
fn changes(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> Vec<ClockChange> {
    let Some(zone) = zone else { return Vec::new() };
    let last = end.date().min(start.date() + Days::new(40));
    let near = zone.clock_changes(start.date() - Days::new(1), last + Days::new(2));
    near.into_iter().filter(|change| start < change.to && change.to <= end).collect()
}

/// Minutes between two local times that the clocks never show, counted from the first time.
pub(super) fn skipped(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> Vec<i64> {
    let Some(zone) = zone.filter(|zone| !zone.clock_changes(start.date(), end.date() + Days::new(1)).is_empty()) else { return Vec::new() };
    let never = minutes(start, end).filter(|minute| zone.local_time(*minute) == LocalTime::Skipped);
    never.map(|minute| (minute - start).num_minutes()).collect()
}

/// All elapsed minutes between two local times, as the clocks show them; a repeated hour appears twice.
pub(super) fn passing(zone: Option<&Zone>, start: NaiveDateTime, end: NaiveDateTime) -> Vec<NaiveDateTime> {
    let mut passed = Vec::new();
    let mut from = start;
    for change in changes(zone, start, end) {
        if change.minutes < 0 {
            // once more from the time to which the clocks are put back
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

/// Whether a shift that ends then is late.
pub(super) fn ends_late(rules: &Rules, date: NaiveDate, end: NaiveDateTime) -> bool {
    (end - at(date, 0)).num_minutes() > i64::from(rules.late_after.minutes())
}

/// Whether as many minutes lie in the night as make a night shift, and one at least.
pub(super) fn is_of_the_night(rules: &Rules, start: NaiveDateTime, end: NaiveDateTime) -> bool {
    let (from, until) = (rules.night_from.minutes(), rules.night_until.minutes());
    let is_dark = |minute: u32| if from < until { from <= minute && minute < until } else { from <= minute || minute < until };
    let dark = minutes(start, end).filter(|minute| is_dark(minute.hour() * 60 + minute.minute())).count();
    dark >= 1 && dark as f64 + 0.5 > rules.night.get() * 60.0
}
