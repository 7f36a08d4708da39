//! Rolling origins: forecast the past as if it were the future, and compare.

use super::accuracy::{Accuracy, Compared, accuracy};
use crate::event::Event;
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::known::Known;
use crate::forecast::methods::method::Method;
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::Array2;

/// What one method forecast from one origin, beside what came.
#[derive(Clone, Debug, PartialEq)]
pub struct BacktestRow {
    /// The method's name.
    pub method: &'static str,
    /// The first day of the forecast.
    pub origin: NaiveDate,
    /// One list a day of the horizon: each interval that was counted.
    pub days: Vec<Vec<Compared>>,
}

impl BacktestRow {
    /// Its errors.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        accuracy(&self.days)
    }

    /// Its counted days that an event touches, and the others.
    #[must_use]
    pub fn split(&self, events: &[Event]) -> [Vec<Vec<Compared>>; 2] {
        let is_of_event = |ahead: usize| {
            let date = self.origin + chrono::Days::new(ahead as u64);
            events.iter().any(|event| event.is_lift() && event.is_on_date(date))
        };
        let (of_events, others): (Vec<_>, Vec<_>) = self.days.iter().cloned().enumerate().partition(|(ahead, _)| is_of_event(*ahead));
        [of_events, others].map(|days| days.into_iter().map(|(_, day)| day).filter(|day| !day.is_empty()).collect())
    }
}

/// Forecasts `days` days from each of `origins` (day numbers of the history) by each method. A method that an origin's history
/// is too short for has no row.
#[must_use]
pub fn backtest(
    history: &ContactHistory,
    facts: &Facts,
    methods: &[&'static dyn Method],
    origins: &[usize],
    days: usize,
) -> Vec<BacktestRow> {
    let mut rows = Vec::new();
    for &origin in origins {
        let Some(past) = history.before(origin) else { continue };
        let horizon = Horizon { first: history.date(origin), days };
        let known = Known::of(&past, facts);
        for method in methods {
            if let Some(fitted) = method.fit(&known) {
                let days = beside_counts(history, horizon, &fitted.predict(horizon));
                rows.push(BacktestRow { method: method.name(), origin: horizon.first, days });
            }
        }
    }
    rows
}

/// Counts and forecast of each day of a horizon, interval by interval, where there is a count and the desk was not closed.
fn beside_counts(history: &ContactHistory, horizon: Horizon, forecast: &Array2<f64>) -> Vec<Vec<Compared>> {
    (0..horizon.days)
        .map(|ahead| {
            let Some(day) = history.day_of(horizon.date(ahead)).filter(|&day| !history.was_closed(day)) else { return Vec::new() };
            (0..forecast.ncols())
                .filter(|&slot| !history.stands_in(history.date(day), slot))
                .filter_map(|slot| Some(Compared { slot, count: history.count(day, slot)?, forecast: forecast[(ahead, slot)] }))
                .collect()
        })
        .collect()
}
