//! The numbers of the rules.

use crate::time::ClockTime;
use crate::units::{Hours, Share};
use chrono::{NaiveDate, NaiveDateTime};

/// The numbers of the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Rest between two shifts.
    pub rest: Hours,
    /// Days worked running, at most.
    pub most_days_running: u32,
    /// Late shifts a week (Monday to Sunday), at most.
    pub most_late_shifts_week: u32,
    /// A shift that ends after this clock time (or the next day) is late.
    pub late_after: ClockTime,
    /// Of the days of a week (Monday to Sunday), this many are free.
    pub rest_days_week: u32,
    /// In every two weeks running at least one Saturday or Sunday is free.
    pub weekend_day_off_in_two_weeks: bool,
    /// Of any four weekends running this many are wholly free: 0 to 3.
    pub free_weekends_in_four: u32,
    /// Hours a day beyond which is overtime.
    pub regular_hours_day: Hours,
    /// Night shifts a week (Monday to Sunday), at most.
    pub most_nights_week: u32,
    /// Hours a calendar month beyond the regular ones, at most.
    pub most_overtime_month: Option<Hours>,
    /// By how much the start may move from one day to the next.
    pub most_start_change: Option<Hours>,
    /// Pairs of shifts, by code, that must not follow one another on two days running.
    pub forbidden_successions: Vec<(String, String)>,
    /// In every week (Monday to Sunday) two days off follow one another.
    pub two_days_off_running: bool,
    /// The share of a new hire's hours that her mentor should be at work with her.
    pub mentor_share: Option<Share>,
    /// The share of a group's hours that its leader should be at work with it.
    pub leader_share: Option<Share>,
    /// Days on which promotion shifts may be worked.
    pub promotion_days: Vec<NaiveDate>,
    /// Notice of a change: a repair leaves shifts as they are that begin within so many hours, and gives no new one then.
    pub notice: Hours,
}

/// Shifts a week that nobody can reach: no limit.
pub const NO_LIMIT: u32 = 7;

/// Whether a shift counts as late.
#[must_use]
pub fn is_late(rules: &Rules, date: NaiveDate, end: NaiveDateTime) -> bool {
    end > rules.late_after.on(date)
}

/// Whether at least two hours of a stretch lie between 22:00 and 06:00.
#[must_use]
pub fn is_night(start: NaiveDateTime, end: NaiveDateTime) -> bool {
    let clock = |hour: u32| ClockTime::from_minutes(hour * 60).unwrap_or(ClockTime::MIDNIGHT);
    let nights = start.date().iter_days().take(2).flat_map(|date| {
        let morning = (ClockTime::MIDNIGHT.on(date), clock(6).on(date));
        let evening = (clock(22).on(date), ClockTime::DAY_END.on(date));
        [morning, evening]
    });
    let minutes: i64 = nights.map(|(from, to)| (end.min(to) - start.max(from)).num_minutes().max(0)).sum();
    minutes >= 120
}
