//! What will come? A history and known facts in; mean and quantiles for each interval of the horizon out.
//!
//! Five methods behind one [`Method`] → [`Fitted`] pair: last week, the mean of four weeks, a structured model of the day total
//! times a weekday profile, singular values of the day × interval table, and gradient-boosted trees. Held-back origins of the
//! series itself choose the weights of their mean and the width of the bands.
//! The room knows neither agents nor targets.

mod accuracy;
mod backtest;
mod bots;
mod caveats;
mod choice;
mod day_log;
mod days;
mod event_caveats;
mod event_columns;
mod fortnight;
mod handling;
mod holidays;
mod intraday;
mod known;
mod level_regression;
mod mix;
mod naive;
mod overrides;
mod paths;
mod profile;
mod regressor;
mod regressors;
mod ridge;
mod robust;
mod smoothing;
mod spread;
mod spreadsheet_peaks;
mod statements;
mod structured;
mod svd;
mod trees;
mod triangular;
mod weighted;

pub use accuracy::{Accuracy, Compared, accuracy};
pub use backtest::{BacktestRow, backtest};
pub use bots::bot_shares;
pub use caveats::{Caveat, caveats};
pub use choice::{Forecast, ForecastError, forecast};
pub use handling::{HandlingTimes, stated_handling};
pub use intraday::{Revision, rest_of_day};
pub use known::Known;
pub use naive::{LastWeek, MeanOfFourWeeks};
pub use overrides::{Override, OverrideChange};
pub use paths::joint_paths;
pub use regressor::Part;
pub use spread::Correlation;
pub use spreadsheet_peaks::{LastYearsEvent, PastRatios};
pub use statements::Statement;
pub use structured::Structured;
pub use svd::SingularValues;
pub use trees::Trees;
pub use weighted::WeightedMean;

use crate::calendar::Calendar;
use crate::event::Event;
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::Array2;
use std::collections::BTreeMap;

/// The quantile levels of every forecast.
pub const LEVELS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// Days ahead that held-back origins are forecast for, at most.
const MOST_AHEAD: usize = 14;

/// What is known ahead: the calendar and the events that touch this series, past and future.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Holidays and make-up days.
    pub calendar: &'a Calendar,
    /// Promotions, mailings, closures.
    pub events: &'a [Event],
    /// Numbers known ahead that move the contacts with them.
    pub drivers: &'a [Driver],
}

/// A number known ahead for every day: planned orders, reservations, the size of a mailing.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Its name.
    pub name: String,
    /// Its sum over each day. A day that is missing counts as the middle one of all days that are there.
    pub days: BTreeMap<NaiveDate, f64>,
}

/// A way to forecast.
pub trait Method: Sync {
    /// The name tables show.
    fn name(&self) -> &'static str;

    /// Learns from what is known; `None` if the history is too short for this method.
    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>>;
}

/// A method that has learned from a history and can predict.
pub trait Fitted {
    /// Expected contacts, days of the horizon × intervals of the day; 0 where none ordinarily come.
    fn predict(&self, horizon: Horizon) -> Array2<f64>;

    /// The variance that the log of each day's total has on top of an ordinary day's, because the like was seldom seen.
    fn effect_variance(&self, horizon: Horizon) -> Vec<f64> {
        vec![0.0; horizon.days]
    }

    /// What each day's forecast is made of, if the method can tell.
    fn explain(&self, _horizon: Horizon) -> Option<Vec<DayShares>> {
        None
    }
}

/// What a day's forecast is made of: contacts = level × every factor.
#[derive(Clone, Debug, PartialEq)]
pub struct DayShares {
    /// The day.
    pub date: NaiveDate,
    /// Whether contacts are expected at all.
    pub open: bool,
    /// Contacts of a mean day outside every event, at the present level.
    pub level: f64,
    /// What each part multiplies the level by; parts that never vary are left out.
    pub factors: Vec<(Part, f64)>,
    /// What planners state of the events that are on, where past events say something of them, too.
    pub statements: Vec<Statement>,
}

/// [`Facts`] kept by a fitted method.
#[derive(Clone, Debug)]
struct OwnedFacts {
    calendar: Calendar,
    events: Vec<Event>,
    drivers: Vec<Driver>,
}

impl OwnedFacts {
    fn of(facts: &Facts) -> Self {
        Self { calendar: facts.calendar.clone(), events: facts.events.to_vec(), drivers: facts.drivers.to_vec() }
    }

    fn borrow(&self) -> Facts<'_> {
        Facts { calendar: &self.calendar, events: &self.events, drivers: &self.drivers }
    }
}

/// Every method, the plainest first.
#[must_use]
pub fn methods() -> [&'static dyn Method; 5] {
    [&LastWeek, &MeanOfFourWeeks, &Trees, &SingularValues, &Structured]
}

/// What event days are back-tested against besides [`methods`].
#[must_use]
pub fn spreadsheet_methods() -> [&'static dyn Method; 2] {
    [&LastYearsEvent, &PastRatios]
}

/// Whether contacts are expected at all on a date: an ordinary weekday, not wholly closed by events.
fn is_open_day(history: &ContactHistory, facts: &Facts, date: NaiveDate) -> bool {
    history.is_ordinary_day(date) && !history.is_closed(date, facts.events)
}
