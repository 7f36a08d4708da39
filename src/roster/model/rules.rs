//! Parameters of the scheduling rules.

use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Hours, Share};
use crate::workforce::Absence;
use chrono::{NaiveDate, NaiveDateTime};

/// Parameters of the scheduling rules.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rules {
    /// Rest between two shifts, at least.
    pub rest: Hours,
    /// Consecutive days worked, at most.
    pub most_days_running: u32,
    /// Late shifts per week (Monday to Sunday), at most.
    pub most_late_shifts_week: u32,
    /// Clock time after which the end of a shift makes it late; an end on the next day always does.
    pub late_after: ClockTime,
    /// Days off per week (Monday to Sunday), at least.
    pub rest_days_week: u32,
    /// Whether at least one Saturday or Sunday is free in every two consecutive weeks.
    pub weekend_day_off_in_two_weeks: bool,
    /// Wholly free weekends in any four consecutive ones, at least: 0 to 3.
    pub free_weekends_in_four: u32,
    /// Paid hours of a day beyond which overtime begins.
    pub regular_hours_day: Hours,
    /// Night shifts per week (Monday to Sunday), at most.
    pub most_nights_week: u32,
    /// When the night begins.
    pub night_from: ClockTime,
    /// When the night ends, on the day after unless that is later than its beginning.
    pub night_until: ClockTime,
    /// A shift with so many hours in a night, and more than none, is a night shift.
    pub night: Hours,
    /// Overtime per calendar month, at most.
    pub most_overtime_month: Option<Hours>,
    /// Change of the start time from one day to the next, at most.
    pub most_start_change: Option<Hours>,
    /// Pairs of shift codes that must not follow one another on consecutive days.
    pub forbidden_successions: Vec<(String, String)>,
    /// Whether every week (Monday to Sunday) has two consecutive days off.
    pub two_days_off_running: bool,
    /// Share of a new hire's hours that their mentor should be at work with them.
    pub mentor_share: Option<Share>,
    /// Share of a team's hours that its leader should be at work with it.
    pub leader_share: Option<Share>,
    /// Dates on which promotion shifts may be worked.
    pub promotion_days: Vec<NaiveDate>,
    /// Notice of a change: a repair neither changes shifts that begin within these hours nor assigns new ones.
    pub notice: Hours,
    /// Kinds of absence that are training, which could be at another time.
    pub training_absences: Vec<String>,
}

impl Default for Rules {
    /// No limits and no shares: contracts alone bound hours. The night lasts from 22:00 to 06:00, and two hours of it make a night shift.
    fn default() -> Self {
        let clock = |hour: u32| ClockTime::from_minutes(hour * 60).expect("a full hour of a day is a clock time");
        Self {
            rest: Hours::ZERO,
            most_days_running: 31,
            most_late_shifts_week: NO_LIMIT,
            late_after: clock(22),
            rest_days_week: 0,
            weekend_day_off_in_two_weeks: false,
            free_weekends_in_four: 0,
            regular_hours_day: Hours::from_minutes(DAY_MINUTES),
            most_nights_week: NO_LIMIT,
            night_from: clock(22),
            night_until: clock(6),
            night: Hours::from_minutes(2 * 60),
            most_overtime_month: None,
            most_start_change: None,
            forbidden_successions: Vec::new(),
            two_days_off_running: false,
            mentor_share: None,
            leader_share: None,
            promotion_days: Vec::new(),
            notice: Hours::ZERO,
            training_absences: vec!["training".to_owned()],
        }
    }
}

impl Rules {
    /// Whether an absence is training.
    #[must_use]
    pub fn is_training(&self, absence: &Absence) -> bool {
        self.training_absences.iter().any(|kind| absence.is_of(kind))
    }
}

/// Weekly number of shifts that nobody can exceed, hence no limit.
pub const NO_LIMIT: u32 = 7;

/// Whether a shift counts as late.
///
/// ```
/// use peakshift::{roster::{Rules, is_late}, time::{read_date, read_stamp}};
/// let (rules, monday) = (Rules::default(), read_date("2026-11-30").unwrap());
/// assert!(!is_late(&rules, monday, read_stamp("2026-11-30T22:00")?));
/// assert!(is_late(&rules, monday, read_stamp("2026-12-01T01:00")?)); // Monday's shift, though it ends on Tuesday
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[must_use]
pub fn is_late(rules: &Rules, date: NaiveDate, end: NaiveDateTime) -> bool {
    end > rules.late_after.on(date)
}

/// Whether at least two hours of a time span lie between 22:00 and 06:00.
///
/// ```
/// use peakshift::{roster::{Rules, is_night}, time::read_stamp};
/// let night = |start, end| is_night(&Rules::default(), read_stamp(start).unwrap(), read_stamp(end).unwrap());
/// assert!(night("2026-11-30T16:00", "2026-12-01T00:00") && night("2026-12-01T04:00", "2026-12-01T12:00"));
/// assert!(!night("2026-11-30T15:00", "2026-11-30T23:00")); // one hour of the night
/// ```
#[must_use]
pub fn is_night(rules: &Rules, start: NaiveDateTime, end: NaiveDateTime) -> bool {
    let (from, until) = (rules.night_from, rules.night_until);
    // the night that began the day before may not be over yet
    let first = start.date().pred_opt().unwrap_or(start.date());
    let nights = first.iter_days().take(3).map(|date| {
        let last = if until > from { date } else { date.succ_opt().unwrap_or(date) };
        (from.on(date), until.on(last))
    });
    let minutes: i64 = nights.map(|(from, until)| (end.min(until) - start.max(from)).num_minutes().max(0)).sum();
    minutes > 0 && minutes >= i64::from(rules.night.minutes())
}
