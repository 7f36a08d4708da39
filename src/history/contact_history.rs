//! Contacts of one queue by day and interval.

use super::never_counted::Opened;
use super::ordinary::Ordinary;
use crate::event::{Event, Family};
use crate::time::{Horizon, Interval};
use chrono::{Days, NaiveDate};
use ndarray::Array2;
use std::ops::Range;

/// Contacts of one queue: one row per day, one column per interval of the day.
///
/// ```
/// use peakshift::{history::{ContactHistory, RawCount}, time::{Horizon, Interval, read_date}};
/// let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// let grid = past.grid(Interval::from_minutes(60)?);
/// let open = (0..grid.len()).filter(|&index| (9..17).contains(&grid.slot_of_day(index)));
/// let counts: Vec<RawCount> = open.map(|index| RawCount::of(grid.start(index), 10.0)).collect(); // 10 an hour, 9 to 17
/// let (history, _) = ContactHistory::from_counts(&counts, grid.interval(), &[], past.end()).unwrap();
/// assert_eq!((history.days(), history.horizon(), history.counted_days()), (28, past, 0..28));
/// assert_eq!((history.count(0, 9), history.count_or_estimate(0, 9), history.day_total(0)), (Some(10.0), Some(10.0), Some(80.0)));
/// assert_eq!((history.date(1), history.day_of(past.end())), (past.date(1), Some(28))); // a day after the last has a number too
/// assert!(history.is_ordinary_day(past.first) && history.ordinary(past.first)[9] && !history.ordinary(past.first)[20]);
/// assert_eq!(history.before(14).map(|known| known.days()), Some(14));
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ContactHistory {
    pub(super) first: NaiveDate,
    pub(super) interval: Interval,
    /// Counts; NaN where missing.
    pub(super) counts: Array2<f64>,
    pub(super) ordinary: Ordinary,
    /// Results of [`Self::day_total`], by day.
    totals: Vec<Option<f64>>,
    /// Days on which the desk was closed although the weekday is ordinarily open.
    pub(super) closed: Vec<bool>,
    /// Contacts of each day not in its counts: repeated hours are counted at their mean.
    pub(super) beside: Vec<f64>,
    /// Hours never counted that have estimates in place of counts.
    pub(super) opened: Opened,
}

impl ContactHistory {
    pub(super) fn of(first: NaiveDate, interval: Interval, counts: Array2<f64>, closed: Vec<bool>, beside: Vec<f64>) -> Self {
        Self::with_counts(first, interval, counts, closed, beside, Opened::default())
    }

    pub(super) fn with_counts(
        first: NaiveDate,
        interval: Interval,
        counts: Array2<f64>,
        closed: Vec<bool>,
        beside: Vec<f64>,
        opened: Opened,
    ) -> Self {
        let ordinary = Ordinary::learn(&counts, first);
        let total = |day: usize| {
            let is_counted = |slot: usize| !counts[(day, slot)].is_nan();
            let sum: f64 = counts.row(day).iter().filter(|count| !count.is_nan()).sum();
            let any = (0..counts.ncols()).any(is_counted);
            any.then(|| Some(sum * ordinary.completion(day, first + Days::new(day as u64), is_counted)? + beside[day]))?
        };
        let totals = (0..counts.nrows()).map(total).collect();
        Self { first, interval, counts, ordinary, totals, closed, beside, opened }
    }

    /// First day.
    #[must_use]
    pub const fn first(&self) -> NaiveDate {
        self.first
    }

    /// Length of the intervals.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// Number of days, missing ones included.
    #[must_use]
    pub fn days(&self) -> usize {
        self.counts.nrows()
    }

    /// Date of a day, counted from 0.
    #[must_use]
    pub fn date(&self, day: usize) -> NaiveDate {
        self.first + Days::new(day as u64)
    }

    /// Day number of a date, which may lie after the last day; `None` before the first.
    #[must_use]
    pub fn day_of(&self, date: NaiveDate) -> Option<usize> {
        usize::try_from((date - self.first).num_days()).ok()
    }

    /// Count of an interval; `None` if missing.
    #[must_use]
    pub fn count(&self, day: usize, slot: usize) -> Option<f64> {
        self.counts.get((day, slot)).copied().filter(|count| !count.is_nan())
    }

