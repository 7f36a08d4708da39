//! Intraday profiles: the distribution of a day's contacts over its intervals, by weekday and weighted by recency, and its change on
//! event days.

use crate::event::{Event, Family, in_part};
use crate::forecast::knowledge::facts::Facts;
use crate::history::ContactHistory;
use crate::time::{Horizon, Interval};
use chrono::{Datelike, NaiveDate};
use ndarray::ArrayViewMut1;
use std::collections::BTreeMap;

/// Weeks after which a day counts half.
const HALF_LIFE_WEEKS: f64 = 8.0;
/// Weight of the pooled profile in each weekday's own, in contacts: with low volumes a single weekday is mostly noise.
const POOLED_CONTACTS: f64 = 200.0;
/// Weight of the pooled profile in days, for weekdays seen less than four times.
const POOLED_DAYS: f64 = 0.5;

/// Weight of the ordinary profile in that of a family's event days, in contacts.
const ORDINARY_CONTACTS: f64 = 200.0;
/// Maximum ratio of an interval's share on an event day to its ordinary share; the minimum is the inverse.
const MOST_BEND: f64 = 50.0;
/// Number of event profiles: for the first, the second and all later days of an event.
const EVENT_PHASES: i64 = 3;

/// Profiles by weekday, Monday to Sunday, and by family and phase for event days: shares of the day that add up to 1.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct Profiles {
    weekdays: [Vec<f64>; 7],
    /// Ratio of event-day shares to ordinary ones, by interval.
    events: BTreeMap<(String, i64), Vec<f64>>,
}

impl Profiles {
    /// Profiles of the complete days not in `left_out` (outliers and events distort the profile).
    pub(in crate::forecast) fn learn(history: &ContactHistory, left_out: impl Fn(usize) -> bool) -> Self {
        let slots = history.interval().per_day();
        let mut sums = vec![vec![0.0; slots]; 7];
        let mut weights = [0.0; 7];
        let add = |day: usize, sums: &mut [Vec<f64>], weights: &mut [f64; 7]| {
            if let Some(total) = history.day_total(day).filter(|total| *total > 0.0) {
                let weekday = weekday(history.date(day));
                let weight = 0.5_f64.powf((history.days() - day) as f64 / 7.0 / HALF_LIFE_WEEKS);
                weights[weekday] += weight;
                for (slot, sum) in sums[weekday].iter_mut().enumerate() {
                    *sum += weight * history.count_or_estimate(day, slot).unwrap_or(0.0) / total;
                }
            }
        };
        (0..history.days()).filter(|&day| !left_out(day)).for_each(|day| add(day, &mut sums, &mut weights));
        if weights.iter().sum::<f64>() == 0.0 {
            // if a history has event days only, their profile is used
            (0..history.days()).for_each(|day| add(day, &mut sums, &mut weights));
        }
        let all_weight: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let pooled: Vec<f64> = (0..slots).map(|slot| sums.iter().map(|of| of[slot]).sum::<f64>() / all_weight).collect();
        let totals: Vec<f64> = (0..history.days()).filter_map(|day| history.day_total(day)).collect();
        let pooled_days = POOLED_CONTACTS * totals.len() as f64 / totals.iter().sum::<f64>().max(1.0);
        let monday = history.first() - chrono::Days::new(u64::from(history.first().weekday().num_days_from_monday()));
        let weekdays = std::array::from_fn(|of| {
            let open = history.ordinary(monday + chrono::Days::new(of as u64));
            let pooled_weight = pooled_days + if weights[of] < 4.0 { POOLED_DAYS } else { 0.0 };
            let share = |slot: usize| sums[of][slot] + pooled_weight * pooled[slot] + 1e-9;
            let raw: Vec<f64> = (0..slots).map(|slot| if open[slot] { share(slot) } else { 0.0 }).collect();
            let total: f64 = raw.iter().sum();
            raw.iter().map(|share| if total > 0.0 { share / total } else { 0.0 }).collect()
        });
        Self { weekdays, events: BTreeMap::new() }
    }

    /// Adds the profiles of events without a stated curve: per family, for the first, second and later days.
    pub(in crate::forecast) fn with_events(mut self, history: &ContactHistory, facts: &Facts, usable: &[usize]) -> Self {
        if history.interval().per_day() == 1 {
            return self;
        }
        let mut sums: BTreeMap<(String, i64), EventDays> = BTreeMap::new();
        for &day in usable {
            let date = history.date(day);
            let Some(total) = history.day_total(day).filter(|total| *total > 0.0) else { continue };
            let ordinary = self.of(date);
            for key in bent_by(facts, date) {
                let seen = sums.entry(key).or_insert_with(|| EventDays::none(ordinary.len()));
                seen.contacts += total;
                for (slot, ordinary) in ordinary.iter().enumerate() {
                    seen.came[slot] += history.count_or_estimate(day, slot).unwrap_or(0.0) / total;
                    seen.ordinary[slot] += ordinary;
                }
            }
        }
        self.events = sums.into_iter().map(|(key, seen)| (key, seen.bend())).collect();
        self
    }

