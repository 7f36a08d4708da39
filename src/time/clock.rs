//! A time of day.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::fmt;

/// Minutes in a day.
pub const DAY_MINUTES: u32 = 24 * 60;

/// An unreadable time.
///
/// ```
/// use peakshift::time::{ClockTime, Interval, TimeError, read_stamp};
/// assert_eq!("25:00".parse::<ClockTime>(), Err(TimeError::Clock("25:00".to_owned())));
/// assert_eq!(read_stamp("yesterday"), Err(TimeError::Stamp("yesterday".to_owned())));
/// assert_eq!(Interval::from_minutes(7), Err(TimeError::Interval(7)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// No clock time.
    #[error("'{0}' is not a clock time such as 08:30 or 24:00")]
    Clock(String),
    /// No date and time.
    #[error("'{0}' is not a date and time such as 2026-11-09T08:30")]
    Stamp(String),
    /// An interval that does not divide a day.
    #[error("{0} minutes do not divide a day: use 5, 10, 15, 30 or 60")]
    Interval(u32),
}

/// A clock time in minutes after midnight; 24:00, the end of the day, is allowed.
///
/// ```
/// use peakshift::time::{ClockTime, read_date, read_stamp};
/// let half_past_eight: ClockTime = "08:30".parse()?;
/// assert_eq!(Some(half_past_eight), ClockTime::from_minutes(510));
/// assert_eq!(ClockTime::DAY_END.on(read_date("2026-12-31").unwrap()), read_stamp("2027-01-01T00:00")?);
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u32);

impl ClockTime {
    /// The start of the day.
    pub const MIDNIGHT: Self = Self(0);
    /// The end of the day.
    pub const DAY_END: Self = Self(DAY_MINUTES);

    /// A clock time from minutes after midnight, 0 to 1440.
    #[must_use]
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        (minutes <= DAY_MINUTES).then_some(Self(minutes))
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// This clock time on a date; 24:00 is the next midnight.
    #[must_use]
    pub fn on(self, date: NaiveDate) -> NaiveDateTime {
        date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(self.0))
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

pub(super) fn clock_of_digits(text: &str) -> Option<ClockTime> {
    let (hour, rest) = text.split_once([':', '：']).or_else(|| digits_of_clock(text))?;
    let (minute, seconds) = rest.split_once([':', '：']).unwrap_or((rest, "0"));
    if !seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None; // PM, Z and other zones mean another time than the digits say
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    if minute >= 60 || hour > 24 {
        return None;
    }
    ClockTime::from_minutes(hour * 60 + minute)
}

/// Hours and minutes of a clock time without a colon; `None` for a point before 25, 50 or 75, which may mean a quarter of an hour.
pub(super) fn digits_of_clock(text: &str) -> Option<(&str, &str)> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((hour, minute)) = text.split_once('.') {
        let is_clear = minute.len() == 2 && hour.len() <= 2 && !["25", "50", "75"].contains(&minute);
        return (is_clear && is_digits(hour) && is_digits(minute)).then_some((hour, minute));
    }
    (matches!(text.len(), 3 | 4) && is_digits(text)).then(|| text.split_at(text.len() - 2))
}
