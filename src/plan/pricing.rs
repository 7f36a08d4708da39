//! Service value of agents where a target is met over a day or a week.

use crate::roster::{Prices, ServiceValue};
use crate::staffing::ServiceCurve;
use crate::units::{Agents, HourlyPrice, Share};

/// Cap on the price of agents beyond those required, as a share of the price of the smallest shortage: below anybody's pay, so that only
/// hours that are paid anyway go there.
const SPARE: f64 = 0.25;
/// Prices below this share of it are dropped.
const LEAST_WORTH: f64 = 0.05;

/// Prices the least staffing of each interval at the plan's shortage prices. Each further agent is priced by the penalty it removes, scaled
/// so that the last required agent costs as much as the smallest shortage.
pub(super) fn worth(prices: &Prices, curve: ServiceCurve) -> ServiceValue {
    let price = |step: Option<&(Share, HourlyPrice)>| step.map_or(0.0, |(_, price)| price.get());
    let (lowest, highest) = (price(prices.shortage.first()), price(prices.shortage.last()));
    let last_taken = |slot: usize| {
        let taken = (curve.required[slot] - curve.least[slot]) as usize;
        taken.checked_sub(1).and_then(|last| curve.relief[slot].get(last)).copied()
    };
    let slots = 0..curve.least.len();
    // where the least is enough already, the first agent beyond it is the margin
    let margin = |stretch: usize| {
        let of_stretch = || slots.clone().filter(|&slot| curve.stretch[slot] == stretch);
        let first_beyond = || of_stretch().filter_map(|slot| curve.relief[slot].first().copied()).reduce(f64::max);
        of_stretch().filter_map(last_taken).reduce(f64::min).or_else(first_beyond).unwrap_or(f64::INFINITY)
    };
    let margins: Vec<f64> = (0..=curve.stretch.last().copied().unwrap_or(0)).map(margin).collect();
    let steps = slots.clone().map(|slot| {
        let taken = (curve.required[slot] - curve.least[slot]) as usize;
        let beyond = curve.relief[slot].iter().enumerate().map(|(agent, relief)| {
            let price = (lowest * relief / margins[curve.stretch[slot]]).min(highest);
            if agent < taken { price } else { price.min(SPARE * lowest) }
        });
        let least = Agents::new(curve.least[slot]).expect("the least staffing is agents");
        let worthwhile = beyond.take_while(|price| *price >= LEAST_WORTH * lowest);
        let each = worthwhile.map(|price| (Agents::whole(1), HourlyPrice::new(price).expect("no less than a share of the lowest price")));
        prices.steps(least).chain(each).collect()
    });
    ServiceValue { steps: steps.collect(), least: curve.least.clone(), stretch: curve.stretch.clone() }
}
