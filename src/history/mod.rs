//! What happened? Raw counts in, a complete day × interval table and the list of what was odd in them out.
//!
//! Nothing here knows a promotion's effect or a model. A count that is not there stays missing: no engine sees an invented
//! number, but for hours that a plan opens anew (`opened`).

mod begun;
mod clock_changes;
mod closed_hours;
mod health;
mod level_shifts;
mod opened;
mod ordinary;
mod raw;
mod regrid;
mod shift_starts;
mod suspects;
mod zeros;

pub use health::{Finding, FindingKind};
pub(crate) use level_shifts::{LevelShift, level_shifts};
pub use opened::NewHours;
use opened::Opened;
pub(crate) use raw::recency;
pub use raw::{Handled, RawCount, usual_handling};
pub(crate) use suspects::suspected_between;

use crate::event::{Event, Family};
use crate::time::{Horizon, Interval};
use crate::zone::Zone;
use chrono::{Days, NaiveDate, NaiveDateTime, Timelike};
use clock_changes::ClockChanges;
use ndarray::Array2;
use ordinary::{Ordinary, RECENT_DAYS};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Contacts of one queue, one row a day, one column an interval of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactHistory {
    first: NaiveDate,
    interval: Interval,
    /// Missing counts are not a number.
    counts: Array2<f64>,
    ordinary: Ordinary,
    /// Of each day, as [`Self::day_total`] says.
    totals: Vec<Option<f64>>,
    /// Days on which the desk was closed though its weekday is ordinarily open.
    closed: Vec<bool>,
    /// What each day has beside its counts: an hour that came twice is counted at its mean.
    beside: Vec<f64>,
    /// Hours never counted for which something stands in.
    opened: Opened,
}

impl ContactHistory {
    /// Puts raw counts in order and names what is odd: duplicates, impossible counts, gaps, days of zeros, frozen counters,
    /// outliers outside every event. Only counts before `until` are used.
    ///
    /// ```
    /// use peakshift::{history::{ContactHistory, RawCount}, time::{Interval, read_stamp}};
    /// let counts = [("2026-11-02T09:00", 4.0), ("2026-11-02T09:30", 6.0)]
    ///     .map(|(start, contacts)| RawCount::of(read_stamp(start).unwrap(), contacts));
    /// let end = read_stamp("2026-11-03").unwrap().date();
    /// let (history, findings) = ContactHistory::from_counts(&counts, Interval::HALF_HOUR, &[], end).unwrap();
    /// assert_eq!(history.day_total(0), Some(10.0));
    /// assert!(findings.is_empty());
    /// ```
    #[must_use]
    pub fn from_counts(raw: &[RawCount], interval: Interval, events: &[Event], until: NaiveDate) -> Option<(Self, Vec<Finding>)> {
        Self::from_counts_by(None, raw, interval, events, until)
    }

