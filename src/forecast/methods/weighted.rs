//! The forecast itself as a method, so that a back-test can score what people are given beside its parts.

use super::fitted::Fitted;
use super::method::Method;
use crate::forecast::choice::prepare;
use crate::forecast::knowledge::facts::OwnedFacts;
use crate::forecast::knowledge::known::Known;
use crate::history::ContactHistory;
use crate::time::Horizon;
use ndarray::Array2;

/// The weighted mean of all methods that [`forecast`](crate::forecast::forecast()) gives, its weights chosen anew from each origin.
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
