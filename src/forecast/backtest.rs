//! Rolling-origin evaluation: forecasts from past origins compared with the counts that followed.

use super::accuracy::{Accuracy, Compared, accuracy};
use crate::event::Event;
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::known::Known;
use crate::forecast::methods::method::Method;
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::Array2;

/// One method's forecast from one origin, with the counts.
#[derive(Clone, Debug, PartialEq)]
pub struct BacktestRow {
    /// Name of the method.
    pub method: &'static str,
    /// First day of the forecast.
    pub origin: NaiveDate,
    /// Counted intervals, one list per day of the horizon.
    pub days: Vec<Vec<Compared>>,
}

impl BacktestRow {
    /// Error measures over all days.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        accuracy(&self.days)
    }

    /// Counted days with an event that moves contacts, and all other counted days.
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

/// Forecasts of `days` days by each method from each of `origins` (day numbers of the history). A method has no row for an origin whose
/// history is too short for it.
///
/// ```
/// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
/// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
/// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let rows = backtest(&history, &facts, &[&LastWeek], &[14, 21], 7); // two origins
/// assert_eq!(rows.iter().map(|row| row.origin).collect::<Vec<_>>(), [past.date(14), past.date(21)]);
/// assert_eq!(rows[0].accuracy().wape, 0.0); // every week was as the one before
/// assert_eq!(rows[0].split(&[]).map(|days| days.len()), [0, 7]); // no event, so all days are others
/// ```
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

/// Counts with their forecasts, one list per day of the horizon. Intervals without a count and closed days are left out.
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
