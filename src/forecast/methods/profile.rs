//! How a day's contacts spread over its intervals: one profile a weekday, recent weeks counting more; and how a promotion
//! with a curve of its own bends it.

use crate::event::{Event, Family, in_part};
use crate::forecast::knowledge::facts::Facts;
use crate::history::ContactHistory;
use crate::time::{Horizon, Interval};
use chrono::{Datelike, NaiveDate};
use ndarray::ArrayViewMut1;
use std::collections::BTreeMap;

/// Weeks after which a day counts half.
const HALF_LIFE_WEEKS: f64 = 8.0;
/// How many contacts the profile of all weekdays counts for in each weekday's own: where few come, one weekday alone shows
/// little but chance.
const POOLED_CONTACTS: f64 = 200.0;
/// And how many days, where a weekday was seen less than four times.
const POOLED_DAYS: f64 = 0.5;

/// How many contacts an ordinary profile counts for in the one of a family's event days: few show little but chance.
const ORDINARY_CONTACTS: f64 = 200.0;
/// An interval's share of an event day is so many times its ordinary share at most, and at least its inverse.
const MOST_BEND: f64 = 50.0;
/// The first, the second and all later days of an event have a profile each.
const EVENT_PHASES: i64 = 3;

/// Weekday profiles, Monday to Sunday, and profiles of event days by family and phase: shares of the day that add up to 1.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct Profiles {
    weekdays: [Vec<f64>; 7],
    /// What past event days' shares were over ordinary ones', interval by interval.
    events: BTreeMap<(String, i64), Vec<f64>>,
}

impl Profiles {
    /// From the complete days that are not in `left_out` (outliers and events bend the day's shape).
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
            // a history of events alone: better their shape than none
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

    /// Learns how events without a stated curve bend the day: per family, for its first, second and later days.
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

    /// The ordinary profile of a date's weekday.
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

    /// The profile of a date, bent by the events on it that have no curve of their own; it adds up as the ordinary one does.
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

    /// The contacts of a date, interval by interval, where an ordinary such day would have 1 in all: events with an expected
    /// multiplier scale the intervals they cover (one in part by its share), a curve of their own spreads them anew.
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

/// The shares of past event days, added up, beside those of ordinary such days.
struct EventDays {
    contacts: f64,
    came: Vec<f64>,
    ordinary: Vec<f64>,
}

impl EventDays {
    fn none(slots: usize) -> Self {
        Self { contacts: 0.0, came: vec![0.0; slots], ordinary: vec![0.0; slots] }
    }

    /// What came over what was ordinary, interval by interval, drawn towards 1.
    fn bend(&self) -> Vec<f64> {
        let of_slot = |(came, ordinary): (&f64, &f64)| {
            let cautious = ORDINARY_CONTACTS / self.contacts * ordinary;
            if *ordinary > 0.0 { ((came + cautious) / (ordinary + cautious)).clamp(1.0 / MOST_BEND, MOST_BEND) } else { 1.0 }
        };
        self.came.iter().zip(&self.ordinary).map(of_slot).collect()
    }
}

/// The families, and the phases of their events, that are on a date without a multiplier or a curve that planners state.
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

/// The intervals of a date that an event touches, each with the share of it that the event covers.
pub(in crate::forecast) fn covers(event: &Event, date: NaiveDate, interval: Interval) -> impl Iterator<Item = (usize, f64)> {
    let grid = Horizon { first: date, days: 1 }.grid(interval);
    (0..grid.len()).map(move |slot| (slot, event.share_of(grid.start(slot), grid.end(slot)))).filter(|(_, share)| *share > 0.0)
}

/// Events whose multiplier planners state.
pub(in crate::forecast) fn with_expectation<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Event> {
    facts.events.iter().filter(|event| event.is_lift() && event.expected.volume.is_some())
}

fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}
