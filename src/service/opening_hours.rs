//! Opening hours: by weekday, in several parts of a day, past midnight, and other ones on special days.

use crate::time::{ClockTime, DAY_MINUTES};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// A part of a day in which agents answer, from `open` until `close`.
///
/// ```
/// use peakshift::service::OpenSpan;
/// let evening = OpenSpan { open: "18:00".parse()?, close: "02:00".parse()? };
/// assert!(evening.passes_midnight() && evening.minutes() == 480);
/// assert!(evening.contains("01:59".parse()?) && !evening.contains("02:00".parse()?));
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSpan {
    /// Opening time.
    pub open: ClockTime,
    /// Closing time; 24:00 is the end of the day, and a time before `open` is one of the next day.
    pub close: ClockTime,
}

impl OpenSpan {
    /// Round the clock.
    pub const ALL_DAY: Self = Self { open: ClockTime::MIDNIGHT, close: ClockTime::DAY_END };

    /// Whether it closes on the day after it opens.
    #[must_use]
    pub fn passes_midnight(self) -> bool {
        self.close < self.open
    }

    /// Its length in minutes.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.end() - self.open.minutes()
    }

    /// Whether a clock time lies in it, be it of the day of opening or of the next.
    #[must_use]
    pub fn contains(self, time: ClockTime) -> bool {
        self.holds(time.minutes()) || self.holds(time.minutes() + DAY_MINUTES)
    }

    /// Whether it has time in common with another of the same day, in minutes since that day began.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.open.minutes() < other.end() && other.open.minutes() < self.end()
    }

    /// Whether it closes after a part of the next day has opened.
    pub(crate) fn reaches_into(self, of_next_day: Self) -> bool {
        self.end() > of_next_day.open.minutes() + DAY_MINUTES
    }

    /// Whether a minute lies in it, counted from the beginning of the day of opening.
    fn holds(self, minute: u32) -> bool {
        (self.open.minutes()..self.end()).contains(&minute)
    }

    /// Minute of closing, counted from the beginning of the day of opening.
    fn end(self) -> u32 {
        self.close.minutes() + if self.passes_midnight() { DAY_MINUTES } else { 0 }
    }
}

/// Opening hours that replace those of the weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialHours {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Parts of each day in which agents answer; none where it stays closed.
    pub spans: Vec<OpenSpan>,
}

/// Hours in which a queue's agents answer. What opens on a day and closes after midnight belongs to the day on which it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// Parts of each weekday, Monday to Sunday, in which agents answer; none where it stays closed.
    pub week: [Vec<OpenSpan>; 7],
    /// Exceptions; the last that covers a day applies.
    pub special: Vec<SpecialHours>,
}

impl OpeningHours {
    /// Round the clock, every day.
    #[must_use]
    pub fn always() -> Self {
        Self::daily(ClockTime::MIDNIGHT, ClockTime::DAY_END)
    }

