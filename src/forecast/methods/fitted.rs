//! Fitted methods and their explanations.

use crate::forecast::regression::regressor::Part;
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::Array2;

/// Quantile levels of every forecast.
pub const LEVELS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// Maximum number of days ahead forecast from held-back origins.
pub(in crate::forecast) const MOST_AHEAD: usize = 14;

/// A method fitted to a history.
pub trait Fitted {
    /// Expected contacts, days of the horizon × intervals of the day; 0 where none ordinarily come.
    fn predict(&self, horizon: Horizon) -> Array2<f64>;

    /// Variance of the log of each day's total beyond an ordinary day's, for days with few or no precedents.
    fn effect_variance(&self, horizon: Horizon) -> Vec<f64> {
        vec![0.0; horizon.days]
    }

    /// Decomposition of each day's forecast, if the method gives one.
    fn explain(&self, _horizon: Horizon) -> Option<Vec<DayShares>> {
        None
    }
}

/// Decomposition of a day's forecast: contacts = level × all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct DayShares {
    /// Date of the day.
    pub date: NaiveDate,
    /// Whether contacts are expected.
    pub open: bool,
    /// Contacts of a mean day outside events, at the current level.
    pub level: f64,
    /// Factor of each part; parts that never vary are left out.
    pub factors: Vec<(Part, f64)>,
    /// Planners' statements about the events of the day that past events can be compared with.
    pub statements: Vec<Statement>,
}

/// A multiplier stated by planners with the learned one, both for the hours that the event covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// First and last day of the event.
    pub days: (NaiveDate, NaiveDate),
    /// Multiplier stated by planners.
    pub stated: f64,
    /// Multiplier learned from past events of the family.
    pub learned: f64,
}
