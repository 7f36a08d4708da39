//! Forecasts: mean and quantiles for each interval of a horizon, from a contact history and facts known ahead.
//!
//! Five methods implement one [`Method`] → [`Fitted`] pair: last week, the mean of four weeks, a structured model of the day total times
//! a weekday profile, singular values of the day × interval table, and gradient-boosted trees. Origins held back from the series itself
//! determine their weights and the width of the bands. The module knows neither agents nor targets.

mod accuracy;
mod backtest;
mod boosting;
mod bots;
mod caveats;
mod choice;
mod handling;
mod intraday;
mod knowledge;
mod methods;
mod mix;
mod overrides;
mod paths;
mod regression;
mod spread;
mod statements;

pub use accuracy::{Accuracy, Compared, accuracy};
pub use backtest::{BacktestRow, backtest};
pub use bots::bot_shares;
pub use caveats::caveat::Caveat;
pub use caveats::of_history::caveats;
pub use choice::{Forecast, ForecastError, forecast};
pub use handling::{HandlingTimes, stated_handling};
pub use intraday::{Revision, rest_of_day};
pub use knowledge::facts::{Driver, Facts};
pub use knowledge::known::Known;
pub use methods::catalogue::{Structured, methods, spreadsheet_methods};
pub use methods::fitted::{DayShares, Fitted, LEVELS, Statement};
pub use methods::method::Method;
pub use methods::naive::{LastWeek, MeanOfFourWeeks};
pub use methods::spreadsheet_peaks::{LastYearsEvent, PastRatios};
pub use methods::svd::SingularValues;
pub use methods::trees::Trees;
pub use methods::weighted::WeightedMean;
pub use overrides::{Override, OverrideChange};
pub use paths::joint_paths;
pub use regression::regressor::Part;
pub use spread::Correlation;
