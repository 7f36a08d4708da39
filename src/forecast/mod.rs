//! What will come? A history and known facts in; mean and quantiles for each interval of the horizon out.
//!
//! Five methods behind one [`Method`] → [`Fitted`] pair: last week, the mean of four weeks, a structured model of the day total
//! times a weekday profile, singular values of the day × interval table, and gradient-boosted trees. Held-back origins of the
//! series itself choose the weights of their mean and the width of the bands.
//! The room knows neither agents nor targets.

mod accuracy;
mod backtest;
mod bots;
mod caveat;
mod caveats;
mod choice;
mod day_log;
mod days;
mod event_caveats;
mod event_columns;
mod facts;
mod fitted;
mod fortnight;
mod handling;
mod holidays;
mod intraday;
mod known;
mod level_regression;
mod method;
mod methods;
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
pub use caveat::Caveat;
pub use caveats::caveats;
pub use choice::{Forecast, ForecastError, forecast};
pub use facts::{Driver, Facts};
pub use fitted::{DayShares, Fitted, LEVELS, Statement};
pub use handling::{HandlingTimes, stated_handling};
pub use intraday::{Revision, rest_of_day};
pub use known::Known;
pub use method::Method;
pub use methods::{Structured, methods, spreadsheet_methods};
pub use naive::{LastWeek, MeanOfFourWeeks};
pub use overrides::{Override, OverrideChange};
pub use paths::joint_paths;
pub use regressor::Part;
pub use spread::Correlation;
pub use spreadsheet_peaks::{LastYearsEvent, PastRatios};
pub use svd::SingularValues;
pub use trees::Trees;
pub use weighted::WeightedMean;

use facts::{OwnedFacts, is_open_day};
use fitted::MOST_AHEAD;