    /// Ordinary profile of a date's weekday.
    pub(in crate::forecast) fn of(&self, date: NaiveDate) -> &[f64] {
        &self.weekdays[weekday(date)]
    }

    /// Spreads a day's total over its intervals.
    pub(in crate::forecast) fn spread(&self, total: f64, date: NaiveDate, facts: &Facts, mut day: ArrayViewMut1<f64>) {
        let shape = self.expected_shape(date, facts);
        let sum: f64 = shape.iter().sum();
        if sum > 0.0 {
            day.iter_mut().zip(&shape).for_each(|(contacts, share)| *contacts = total * share / sum);
        }
    }

    /// Profile of a date, adjusted for its events without a stated curve; the sum is that of the ordinary profile.
    fn bent(&self, date: NaiveDate, facts: &Facts) -> Vec<f64> {
        let ordinary = self.of(date);
        let mut shape = ordinary.to_vec();
        for key in bent_by(facts, date) {
            if let Some(bend) = self.events.get(&key) {
                shape.iter_mut().zip(bend).for_each(|(share, bend)| *share *= bend);
            }
        }
        let (before, after): (f64, f64) = (ordinary.iter().sum(), shape.iter().sum());
        if after > 0.0 {
            shape.iter_mut().for_each(|share| *share *= before / after);
        }
        shape
    }

    /// Expected contacts of a date by interval, relative to an ordinary day's total of 1. Event multipliers scale the intervals they
    /// cover, partly covered ones by their share; a stated curve replaces the profile there.
    pub(in crate::forecast) fn expected_shape(&self, date: NaiveDate, facts: &Facts) -> Vec<f64> {
        let mut shape = self.bent(date, facts);
        let slots = shape.len();
        let interval = Interval::from_minutes(1440 / slots as u32).unwrap_or(Interval::DAY);
        for event in with_expectation(facts).filter(|event| event.is_on_date(date)) {
            let Some(multiplier) = event.expected.volume else { continue };
            let covered: Vec<(usize, f64)> = covers(event, date, interval).collect();
            match &event.expected.curve {
                None => covered.iter().for_each(|&(slot, share)| shape[slot] *= in_part(multiplier.get(), share)),
                Some(curve) => {
                    let weight = |slot: usize| curve.hours[slot * 24 / slots] * 24.0 / slots as f64;
                    let open = || covered.iter().filter(|(slot, _)| self.of(date)[*slot] > 0.0);
                    let ordinary: f64 = open().map(|&(slot, share)| share * shape[slot]).sum();
                    let curved: f64 = open().map(|&(slot, share)| share * weight(slot)).sum();
                    if curved > 0.0 {
                        let spread = |slot: usize| multiplier.get() * ordinary * weight(slot) / curved;
                        covered.iter().for_each(|&(slot, share)| shape[slot] = spread(slot) * share + shape[slot] * (1.0 - share));
                    }
                }
            }
        }
        shape
    }
}

/// Contacts of past event days by interval, with those of comparable ordinary days.
struct EventDays {
    contacts: f64,
    came: Vec<f64>,
    ordinary: Vec<f64>,
}

impl EventDays {
    fn none(slots: usize) -> Self {
        Self { contacts: 0.0, came: vec![0.0; slots], ordinary: vec![0.0; slots] }
    }

    /// Ratio of event-day to ordinary shares by interval, shrunk towards 1.
    fn bend(&self) -> Vec<f64> {
        let of_slot = |(came, ordinary): (&f64, &f64)| {
            let cautious = ORDINARY_CONTACTS / self.contacts * ordinary;
            if *ordinary > 0.0 { ((came + cautious) / (ordinary + cautious)).clamp(1.0 / MOST_BEND, MOST_BEND) } else { 1.0 }
        };
        self.came.iter().zip(&self.ordinary).map(of_slot).collect()
    }
}

/// Family and phase of each event on a date that has neither a multiplier nor a curve stated by planners.
fn bent_by(facts: &Facts, date: NaiveDate) -> Vec<(String, i64)> {
    let open =
        facts.events.iter().filter(|event| event.is_on_date(date) && event.expected.volume.is_none() && event.expected.curve.is_none());
    let key = |event: &Event| match &event.family {
        Family::Lift(family) => Some((family.clone(), (date - event.start.date()).num_days().min(EVENT_PHASES - 1))),
        Family::Closed | Family::Gap => None,
    };
    let mut keys: Vec<(String, i64)> = open.filter_map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Intervals of a date that an event covers, each with the share covered.
pub(in crate::forecast) fn covers(event: &Event, date: NaiveDate, interval: Interval) -> impl Iterator<Item = (usize, f64)> {
    let grid = Horizon { first: date, days: 1 }.grid(interval);
    (0..grid.len()).map(move |slot| (slot, event.share_of(grid.start(slot), grid.end(slot)))).filter(|(_, share)| *share > 0.0)
}

/// Events with a multiplier stated by planners.
pub(in crate::forecast) fn with_expectation<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Event> {
    facts.events.iter().filter(|event| event.is_lift() && event.expected.volume.is_some())
}

fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}
