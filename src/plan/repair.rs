//! A published roster mended after sick calls, hand edits or a new forecast.

use super::{Inputs, QueueRequirement, pooling, roster_problem};
use crate::budget::{Budget, Cut, Interruption};
use crate::roster::{self, QueueCoverage, Repaired, Restraint, Roster, RosterProblem};

/// A mended roster with what it was mended against.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The question put to the roster room.
    pub problem: RosterProblem,
    /// The roster and its changes.
    pub repaired: Repaired,
    /// Required against what the roster before leaves once everybody is away who is.
    pub before: Vec<QueueCoverage>,
    /// Required against rostered.
    pub after: Vec<QueueCoverage>,
    /// Why work on it was ended before it was done, if it was.
    pub interrupted: Option<Interruption>,
}

/// A roster that stands.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Who works when.
    pub roster: Roster,
    /// What its plan required beyond each queue's own need, by queue of the inputs and interval; `None` if that is not known.
    pub added: Option<Vec<Vec<f64>>>,
}

/// Mends a roster of the inputs' people, absences and pins with few changes.
#[must_use]
pub fn repair(inputs: &Inputs, requirements: &[QueueRequirement], before: &Published, restraint: &Restraint, budget: &Budget) -> Mended {
    let problem = asked_of(inputs, requirements, before);
    let present = before.roster.assignments.iter().filter(|duty| !inputs.is_away(duty));
    let present = Roster { assignments: present.cloned().collect() };
    let cut = Cut::default();
    let repaired = roster::repair(&problem, &before.roster, restraint, inputs.seed, &budget.noting(&cut));
    let (before, after) = (roster::coverage(&problem, &present), roster::coverage(&problem, &repaired.solved.roster));
    Mended { problem, repaired, before, after, interrupted: cut.interruption() }
}

/// What a roster that stands is asked for: what its plan asked for beside the needs of today. Where that is not known, each queue is asked
/// for as many agents as the roster gave it and no more than it needs by itself (what it did without before is no reason to change
/// anything), and where the need has grown, for at least what queues that share people need together.
#[must_use]
pub fn asked_of(inputs: &Inputs, requirements: &[QueueRequirement], published: &Published) -> RosterProblem {
    let mut problem = roster_problem(inputs, requirements);
    problem.keep_occupations(&published.roster);
    if let Some(added) = &published.added {
        for (demand, added) in problem.demand.iter_mut().zip(added) {
            for (slot, &more) in added.iter().enumerate() {
                if demand.worth.is_none() || more > 0.0 {
                    demand.raise(slot, more.max(-demand.required[slot]));
                }
            }
        }
        return problem;
    }
    let had = roster::coverage(&problem, &published.roster);
    let needed = problem.demand.clone();
    pooling::begin_low(inputs, requirements, &mut problem);
    for ((demand, needed), had) in problem.demand.iter_mut().zip(&needed).zip(&had) {
        for (slot, required) in demand.required.iter_mut().enumerate().filter(|_| needed.worth.is_none()) {
            *required = had.served[slot].max(*required).min(needed.required[slot]);
        }
    }
    problem
}
