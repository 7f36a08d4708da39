//! Clock changes: a skipped local hour is not a gap, and a repeated one has two rows.
//!
//! The day keeps all contacts of a repeated hour. Its intervals hold the mean of both passes, since profiles and requirements are about
//! rates.

use super::{Finding, FindingKind, Handled, RawCount};
use crate::time::{ClockTime, Interval};
use crate::units::Seconds;
use crate::zone::{ClockChange, Zone};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use ndarray::Array2;
use std::collections::BTreeMap;

/// Clock changes within a history.
#[derive(Clone, Debug, Default)]
pub(super) struct ClockChanges {
    changes: Vec<ClockChange>,
    /// Starts of repeated rows, with the contacts of both passes.
    repeated: BTreeMap<NaiveDateTime, f64>,
}

impl ClockChanges {
    /// Merges the two rows that a repeated hour has for each local time.
    pub(super) fn settle(raw: &mut Vec<RawCount>, zone: Option<&Zone>) -> Self {
        let dates = || raw.iter().map(|count| count.start.date());
        let (Some(zone), Some(first), Some(last)) = (zone, dates().min(), dates().max()) else { return Self::default() };
        let changes = zone.clock_changes(first, last + Days::new(1));
        let mut settled = Self { changes, ..Self::default() };
        for change in settled.changes.iter().filter(|change| change.minutes < 0) {
            let merged = merge(raw, change);
            settled.repeated.extend(merged);
        }
        settled
    }

    /// Intervals of a grid that the local time of a change touches.
    fn slots(change: &ClockChange, first: NaiveDate, interval: Interval) -> impl Iterator<Item = (usize, usize)> {
        let minutes = i64::from(interval.minutes());
        let since = |time: NaiveDateTime| (time - first.and_time(chrono::NaiveTime::MIN)).num_minutes();
        let (from, to) = (since(change.from).div_euclid(minutes), (since(change.to) + minutes - 1).div_euclid(minutes));
        let per_day = interval.per_day() as i64;
        (from.max(0)..to).map(move |index| ((index / per_day) as usize, (index % per_day) as usize))
    }

    /// Reduces the counts of repeated hours to the mean of both passes; returns the surplus of each day.
    pub(super) fn spread(&self, counts: &mut Array2<f64>, first: NaiveDate, interval: Interval) -> Vec<f64> {
        let mut beside = vec![0.0; counts.nrows()];
        for change in self.changes.iter().filter(|change| change.minutes < 0) {
            for (day, slot) in Self::slots(change, first, interval) {
                let start = ClockTime::MIDNIGHT.on(first) + Days::new(day as u64) + interval_time(interval, slot);
                let twice: f64 = self.repeated.range(start..start + interval_time(interval, 1)).map(|(_, contacts)| contacts).sum();
                let of_longer_row = change.from <= start && self.repeated.range(change.from..=start).next().is_some();
                let Some(count) = counts.get_mut((day, slot)).filter(|count| !count.is_nan()) else { continue };
                // rows longer than an interval have been split, so all of this count came in both passes
                let surplus = if twice > 0.0 && twice <= *count * (1.0 + 1e-9) {
                    twice / 2.0
                } else if of_longer_row {
                    *count / 2.0
                } else {
                    0.0
                };
                *count -= surplus;
                beside[day] += surplus;
            }
        }
        beside
    }

    /// Marks the zeros of skipped hours as missing.
    pub(super) fn forget_skipped(&self, counts: &mut Array2<f64>, first: NaiveDate, interval: Interval) {
        for place in self.skipped(first, interval) {
            if let Some(count) = counts.get_mut(place).filter(|count| **count == 0.0) {
                *count = f64::NAN;
            }
        }
    }

    /// Day and interval of every cell that a skipped hour touches.
    pub(super) fn skipped(&self, first: NaiveDate, interval: Interval) -> impl Iterator<Item = (usize, usize)> {
        let put_on = self.changes.iter().filter(|change| change.minutes > 0);
        put_on.flat_map(move |change| Self::slots(change, first, interval))
    }