    /// Contacts of a day, completed if the intervals without a count ordinarily hold a quarter of them or less; `None` if more are
    /// missing.
    #[must_use]
    pub fn day_total(&self, day: usize) -> Option<f64> {
        self.totals.get(day).copied().flatten()
    }

    /// Count of an interval, or its estimate on a day of which only a few intervals are missing.
    #[must_use]
    pub fn count_or_estimate(&self, day: usize, slot: usize) -> Option<f64> {
        let estimate = || Some(self.day_total(day)? * self.ordinary.share(self.date(day), slot));
        self.count(day, slot).or_else(|| estimate().filter(|contacts| *contacts > 0.0))
    }

    /// Whether each interval of a date ordinarily has contacts, by weekday.
    #[must_use]
    pub fn ordinary(&self, date: NaiveDate) -> &[bool] {
        self.ordinary.open(date)
    }

    /// Whether the weekday is ordinarily open at all.
    #[must_use]
    pub fn is_ordinary_day(&self, date: NaiveDate) -> bool {
        self.ordinary(date).contains(&true)
    }

    /// Whether an event closed the desk that day although the weekday is ordinarily open.
    #[must_use]
    pub fn was_closed(&self, day: usize) -> bool {
        self.closed.get(day).copied().unwrap_or(false)
    }

    /// Whether a model of day totals can learn from a day: its total is known, and nothing closed it.
    pub(crate) fn is_complete(&self, day: usize) -> bool {
        self.day_total(day).is_some() && !self.was_closed(day)
    }

    /// Whether events of the family `closed` cover every interval of a date that ordinarily has contacts.
    ///
    /// ```
    /// # use peakshift::{history::{ContactHistory, RawCount}, time::{Horizon, Interval, read_date}};
    /// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
    /// # let grid = past.grid(Interval::from_minutes(60)?);
    /// # let open = (0..grid.len()).filter(|&index| (9..17).contains(&grid.slot_of_day(index)));
    /// # let counts: Vec<RawCount> = open.map(|index| RawCount::of(grid.start(index), 10.0)).collect(); // 10 an hour, 9 to 17
    /// # let (history, _) = ContactHistory::from_counts(&counts, grid.interval(), &[], past.end()).unwrap();
    /// # use peakshift::{event::{Event, Expectation, Family}, time::read_stamp, units::Factor};
    /// let (start, end) = (read_stamp("2026-12-01T09:00")?, read_stamp("2026-12-01T17:00")?);
    /// let (name, family, queue) = ("stocktaking".into(), Family::Closed, None);
    /// let closure = Event { name, family, start, end, queue, size: Factor::ONE, expected: Expectation::default() };
    /// assert!(history.is_closed(start.date(), &[closure]) && !history.was_closed(0));
    /// # Ok::<(), peakshift::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn is_closed(&self, date: NaiveDate, events: &[Event]) -> bool {
        let closures: Vec<&Event> = events.iter().filter(|event| event.family == Family::Closed && event.is_on_date(date)).collect();
        let grid = Horizon { first: date, days: 1 }.grid(self.interval);
        let covered = |slot: usize| closures.iter().any(|event| event.is_on(grid.start(slot)));
        !closures.is_empty() && self.ordinary(date).iter().enumerate().all(|(slot, open)| !open || covered(slot))
    }

    /// The part before a day, as known to a forecast of that day; `None` if empty.
    #[must_use]
    pub fn before(&self, day: usize) -> Option<Self> {
        let days = day.min(self.days());
        if days == 0 {
            return None;
        }
        let counts = self.counts.slice(ndarray::s![..days, ..]).to_owned();
        let (closed, beside) = (self.closed[..days].to_vec(), self.beside[..days].to_vec());
        Some(Self::with_counts(self.first, self.interval, counts, closed, beside, self.opened.clone()))
    }

    /// Whether a day has any count.
    pub(super) fn has_counts(&self, day: usize) -> bool {
        (0..self.interval.per_day()).any(|slot| self.count(day, slot).is_some())
    }

    /// Range from the first to the last day with a count.
    #[must_use]
    pub fn counted_days(&self) -> Range<usize> {
        let is_counted = |day: &usize| self.has_counts(*day);
        let first = (0..self.days()).find(is_counted).unwrap_or(0);
        first..(0..self.days()).rev().find(is_counted).map_or(0, |last| last + 1)
    }

    /// Days covered by the history.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        Horizon { first: self.first, days: self.days() }
    }
}
