//! Interface of forecasting methods.

use super::fitted::Fitted;
use crate::forecast::knowledge::known::Known;

/// A forecasting method.
pub trait Method: Sync {
    /// Name in tables.
    fn name(&self) -> &'static str;

    /// The method fitted to `known`; `None` if the history is too short for it.
    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>>;
}