    /// A finding for each change in hours that are open: repeated hours with the contacts of both passes, skipped hours with the contacts
    /// that the export has in them nevertheless.
    pub(super) fn findings(
        &self,
        counts: &Array2<f64>,
        first: NaiveDate,
        interval: Interval,
        is_open: impl Fn(usize, usize) -> bool,
    ) -> Vec<Finding> {
        let finding = |change: &ClockChange| {
            let places: Vec<(usize, usize)> = Self::slots(change, first, interval).collect();
            let contacts = if change.minutes < 0 {
                self.repeated.range(change.from..change.to).map(|(_, contacts)| contacts).sum()
            } else {
                places.iter().filter_map(|place| counts.get(*place)).filter(|count| !count.is_nan()).sum()
            };
            let concerns = contacts > 0.0
                || self.repeated.range(change.from..change.to).next().is_some()
                || (change.minutes > 0 && places.iter().any(|&(day, slot)| is_open(day, slot)));
            concerns.then(|| Finding {
                kind: if change.minutes < 0 { FindingKind::HourTwice } else { FindingKind::HourSkipped },
                start: change.from,
                intervals: places.len().max(1),
                count: contacts,
            })
        };
        self.changes.iter().filter_map(finding).collect()
    }
}

/// Duration of `number` intervals.
fn interval_time(interval: Interval, number: usize) -> TimeDelta {
    TimeDelta::minutes(i64::from(interval.minutes()) * number as i64)
}

/// Merges rows with equal starts in a repeated hour, unless all rows of the day are repeated as often; returns the starts with their
/// contacts.
fn merge(raw: &mut Vec<RawCount>, change: &ClockChange) -> BTreeMap<NaiveDateTime, f64> {
    let is_within = |count: &RawCount| (change.from..change.to).contains(&count.start);
    let mut of_day: BTreeMap<NaiveDateTime, usize> = BTreeMap::new();
    let ordinary = raw.iter().filter(|count| count.start.date() == change.from.date() && !is_within(count));
    ordinary.for_each(|count| *of_day.entry(count.start).or_default() += 1);
    // a file joined with itself has every row twice, and those of the repeated hour four times
    let copies = of_day.values().copied().min().unwrap_or(1);
    let mut groups: BTreeMap<NaiveDateTime, Vec<RawCount>> = BTreeMap::new();
    raw.iter().filter(|count| is_within(count) && is_possible(count)).for_each(|count| groups.entry(count.start).or_default().push(*count));
    groups.retain(|_, rows| rows.len() > copies);
    raw.retain(|count| !(is_possible(count) && groups.contains_key(&count.start)));
    let mut merged = BTreeMap::new();
    for (start, rows) in groups {
        let both = sum_of(&rows[0], &rows[rows.len() - 1]);
        raw.extend(std::iter::repeat_n(both, copies));
        merged.insert(start, both.contacts);
    }
    merged
}

fn is_possible(count: &RawCount) -> bool {
    count.contacts.is_finite() && count.contacts >= 0.0
}

fn sum_of(one: &RawCount, other: &RawCount) -> RawCount {
    let handled = match (one.handled, other.handled) {
        (Some(one), Some(other)) => {
            let contacts = one.contacts + other.contacts;
            let seconds = one.contacts * one.mean.get() + other.contacts * other.mean.get();
            Seconds::new(seconds / contacts).ok().map(|mean| Handled { contacts, mean })
        }
        (one, other) => one.or(other),
    };
    let by_bots = match (one.by_bots, other.by_bots) {
        (None, None) => None,
        (one, other) => Some(one.unwrap_or(0.0) + other.unwrap_or(0.0)),
    };
    RawCount { start: one.start, contacts: one.contacts + other.contacts, by_bots, handled }
}
