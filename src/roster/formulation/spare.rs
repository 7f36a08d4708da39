//! Where people who are paid anyway lie best: a little more than is required everywhere, not much in one interval and nothing in the next.
//!
//! Many rosters cost the same and differ only in where surplus lies. Simulation then finds the intervals that have no more than they
//! require, and asks for more there; so the search for a roster, not its cost or its proof, sees a small worth in the first agents beyond each
//! requirement.

use crate::roster::count::split::{followed_by, steps};
use crate::roster::engine::PenaltyStep;
use crate::roster::model::problem::RosterProblem;

/// The width of each step beyond a requirement, as a share of it and in agents at least; and what agents of each are worth against the
/// cheapest shortage: far less than anybody's pay.
const SHARE: f64 = 0.04;
const LEAST_AGENTS: f64 = 0.5;
const WORTH: [f64; 2] = [0.05, 0.025];

/// What agents are worth in each interval, by queue, dearest first, a little beyond the requirement too; and the worth of all that is beyond.
pub(in crate::roster) fn steps_with_spare(problem: &RosterProblem) -> (Vec<Vec<PenaltyStep>>, f64) {
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
    (steps, all)
}

/// Steps beyond what a queue requires in an interval, where a shortage has its plain price.
fn spare(problem: &RosterProblem, queue: usize, slot: usize) -> Vec<PenaltyStep> {
    let (demand, hours) = (&problem.demand[queue], problem.grid.interval().hours());
    let cheapest = problem.prices.shortage.first().map_or(0.0, |(_, price)| price.get());
    if demand.required[slot] <= 0.0 || demand.worth.is_some() {
        return Vec::new();
    }
    let width = (SHARE * demand.required[slot]).max(LEAST_AGENTS);
    WORTH.map(|worth| PenaltyStep { queue, width, price: worth * cheapest * hours }).to_vec()
}
