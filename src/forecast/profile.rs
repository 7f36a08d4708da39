//! How a day's contacts spread over its intervals: one profile a weekday, recent weeks counting more; and how a promotion
//! with a curve of its own bends it.

use super::Facts;
use crate::event::{Event, Family};
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::{Datelike, NaiveDate};
use ndarray::ArrayViewMut1;

/// Weeks after which a day counts half.
const HALF_LIFE_WEEKS: f64 = 8.0;
/// How many days' weight the profile of all weekdays has in each weekday's own.
const POOLED_DAYS: f64 = 0.5;

/// Weekday profiles: Monday to Sunday, shares of the day that add up to 1 over the ordinary intervals.
#[derive(Clone, Debug)]
pub(super) struct Profiles([Vec<f64>; 7]);

impl Profiles {
    /// From the complete days that are not in `left_out` (outliers and events bend the day's shape).
    pub(super) fn learn(history: &ContactHistory, left_out: impl Fn(usize) -> bool) -> Self {
        let slots = history.interval().per_day();
        let mut sums = vec![vec![0.0; slots]; 7];
        let mut weights = [0.0; 7];
        let add = |day: usize, sums: &mut [Vec<f64>], weights: &mut [f64; 7]| {
            if let Some(total) = history.day_total(day).filter(|total| *total > 0.0) {
                let weekday = weekday(history.date(day));
                let weight = 0.5_f64.powf((history.days() - day) as f64 / 7.0 / HALF_LIFE_WEEKS);
                weights[weekday] += weight;
                for (slot, sum) in sums[weekday].iter_mut().enumerate() {
                    *sum += weight * history.count(day, slot).unwrap_or(0.0) / total;
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
        let monday = history.first() - chrono::Days::new(u64::from(history.first().weekday().num_days_from_monday()));
        Self(std::array::from_fn(|of| {
            let open = history.ordinary(monday + chrono::Days::new(of as u64));
            let share = |slot: usize| sums[of][slot] + POOLED_DAYS * pooled[slot] * f64::from(weights[of] < 4.0) + 1e-9;
            let raw: Vec<f64> = (0..slots).map(|slot| if open[slot] { share(slot) } else { 0.0 }).collect();
            let total: f64 = raw.iter().sum();
            raw.iter().map(|share| if total > 0.0 { share / total } else { 0.0 }).collect()
        }))
    }

    /// The ordinary profile of a date's weekday.
    pub(super) fn of(&self, date: NaiveDate) -> &[f64] {
        &self.0[weekday(date)]
    }

    /// Spreads a day's total over its intervals.
    pub(super) fn spread(&self, total: f64, date: NaiveDate, facts: &Facts, mut day: ArrayViewMut1<f64>) {
        let shape = self.expected_shape(date, facts);
        let sum: f64 = shape.iter().sum();
        if sum > 0.0 {
            day.iter_mut().zip(&shape).for_each(|(contacts, share)| *contacts = total * share / sum);
        }
    }

    /// The contacts of a date, interval by interval, where an ordinary such day would have 1 in all: events with an expected
    /// multiplier scale the intervals they cover, a curve of their own spreads them anew.
    pub(super) fn expected_shape(&self, date: NaiveDate, facts: &Facts) -> Vec<f64> {
        let mut shape = self.of(date).to_vec();
        let slots = shape.len();
        let grid = Horizon { first: date, days: 1 }
            .grid(crate::time::Interval::from_minutes(1440 / slots as u32).unwrap_or(crate::time::Interval::DAY));
        let covered = |event: &Event| (0..slots).filter(|&slot| event.is_on(grid.start(slot))).collect::<Vec<usize>>();
        for event in with_expectation(facts).filter(|event| event.is_on_date(date)) {
            let (Some(multiplier), covered) = (event.expected.volume, covered(event)) else { continue };
            match &event.expected.curve {
                None => covered.iter().for_each(|&slot| shape[slot] *= multiplier.get()),
                Some(curve) => {
                    let weight = |slot: usize| curve.hours[slot * 24 / slots] * 24.0 / slots as f64;
                    let open = || covered.iter().filter(|&&slot| self.of(date)[slot] > 0.0);
                    let (ordinary, curved): (f64, f64) = (open().map(|&slot| shape[slot]).sum(), open().map(|&slot| weight(slot)).sum());
                    if curved > 0.0 {
                        covered.iter().for_each(|&slot| shape[slot] = multiplier.get() * ordinary * weight(slot) / curved);
                    }
                }
            }
        }
        shape
    }
}

/// Events whose multiplier planners state.
pub(super) fn with_expectation<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Event> {
    facts.events.iter().filter(|event| matches!(event.family, Family::Lift(_)) && event.expected.volume.is_some())
}

fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}
