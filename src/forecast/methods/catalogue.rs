//! Catalogue of forecasting methods.

use super::fitted::Fitted;
use super::method::Method;
use super::naive::{LastWeek, MeanOfFourWeeks};
use super::spreadsheet_peaks::{LastYearsEvent, PastRatios};
use super::svd::SingularValues;
use super::trees::Trees;
use crate::forecast::knowledge::known::Known;

/// The structured model.
#[derive(Clone, Copy, Debug)]
pub struct Structured;

impl Method for Structured {
    fn name(&self) -> &'static str {
        "structured"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        Some(Box::new(known.structure()?))
    }
}

/// All methods, simplest first.
///
/// ```
/// use peakshift::forecast::methods;
/// assert_eq!(methods().map(|method| method.name()), ["last_week", "mean_of_4_weeks", "trees", "svd", "structured"]);
/// ```
#[must_use]
pub fn methods() -> [&'static dyn Method; 5] {
    [&LastWeek, &MeanOfFourWeeks, &Trees, &SingularValues, &Structured]
}

/// Spreadsheet benchmarks against which event days are back-tested.
///
/// ```
/// use peakshift::forecast::spreadsheet_methods;
/// assert_eq!(spreadsheet_methods().map(|method| method.name()), ["last_years_event", "past_ratios"]);
/// ```
#[must_use]
pub fn spreadsheet_methods() -> [&'static dyn Method; 2] {
    [&LastYearsEvent, &PastRatios]
}
