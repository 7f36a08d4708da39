//! Contacts of one queue, a row a day and a column an interval of the day.

use super::never_counted::Opened;
use super::ordinary::Ordinary;
use crate::event::{Event, Family};
use crate::time::{Horizon, Interval};
use chrono::{Days, NaiveDate};
use ndarray::Array2;
use std::ops::Range;

/// Contacts of one queue, one row a day, one column an interval of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactHistory {
    pub(super) first: NaiveDate,
    pub(super) interval: Interval,
    /// Missing counts are not a number.
    pub(super) counts: Array2<f64>,
    pub(super) ordinary: Ordinary,
    /// Of each day, as [`Self::day_total`] says.
    totals: Vec<Option<f64>>,
    /// Days on which the desk was closed though its weekday is ordinarily open.
    pub(super) closed: Vec<bool>,
    /// What each day has beside its counts: an hour that came twice is counted at its mean.
    pub(super) beside: Vec<f64>,
    /// Hours never counted for which something stands in.
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

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> NaiveDate {
        self.first
    }

    /// The length of its intervals.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// How many days, missing ones included.
    #[must_use]
    pub fn days(&self) -> usize {
        self.counts.nrows()
    }

    /// The date of a day counted from 0.
    #[must_use]
    pub fn date(&self, day: usize) -> NaiveDate {
        self.first + Days::new(day as u64)
    }

    /// The number of a date counted from the first day, if it is not before that; it may lie after the last.
    #[must_use]
    pub fn day_of(&self, date: NaiveDate) -> Option<usize> {
        usize::try_from((date - self.first).num_days()).ok()
    }

    /// The count of an interval, if there is one.
    #[must_use]
    pub fn count(&self, day: usize, slot: usize) -> Option<f64> {
        self.counts.get((day, slot)).copied().filter(|count| !count.is_nan())
    }

    /// The contacts of a day: the sum of its counts, completed where the intervals without a count ordinarily hold a quarter of it or
    /// less; `None` if more is missing.
    #[must_use]
    pub fn day_total(&self, day: usize) -> Option<f64> {
        self.totals.get(day).copied().flatten()
    }

    /// The count of an interval, or what is likely to have come where a day is known but for a few intervals.
    #[must_use]
    pub fn count_or_estimate(&self, day: usize, slot: usize) -> Option<f64> {
        let estimate = || Some(self.day_total(day)? * self.ordinary.share(self.date(day), slot));
        self.count(day, slot).or_else(|| estimate().filter(|contacts| *contacts > 0.0))
    }

    /// Which intervals of a date ordinarily have contacts, by its weekday.
    #[must_use]
    pub fn ordinary(&self, date: NaiveDate) -> &[bool] {
        self.ordinary.open(date)
    }

    /// Whether a weekday is ordinarily open at all.
    #[must_use]
    pub fn is_ordinary_day(&self, date: NaiveDate) -> bool {
        self.ordinary(date).contains(&true)
    }

    /// Whether the desk was closed that day by an event, though its weekday is ordinarily open.
    #[must_use]
    pub fn was_closed(&self, day: usize) -> bool {
        self.closed.get(day).copied().unwrap_or(false)
    }

    /// Whether a model of day totals can learn from a day: its total is known, and nothing closed it.
    pub(crate) fn is_complete(&self, day: usize) -> bool {
        self.day_total(day).is_some() && !self.was_closed(day)
    }

    /// Whether events of the family `closed` cover every interval of a date that ordinarily has contacts.
    #[must_use]
    pub fn is_closed(&self, date: NaiveDate, events: &[Event]) -> bool {
        let closures: Vec<&Event> = events.iter().filter(|event| event.family == Family::Closed && event.is_on_date(date)).collect();
        let grid = Horizon { first: date, days: 1 }.grid(self.interval);
        let covered = |slot: usize| closures.iter().any(|event| event.is_on(grid.start(slot)));
        !closures.is_empty() && self.ordinary(date).iter().enumerate().all(|(slot, open)| !open || covered(slot))
    }

    /// The part before a day: what a forecaster of that day could know.
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

    /// The days that have any count, as a range from the first to the last.
    #[must_use]
    pub fn counted_days(&self) -> Range<usize> {
        let is_counted = |day: &usize| self.has_counts(*day);
        let first = (0..self.days()).find(is_counted).unwrap_or(0);
        first..(0..self.days()).rev().find(is_counted).map_or(0, |last| last + 1)
    }

    /// The stretch of days it covers.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        Horizon { first: self.first, days: self.days() }
    }
}
