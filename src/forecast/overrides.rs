//! Planners' overrides of a forecast, kept with author and reason so that they can be scored.

use super::choice::Forecast;
use crate::time::Series;
use crate::units::{Contacts, Factor};
use chrono::NaiveDateTime;

/// One override of a queue's forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Start of the period, inclusive.
    pub start: NaiveDateTime,
    /// End of the period, exclusive.
    pub end: NaiveDateTime,
    /// Change to the forecast.
    pub change: OverrideChange,
    /// Author of the override.
    pub author: String,
    /// Reason given.
    pub reason: String,
}

/// A change to a period of the forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OverrideChange {
    /// Factor on every interval.
    Factor(Factor),
    /// Total contacts of the period; intervals keep their proportions.
    Total(Contacts),
}

impl Override {
    /// Whether an interval starting then is overridden.
    #[must_use]
    pub fn covers(&self, start: NaiveDateTime) -> bool {
        self.start <= start && start < self.end
    }
}

impl Forecast {
    /// The forecast with `overrides` applied in order, to mean and quantiles alike. A total for a period without a forecast is spread
    /// evenly over its intervals in which contacts can come.
    ///
    /// ```
    /// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
    /// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
    /// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
    /// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
    /// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
    /// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
    /// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
    /// let (start, end) = (ClockTime::MIDNIGHT.on(past.end()), ClockTime::DAY_END.on(past.end()));
    /// let change = OverrideChange::Total(Contacts::new(300.0)?);
    /// let mailing = Override { start, end, change, author: "Li".into(), reason: "a mailing".into() };
    /// assert!(mailing.covers(start) && !mailing.covers(end));
    /// let said = next.clone().overridden(&[mailing], |_| true);
    /// assert!((said.mean[0].get() - 300.0).abs() < 1e-9 && said.mean[1] == next.mean[1]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn overridden(mut self, overrides: &[Override], can_come: impl Fn(NaiveDateTime) -> bool) -> Self {
        let grid = self.mean.grid();
        for one in overrides {
            let covered: Vec<usize> = (0..grid.len()).filter(|&index| one.covers(grid.start(index))).collect();
            let now: f64 = covered.iter().map(|&index| self.mean[index].get()).sum();
            let scale = match one.change {
                OverrideChange::Factor(factor) => factor.get(),
                OverrideChange::Total(total) if (total.get() / now).is_finite() => total.get() / now,
                OverrideChange::Total(total) => {
                    let open: Vec<usize> = covered.into_iter().filter(|&index| can_come(grid.start(index))).collect();
                    self = self.evenly(&open, total);
                    continue;
                }
            };
            let scale = Factor::new(scale).expect("a quotient that is finite and not negative is a factor");
            let factor = |index: usize| if one.covers(grid.start(index)) { scale } else { Factor::ONE };
            self.mean = Series::from_fn(grid, |index| self.mean[index] * factor(index));
            self.quantiles = Series::from_fn(grid, |index| self.quantiles[index].map(|count| count * factor(index)));
        }
        self
    }

    /// The forecast with no contacts at the times left out.
    ///
    /// ```
    /// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
    /// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
    /// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
    /// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
    /// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
    /// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
    /// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
    /// let monday = ClockTime::MIDNIGHT.on(past.end());
    /// let shut = next.clone().without(|start| start == monday);
    /// assert_eq!((shut.mean[0], shut.mean[1]), (Contacts::ZERO, next.mean[1]));
    /// # Ok::<(), ForecastError>(())
    /// ```
    #[must_use]
    pub fn without(self, is_left_out: impl Fn(NaiveDateTime) -> bool) -> Self {
        let grid = self.mean.grid();
        let left_out: Vec<bool> = (0..grid.len()).map(|index| is_left_out(grid.start(index))).collect();
        if !left_out.contains(&true) {
            return self;
        }
        let kept = |index: usize, count: Contacts| if left_out[index] { Contacts::ZERO } else { count };
        Self {
            mean: Series::from_fn(grid, |index| kept(index, self.mean[index])),
            quantiles: Series::from_fn(grid, |index| self.quantiles[index].map(|count| kept(index, count))),
            expected: Series::from_fn(grid, |index| self.expected[index] && !left_out[index]),
            ..self
        }
    }

    fn evenly(self, covered: &[usize], total: Contacts) -> Self {
        let grid = self.mean.grid();
        let share = Contacts::new(total.get() / covered.len().max(1) as f64).expect("a part of a total is contacts");
        let is_covered = |index: usize| covered.contains(&index);
        Self {
            mean: Series::from_fn(grid, |index| if is_covered(index) { share } else { self.mean[index] }),
            quantiles: Series::from_fn(grid, |index| self.quantiles[index].map(|count| if is_covered(index) { share } else { count })),
            expected: Series::from_fn(grid, |index| self.expected[index] || is_covered(index) && share.get() > 0.0),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::spread::Correlation;
    use crate::time::{Horizon, Interval, read_stamp};
    use std::collections::BTreeMap;

    #[test]
    fn a_total_keeps_the_proportions_of_the_day() {
        let first = read_stamp("2026-11-30").unwrap();
        let grid = Horizon { first: first.date(), days: 1 }.grid(Interval::from_minutes(60).unwrap());
        let contacts = |count: f64| Contacts::new(count).unwrap();
        let forecast = Forecast {
            mean: Series::from_fn(grid, |hour| contacts(hour as f64)),
            quantiles: Series::from_fn(grid, |hour| [contacts(hour as f64); 7]),
            expected: Series::from_fn(grid, |_| true),
            method: "structured".into(),
            held_back_wape: None,
            explained: Vec::new(),
            correlation: Correlation::default(),
            days_off: BTreeMap::new(),
        };
        let total = Override {
            start: first,
            end: first + chrono::Days::new(1),
            change: OverrideChange::Total(contacts(552.0)),
            author: "planner".into(),
            reason: "parcels late".into(),
        };
        let changed = forecast.overridden(&[total], |_| true);
        assert_eq!(changed.mean.values().iter().map(|count| count.get()).sum::<f64>(), 552.0);
        assert_eq!(changed.mean[10].get(), 20.0, "276 contacts became 552");
    }
}
