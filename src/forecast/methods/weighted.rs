//! The final forecast as a method, so that back-tests can score it beside its components.

use super::fitted::Fitted;
use super::method::Method;
use crate::forecast::choice::prepare;
use crate::forecast::knowledge::facts::OwnedFacts;
use crate::forecast::knowledge::known::Known;
use crate::history::ContactHistory;
use crate::time::Horizon;
use ndarray::Array2;

/// The weighted mean of all methods, as given by [`forecast`](crate::forecast::forecast()), with weights chosen anew at each origin.
#[derive(Clone, Copy, Debug)]
pub struct WeightedMean;

impl Method for WeightedMean {
    fn name(&self) -> &'static str {
        "weighted_mean"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        let history = known.history.clone();
        (!history.counted_days().is_empty())
            .then(|| Box::new(FittedMean { history, facts: OwnedFacts::of(&known.facts) }) as Box<dyn Fitted>)
    }
}

struct FittedMean {
    history: ContactHistory,
    facts: OwnedFacts,
}

impl Fitted for FittedMean {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let nothing = |_| Array2::zeros((horizon.days, self.history.interval().per_day()));
        prepare(&self.history, &self.facts.borrow(), horizon).map_or_else(nothing, |prepared| prepared.means)
    }
}
