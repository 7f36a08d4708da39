//! Placement of surplus: agents who are paid anyway serve best as a little more than the requirement everywhere.
//!
//! Many rosters cost the same and differ only in where surplus lies. The simulation would find intervals without any and ask for more
//! there. So the search, but neither cost nor proof, gives a small value to the first agents beyond each requirement.

use crate::roster::count::split::{followed_by, steps};
use crate::roster::engine::PenaltyStep;
use crate::roster::model::problem::RosterProblem;
use crate::units::{Agents, Factor, HourlyPrice, Money, Share};

/// Width of each step beyond a requirement, as a share of it and in agents at least; and the value of each step relative to the cheapest
/// shortage, far below anybody's pay.
const SHARE: Share = Share::constant(0.04);
const LEAST: Agents = Agents::constant(0.5);
const WORTH: [Factor; 2] = [Factor::constant(0.05), Factor::constant(0.025)];

/// Penalty steps of each interval by queue, most costly first, including a little beyond the requirement; and the value of all beyond it.
pub(in crate::roster) fn steps_with_spare(problem: &RosterProblem) -> (Vec<Vec<PenaltyStep>>, Money) {
    let mut all = 0.0;
    let with_spare = |(slot, steps): (usize, Vec<PenaltyStep>)| {
        let of_queue = |queue: usize| {
            let spare = spare(problem, queue, slot);
            all += spare.iter().map(|step| step.width * step.price).sum::<f64>();
            spare
        };
        followed_by(&steps, problem.demand.len(), of_queue)
    };
    let steps = steps(problem).into_iter().enumerate().map(with_spare).collect();
    (steps, Money::new(all).expect("steps have finite widths and prices"))
}

/// Steps beyond the requirement of a queue in an interval; none where the queue has a service value of its own.
fn spare(problem: &RosterProblem, queue: usize, slot: usize) -> Vec<PenaltyStep> {
    let (demand, hours) = (&problem.demand[queue], problem.grid.interval().hours());
    let cheapest = problem.prices.shortage.first().map_or(HourlyPrice::ZERO, |(_, price)| *price);
    if demand.required[slot] <= 0.0 || demand.worth.is_some() {
        return Vec::new();
    }
    let required = Agents::new(demand.required[slot]).expect("a requirement is agents");
    let width = (required * SHARE).max(LEAST).get();
    WORTH.map(|worth| PenaltyStep { queue, width, price: (hours * (cheapest * worth)).get() }).to_vec()
}
