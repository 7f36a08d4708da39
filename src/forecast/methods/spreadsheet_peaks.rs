//! Spreadsheet practice for promotions, as a benchmark on event days in back-tests.
//!
//! Both methods forecast an ordinary day as the mean of its last four ordinary weekdays. On event days, one multiplies this by the mean
//! ratio of that day of past events of the family to the ordinary weekdays around it; the other takes the counts of last year's event.

use super::fitted::Fitted;
use super::method::Method;
use crate::event::{Event, Family};
use crate::forecast::knowledge::days::{events_of, families};
use crate::forecast::knowledge::facts::{Facts, OwnedFacts, is_open_day};
use crate::forecast::knowledge::known::Known;
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::{Datelike, NaiveDate};
use ndarray::Array2;
use std::collections::BTreeMap;

/// Mean ratio of past events times an ordinary day.
#[derive(Clone, Copy, Debug)]
pub struct PastRatios;

/// Counts of the same family's event last year, day by day.
#[derive(Clone, Copy, Debug)]
pub struct LastYearsEvent;

/// Ordinary days of a weekday that are averaged.
const WEEKS: usize = 4;
/// Weeks on either side of a past event in which ordinary days are sought.
const WEEKS_AROUND: usize = 4;
/// Days since last year's event began, and the maximum deviation from that, as for lunar holidays.
const YEAR: i64 = 364;
const MOVED: i64 = 31;

impl Method for PastRatios {
    fn name(&self) -> &'static str {
        "past_ratios"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        let (past, facts) = (Past::of(known)?, &known.facts);
        let ratios = families(facts, |_| true).into_iter().map(|family| (family.to_owned(), past.ratios(family, facts))).collect();
        Some(Box::new(FittedRatios { past, facts: OwnedFacts::of(facts), ratios }))
    }
}

impl Method for LastYearsEvent {
    fn name(&self) -> &'static str {
        "last_years_event"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        Some(Box::new(FittedYear { past: Past::of(known)?, facts: OwnedFacts::of(&known.facts) }))
    }
}

/// A history with its ordinary days.
struct Past {
    history: ContactHistory,
    /// Counted days outside all events, in order.
    ordinary: Vec<usize>,
}

impl Past {
    fn of(known: &Known) -> Option<Self> {
        let (history, facts) = (known.history, &known.facts);
        let is_event = |day: usize| facts.events.iter().any(|event| event.is_on_date(history.date(day)));
        let ordinary: Vec<usize> = history.counted_days().filter(|&day| history.day_total(day).is_some() && !is_event(day)).collect();
        (!ordinary.is_empty()).then(|| Self { history: history.clone(), ordinary })
    }

    /// Contacts of an ordinary day of the date's weekday, by interval.
    fn latest(&self, date: NaiveDate) -> Vec<f64> {
        let alike = |day: &&usize| self.history.date(**day).weekday() == date.weekday();
        let days: Vec<usize> = self.ordinary.iter().rev().filter(alike).take(WEEKS).copied().collect();
        let mean = |slot: usize| {
            let counts: Vec<f64> = days.iter().filter_map(|&day| self.history.count_or_estimate(day, slot)).collect();
            counts.iter().sum::<f64>() / counts.len().max(1) as f64
        };
        (0..self.history.interval().per_day()).map(mean).collect()
    }

    /// Mean ratio of a family's past events, for their first, second … day.
    fn ratios(&self, family: &str, facts: &Facts) -> Vec<f64> {
        let mut seen: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for event in events_of(facts, family) {
            for (number, date) in dates(event).enumerate() {
                seen.entry(number).or_default().extend(self.ratio(date));
            }
        }
        seen.into_values().take_while(|ratios| !ratios.is_empty()).map(|ratios| ratios.iter().sum::<f64>() / ratios.len() as f64).collect()
    }

    /// Ratio of a day's total to the mean of the ordinary days of its weekday around it.
    fn ratio(&self, date: NaiveDate) -> Option<f64> {
        let day = self.history.day_of(date)?;
        let total = self.history.day_total(day)?;
        let around = (1..=WEEKS_AROUND).flat_map(|week| [day.checked_sub(7 * week), Some(day + 7 * week)]).flatten();
        let ordinary = around.filter(|near| self.ordinary.binary_search(near).is_ok());
        let totals: Vec<f64> = ordinary.filter_map(|near| self.history.day_total(near)).collect();
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        (mean > 0.0).then_some(total / mean)
    }

    /// Forecast of a horizon from the ordinary contacts of each open date, as transformed by `contacts`.
    fn spread(&self, horizon: Horizon, facts: &Facts, contacts: impl Fn(NaiveDate, Vec<f64>) -> Vec<f64>) -> Array2<f64> {
        let mut all = Array2::zeros((horizon.days, self.history.interval().per_day()));
        for (ahead, date) in horizon.dates().enumerate().filter(|(_, date)| is_open_day(&self.history, facts, *date)) {
            all.row_mut(ahead).assign(&ndarray::Array1::from_vec(contacts(date, self.latest(date))));
        }
        all
    }
}

struct FittedRatios {
    past: Past,
    facts: OwnedFacts,
    ratios: BTreeMap<String, Vec<f64>>,
}

impl Fitted for FittedRatios {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let facts = self.facts.borrow();
        let of_event = |event: &Event, date: NaiveDate| {
            let (Family::Lift(family), number) = (&event.family, (date - event.start.date()).num_days()) else { return None };
            let ratios = self.ratios.get(family)?;
            ratios.get(usize::try_from(number).ok()?).or(ratios.last()).copied()
        };
        self.past.spread(horizon, &facts, |date, ordinary| {
            let on = facts.events.iter().filter(|event| event.is_on_date(date));
            let ratio: f64 = on.filter_map(|event| of_event(event, date)).product();
            ordinary.into_iter().map(|count| count * ratio).collect()
        })
    }
}

struct FittedYear {
    past: Past,
    facts: OwnedFacts,
}

impl FittedYear {
    /// Counts of the corresponding day of last year's event.
    fn year_ago(&self, date: NaiveDate, facts: &Facts) -> Option<Vec<f64>> {
        let now = facts.events.iter().find(|event| event.is_lift() && event.is_on_date(date))?;
        let moved = |before: &&Event| ((now.start.date() - before.start.date()).num_days() - YEAR).abs();
        let alike = facts.events.iter().filter(|before| before.family == now.family).filter(|before| moved(before) <= MOVED);
        let before = alike.min_by_key(moved)?;
        let day = self.past.history.day_of(before.start.date() + (date - now.start.date()))?;
        self.past.history.day_total(day)?;
        Some(
            (0..self.past.history.interval().per_day()).map(|slot| self.past.history.count_or_estimate(day, slot).unwrap_or(0.0)).collect(),
        )
    }
}

impl Fitted for FittedYear {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let facts = self.facts.borrow();
        self.past.spread(horizon, &facts, |date, ordinary| self.year_ago(date, &facts).unwrap_or(ordinary))
    }
}

fn dates(event: &Event) -> impl Iterator<Item = NaiveDate> {
    let last = event.last_date();
    event.start.date().iter_days().take_while(move |date| *date <= last)
}
