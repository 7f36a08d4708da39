//! What has learned from a history and can predict.

use crate::forecast::regression::regressor::Part;
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::Array2;

/// The quantile levels of every forecast.
pub const LEVELS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// Days ahead that held-back origins are forecast for, at most.
pub(in crate::forecast) const MOST_AHEAD: usize = 14;

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

/// A stated multiplier beside the learned one, both of the hours that the event covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The first day of the event, and its last.
    pub days: (NaiveDate, NaiveDate),
    /// What planners state.
    pub stated: f64,
    /// What past events of the family say.
    pub learned: f64,
}