    /// From `open` to `close` on every day of the week.
    ///
    /// ```
    /// use peakshift::{service::{OpenSpan, OpeningHours}, time::{ClockTime, read_date, read_stamp}};
    /// let hours = OpeningHours::daily("09:00".parse()?, "21:00".parse()?);
    /// let span = OpenSpan { open: "09:00".parse()?, close: "21:00".parse()? };
    /// assert_eq!(hours.on(read_date("2026-11-30").unwrap()), [span]);
    /// assert!(hours.is_open(read_stamp("2026-11-30T20:59")?) && !hours.is_open(read_stamp("2026-11-30T21:00")?));
    /// assert!(OpeningHours::always().is_open(ClockTime::MIDNIGHT.on(read_date("2026-11-30").unwrap())));
    /// # Ok::<(), peakshift::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn daily(open: ClockTime, close: ClockTime) -> Self {
        Self { week: std::array::from_fn(|_| vec![OpenSpan { open, close }]), special: Vec::new() }
    }

    /// Parts of a date in which agents answer; what is left of the night before is that date's.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> &[OpenSpan] {
        let special = self.special.iter().rev().find(|hours| hours.first <= date && date <= hours.last);
        special.map_or(&self.week[date.weekday().num_days_from_monday() as usize], |hours| &hours.spans)
    }

    /// Whether agents answer at a time.
    #[must_use]
    pub fn is_open(&self, time: NaiveDateTime) -> bool {
        let minute = time.hour() * 60 + time.minute();
        let of_the_night = |date| self.on(date).iter().any(|span| span.holds(minute + DAY_MINUTES));
        self.on(time.date()).iter().any(|span| span.holds(minute)) || time.date().pred_opt().is_some_and(of_the_night)
    }

    /// All parts of days in which agents answer, of weekdays and of special days.
    pub fn spans(&self) -> impl Iterator<Item = OpenSpan> {
        self.week.iter().chain(self.special.iter().map(|hours| &hours.spans)).flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).expect("a day of November")
    }

    fn span(open: &str, close: &str) -> OpenSpan {
        OpenSpan { open: open.parse().expect("a time"), close: close.parse().expect("a time") }
    }

    fn is_open(hours: &OpeningHours, number: u32, clock: &str) -> bool {
        hours.is_open(clock.parse::<ClockTime>().expect("a time").on(day(number)))
    }

    #[test]
    fn special_hours_replace_those_of_the_weekday() {
        let special = vec![SpecialHours { first: day(10), last: day(10), spans: vec![OpenSpan::ALL_DAY] }];
        let hours = OpeningHours { special, ..OpeningHours::daily(span("08:00", "24:00").open, ClockTime::DAY_END) };
        assert!(is_open(&hours, 10, "03:00") && !is_open(&hours, 11, "03:00"));
    }

    #[test]
    fn what_opens_in_the_evening_closes_on_the_next_day() {
        let mut hours = OpeningHours { week: [const { Vec::new() }; 7], special: Vec::new() };
        hours.week[4] = vec![span("09:00", "12:00"), span("18:00", "02:00")]; // Friday, 6 November
        assert!(is_open(&hours, 6, "11:59") && !is_open(&hours, 6, "12:00") && is_open(&hours, 6, "23:59"));
        assert!(is_open(&hours, 7, "01:59") && !is_open(&hours, 7, "02:00") && !is_open(&hours, 6, "01:00"));
        // a Saturday without hours leaves the night of Friday open, a Friday without hours does not
        hours.special = vec![SpecialHours { first: day(7), last: day(7), spans: Vec::new() }];
        assert!(is_open(&hours, 7, "01:59"));
        hours.special = vec![SpecialHours { first: day(6), last: day(6), spans: Vec::new() }];
        assert!(!is_open(&hours, 7, "01:59"));
    }

    fn spans() -> impl Strategy<Value = Vec<OpenSpan>> {
        let clock = |most: u32| (0..=most).prop_map(|half| ClockTime::from_minutes(half * 30).expect("a time of a day"));
        let span = (clock(47), clock(48)).prop_map(|(open, close)| OpenSpan { open, close });
        proptest::collection::vec(span, 0..3)
    }

    proptest! {
        /// An evening reaches into a morning where both are open in one minute of the next day.
        #[test]
        fn an_evening_reaches_into_the_morning_that_it_shares_a_minute_with(evening in spans(), morning in spans()) {
            let next_day = |minute: u32| (minute + DAY_MINUTES, minute);
            for (evening, morning) in evening.iter().zip(&morning).filter(|(_, morning)| morning.minutes() > 0) {
                let shares = (0..DAY_MINUTES).map(next_day).any(|(of_evening, own)| evening.holds(of_evening) && morning.holds(own));
                prop_assert_eq!(evening.reaches_into(*morning), shares, "{:?} {:?}", evening, morning);
            }
        }

        /// Minute by minute, a week opens for as long as its parts last, and in no other minute.
        #[test]
        fn a_week_is_open_in_the_minutes_of_its_parts(week in proptest::array::uniform7(spans())) {
            let hours = OpeningHours { week, special: Vec::new() };
            let mut opened = vec![false; 7 * 1440];
            for (weekday, span) in hours.week.iter().enumerate().flat_map(|(weekday, spans)| spans.iter().map(move |span| (weekday, span))) {
                let mut minute = span.open.minutes();
                while minute % 1440 != span.close.minutes() % 1440 || (minute == 0 && span.close == ClockTime::DAY_END) {
                    opened[(weekday * 1440 + minute as usize) % (7 * 1440)] = true;
                    minute += 1;
                }
            }
            for (minute, opened) in opened.into_iter().enumerate() {
                // 2 November 2026 is a Monday
                let time = ClockTime::MIDNIGHT.on(day(9)) + chrono::TimeDelta::minutes(minute as i64);
                prop_assert_eq!(hours.is_open(time), opened, "{} {:?}", time, hours.week);
            }
        }
    }
}
