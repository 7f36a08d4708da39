//! Split of the staffed agents over the queues they serve, at the least understaffing penalty.

use crate::roster::engine::{Cover, PenaltyStep};
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::overlap;
use crate::service::QueueId;
use crate::units::{Agents, Factor, HourlyPrice, Money};
use crate::workforce::AgentId;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Queues with demand that a person can serve, as bits.
pub(in crate::roster) fn queues_of(person: &Person, problem: &RosterProblem) -> u32 {
    set_of(&person.employee.skills, problem)
}

/// Distinct skill sets.
pub(in crate::roster) fn skill_sets(problem: &RosterProblem) -> Vec<u32> {
    let mut sets: Vec<u32> = problem.people.iter().map(|person| queues_of(person, problem)).collect();
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// Distinct sets of queues that people can serve or serve in a roster.
pub(in crate::roster) fn served_sets(problem: &RosterProblem, roster: &Roster) -> Vec<u32> {
    let mut sets = skill_sets(problem);
    let stints = roster.assignments.iter().flat_map(|assignment| &assignment.stints);
    sets.extend(stints.map(|stint| set_of(&stint.queues, problem)));
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// Queues with demand among some, as bits.
fn set_of(queues: &[QueueId], problem: &RosterProblem) -> u32 {
    let served = problem.demand.iter().enumerate().filter(|(_, demand)| queues.contains(&demand.queue));
    served.fold(0, |set, (queue, _)| set | 1 << queue)
}

/// Penalty steps of each interval, by queue, most costly first.
pub(in crate::roster) fn steps(problem: &RosterProblem) -> Vec<Vec<PenaltyStep>> {
    let hours = problem.grid.interval().hours();
    let of_slot = |slot: usize| {
        let of_queue = |queue: usize| {
            let steps = problem.steps(queue, slot).into_iter().filter(|(width, _)| *width > Agents::ZERO);
            let step = |(width, price): (Agents, HourlyPrice)| PenaltyStep { queue, width: width.get(), price: (hours * price).get() };
            let mut steps: Vec<PenaltyStep> = steps.map(step).collect();
            steps.sort_by(|a, b| b.price.total_cmp(&a.price));
            steps
        };
        (0..problem.demand.len()).flat_map(of_queue).collect()
    };
    (0..problem.grid.len()).map(of_slot).collect()
}

/// Standard-speed agents on the desk in each interval, by set of queues; `sets` are those that the roster serves.
pub(in crate::roster) fn staffed(problem: &RosterProblem, sets: &[u32], roster: &Roster) -> Vec<Vec<f64>> {
    let mut staffed = vec![vec![0.0; problem.grid.len()]; sets.len()];
    each_stretch(problem, sets, roster, |set, effectiveness, from, to| {
        overlap(problem.grid, from, to).for_each(|(slot, share)| staffed[set][slot] += (effectiveness * share).get());
    });
    staffed
}

/// Standard-speed agents who leave the desk in each interval, for a break or for good, by set of queues.
pub(in crate::roster) fn leaving(problem: &RosterProblem, sets: &[u32], roster: &Roster) -> Vec<Vec<f64>> {
    let mut leaving = vec![vec![0.0; problem.grid.len()]; sets.len()];
    each_stretch(problem, sets, roster, |set, effectiveness, _, to| {
        problem.grid.index_of(to).into_iter().for_each(|slot| leaving[set][slot] += effectiveness.get());
    });
    leaving
}

/// Visits every time span that somebody is on the desk, with the set of queues, effectiveness, start and end.
fn each_stretch(
    problem: &RosterProblem,
    sets: &[u32],
    roster: &Roster,
    mut visit: impl FnMut(usize, Factor, NaiveDateTime, NaiveDateTime),
) {
    let known: BTreeMap<&AgentId, &Person> = problem.people.iter().map(|person| (&person.employee.id, person)).collect();
    for assignment in &roster.assignments {
        let Some(&person) = known.get(&assignment.agent) else { continue };
        for (from, to, queues) in person.served_stretches(assignment) {
            let set = sets.binary_search(&set_of(queues, problem));
            visit(set.expect("the sets are those of the roster"), person.effectiveness, from, to);
        }
    }
}

/// Agents of each queue in an interval.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Split {
    /// Up to the last penalty step.
    pub(in crate::roster) filled: Vec<f64>,
    /// Up to the requirement.
    pub(in crate::roster) served: Vec<f64>,
    /// Including surplus.
    pub(in crate::roster) rostered: Vec<f64>,
}

/// Share of each requirement by which surplus is dealt out per round.
const SURPLUS_STEP: f64 = 0.1;
const SURPLUS_ROUNDS: usize = 60;
/// Value of surplus relative to the cheapest shortage: negligible, but positive.
const SURPLUS_WORTH: f64 = 1e-3;

/// Agents of each queue in every interval under the cheapest split: up to the requirement, and with its part of the surplus, spread in
/// proportion to the requirements.
pub(in crate::roster) fn splits(problem: &RosterProblem, sets: &[u32], staffed: &[Vec<f64>]) -> Vec<Split> {
    let steps = steps(problem);
    let least = steps.iter().flatten().map(|step| step.price).filter(|price| *price > 0.0).fold(f64::INFINITY, f64::min);
    let worth = SURPLUS_WORTH * if least.is_finite() { least } else { 1.0 };
    let with_surplus: Vec<Vec<PenaltyStep>> =
        steps.iter().enumerate().map(|(slot, steps)| with_surplus(problem, slot, steps, worth)).collect();
    let mut cover = Cover::empty(&with_surplus, sets, problem.demand.len());
    for (set, staffed) in staffed.iter().enumerate() {
        staffed.iter().enumerate().filter(|(_, agents)| **agents > 0.0).for_each(|(slot, agents)| cover.add(slot, set, *agents));
    }
    let split = |slot: usize| {
        let of_queue = |queue: usize, steps: &[PenaltyStep]| {
            let width: f64 = steps.iter().filter(|step| step.queue == queue).map(|step| step.width).sum();
            cover.filled(slot)[queue].min(width)
        };
        let queues = || 0..problem.demand.len();
        let filled: Vec<f64> = queues().map(|queue| of_queue(queue, &steps[slot])).collect();
        Split {
            served: filled.iter().zip(&problem.demand).map(|(filled, demand)| filled.min(demand.required[slot])).collect(),
            filled,
            rostered: queues().map(|queue| of_queue(queue, &with_surplus[slot])).collect(),
        }
    };
    (0..steps.len()).map(split).collect()
}

/// Penalty steps of an interval, followed by rounds in which each queue takes surplus; by queue, most costly first.
fn with_surplus(problem: &RosterProblem, slot: usize, steps: &[PenaltyStep], worth: f64) -> Vec<PenaltyStep> {
    let queues = problem.demand.len();
    let of_queue = |queue: usize| {
        let width = problem.demand[queue].required[slot] * SURPLUS_STEP;
        // one queue after the other, round by round
        let price = move |round: usize| worth * (1.0 - (round * queues + queue) as f64 / (SURPLUS_ROUNDS * queues) as f64);
        (0..SURPLUS_ROUNDS).filter(move |_| width > 0.0).map(move |round| PenaltyStep { queue, width, price: price(round) })
    };
    followed_by(steps, queues, of_queue)
}

/// Penalty steps of an interval, those of each queue followed by further ones of lower value.
pub(in crate::roster) fn followed_by<I: IntoIterator<Item = PenaltyStep>>(
    steps: &[PenaltyStep],
    queues: usize,
    mut more: impl FnMut(usize) -> I,
) -> Vec<PenaltyStep> {
    let of_queue = |queue: usize| steps.iter().filter(move |step| step.queue == queue).copied().chain(more(queue));
    (0..queues).flat_map(of_queue).collect()
}

/// Understaffing penalty over all queues and target periods. It exceeds that of the search where a period has more than it requires.
pub(in crate::roster) fn missing_price(problem: &RosterProblem, splits: &[Split]) -> Money {
    let of_queue = |queue: usize| {
        let price = |(slot, split): (usize, &Split)| problem.interval_price(queue, slot, split.filled[queue]);
        problem.demand[queue].missing_price(&splits.iter().enumerate().map(price).collect::<Vec<_>>())
    };
    (0..problem.demand.len()).map(of_queue).sum()
}