    /// The same for counts by the clocks of a zone: hours that were skipped or came twice when clocks were changed are named, neither gaps
    /// nor duplicates. The day keeps all contacts of an hour that came twice; the hour's own count is the mean of both.
    #[must_use]
    pub fn from_counts_by(
        zone: Option<&Zone>,
        raw: &[RawCount],
        interval: Interval,
        events: &[Event],
        until: NaiveDate,
    ) -> Option<(Self, Vec<Finding>)> {
        let mut raw: Vec<RawCount> = raw.iter().copied().filter(|count| count.start.date() < until).collect();
        let clocks = ClockChanges::settle(&mut raw, zone);
        let (mut raw, changed) = regrid::regrid(&raw, interval);
        let not_open_yet = health::drop_before_opening(&mut raw);
        let first = raw.iter().map(|count| count.start.date()).min()?;
        let last = raw.iter().map(|count| count.start.date()).max()?;
        let days = (last - first).num_days() as usize + 1;
        let mut findings: Vec<Finding> = changed.into_iter().chain(not_open_yet).collect();
        let mut counts = Array2::from_elem((days, interval.per_day()), f64::NAN);
        for row in &raw {
            health::enter(&mut counts, first, interval, *row, &mut findings);
        }
        let beside = clocks.spread(&mut counts, first, interval);
        findings.extend(zeros::fill_zeros(&mut counts, first, interval));
        clocks.forget_skipped(&mut counts, first, interval);
        health::drop_spoilt(&mut counts, first, interval, events);
        health::drop_dead_days(&mut counts, first, interval, events, &mut findings);
        begun::forget_zeros_before(&mut counts, first, |date| !events.iter().any(|event| event.is_on_date(date)));
        let mut history = Self::of(first, interval, counts, Vec::new(), beside);
        history.closed = (0..days).map(|day| history.is_closed(history.date(day), events)).collect();
        let skipped: BTreeSet<(usize, usize)> = clocks.skipped(first, interval).collect();
        findings.extend(health::examine(&history, &skipped));
        let is_open = |day: usize, slot: usize| history.counted_days().contains(&day) && history.ordinary(history.date(day))[slot];
        findings.extend(clocks.findings(&history.counts, first, interval, is_open));
        findings.extend(suspects::suspects(&history, events));
        findings.sort_by_key(|finding| (finding.start, finding.kind));
        Some((history, findings))
    }

    fn of(first: NaiveDate, interval: Interval, counts: Array2<f64>, closed: Vec<bool>, beside: Vec<f64>) -> Self {
        Self::with_counts(first, interval, counts, closed, beside, Opened::default())
    }

    fn with_counts(first: NaiveDate, interval: Interval, counts: Array2<f64>, closed: Vec<bool>, beside: Vec<f64>, opened: Opened) -> Self {
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
    fn has_counts(&self, day: usize) -> bool {
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

/// The interval that raw counts were taken in: the commonest distance of two starts within a day that divides a day, over the latest
/// twelve weeks, or a part of it that puts all starts on its grid; a day if there is one count a day. `None` if there are no counts, if no
/// distance divides a day, or if there is but a row a week or a month.
#[must_use]
pub fn interval_of(raw: &[RawCount]) -> Option<Interval> {
    let mut starts: Vec<NaiveDateTime> = raw.iter().map(|count| count.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let last = starts.last()?;
    // the latest weeks say how the export is made now
    let recent = &starts[starts.partition_point(|start| *start < *last - Days::new(RECENT_DAYS as u64))..];
    if recent.windows(2).all(|pair| pair[0].date() != pair[1].date()) {
        let days_apart = recent.windows(2).map(|pair| (pair[1].date() - pair[0].date()).num_days()).min();
        if recent.len() > 2 && days_apart.is_some_and(|days| days >= 7) {
            // a row a week or a month
            return None;
        }
        let aligned = starts.iter().all(|start| start.hour() == 0 && start.minute() == 0);
        return Some(if aligned { Interval::DAY } else { Interval::HALF_HOUR });
    }
    let minutes = regrid::cut(recent, commonest_distance(recent)?);
    Interval::from_minutes(minutes as u32).ok()
}

/// In minutes, of two starts of one day that follow each other in sorted starts; only those that divide a day, the shorter of two
/// equally common.
fn commonest_distance(starts: &[NaiveDateTime]) -> Option<i64> {
    let mut distances: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in starts.windows(2).filter(|pair| pair[0].date() == pair[1].date()) {
        *distances.entry((pair[1] - pair[0]).num_minutes()).or_default() += 1;
    }
    let divides = |minutes: i64| u32::try_from(minutes).is_ok_and(|minutes| Interval::from_minutes(minutes).is_ok());
    let usable = distances.into_iter().filter(|(minutes, _)| divides(*minutes));
    usable.max_by_key(|&(minutes, times)| (times, std::cmp::Reverse(minutes))).map(|(minutes, _)| minutes)
}
