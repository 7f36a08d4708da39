//! What a method of forecasting is: it learns from what is known, and what it has learned can predict.

use super::fitted::Fitted;
use crate::forecast::knowledge::known::Known;

/// A way to forecast.
pub trait Method: Sync {
    /// The name tables show.
    fn name(&self) -> &'static str;

    /// Learns from what is known; `None` if the history is too short for this method.
    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>>;
}
