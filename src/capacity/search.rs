//! From problem to plan: nobody hired; people in fractions, for a bound; these made whole, for a plan at once; then branch and bound.

use super::program::{Coming, Program};
use super::solver::{Limits, minimise};
use super::{CapacityPlan, CapacityProblem, Newcomers};
use crate::budget::Budget;
use crate::outcome::Outcome;

/// A gap that is as good as none, as a share of the cost; what forecasts of months are wrong by is far more.
const CLOSE_ENOUGH: f64 = 0.005;
/// Nodes of the search for each unit of effort.
const NODES: u64 = 200;
/// Nodes after which a search that goes on looks whether to stop, twice as many each time; it begins anew from the best plan yet, for a run of
/// `HiGHS` cannot be spoken to.
const FIRST_NODES: u64 = 400;

/// The best plan in which nobody is hired and no temp comes: what the people there are and their overtime can do. A linear program that
/// takes no time worth a clock.
#[must_use]
pub fn without_hiring(problem: &CapacityProblem) -> Outcome<CapacityPlan> {
    with_people(problem, &Newcomers::none(problem))
}

/// The best plan with these people.
fn with_people(problem: &CapacityProblem, people: &Newcomers) -> Outcome<CapacityPlan> {
    let program = Program::new(problem, Coming::These(people));
    let solved = minimise(program.rows.clone(), None, Limits::NONE);
    checked(problem, solved.map(|solution| program.plan(problem, &solution)))
}

/// The cheapest plan that the budget finds and what no plan can undercut. What was found and shown before the budget ended is kept: people in
/// fractions are a linear program as quick as the one without them, so that, unless somebody asks to stop, no clock is too short for it.
#[must_use]
pub fn solve(problem: &CapacityProblem, budget: &Budget) -> Outcome<CapacityPlan> {
    if budget.is_cancelled() {
        budget.note_cut();
        return Outcome::Stopped { found: None };
    }
    let relaxed = Program::new(problem, Coming::Fractions);
    let fractions = minimise(relaxed.rows.clone(), None, Limits::NONE);
    let bound = fractions.bound();
    let plan = match fractions {
        Outcome::Infeasible => return Outcome::Infeasible,
        Outcome::Failed(why) => return Outcome::Failed(why),
        found => found.found().and_then(|found| with_people(problem, &relaxed.newcomers(problem, &found)).found()),
    };
    branch_and_bound(problem, Known { plan, bound }, budget)
}

/// What is known so far.
struct Known {
    plan: Option<CapacityPlan>,
    bound: Option<f64>,
}

impl Known {
    /// Takes over what is better.
    fn learn(&mut self, problem: &CapacityProblem, outcome: Outcome<CapacityPlan>) {
        self.bound = self.bound.into_iter().chain(outcome.bound()).reduce(f64::max);
        let plans = self.plan.take().into_iter().chain(outcome.found());
        self.plan = plans.min_by(|a, b| cost(problem, a).total_cmp(&cost(problem, b)));
    }

    /// The same as an outcome. What costs nothing at all cannot be undercut, for no plan costs less than nothing; for the same reason a bound
    /// of nothing says nothing. A bound above a plan that keeps every condition is none.
    fn outcome(self, problem: &CapacityProblem) -> Outcome<CapacityPlan> {
        let Some(plan) = self.plan else { return Outcome::Stopped { found: None } };
        let cost = cost(problem, &plan);
        if cost <= 0.0 {
            return Outcome::Optimal { found: plan, bound: cost };
        }
        match self.bound.filter(|bound| *bound > 0.0 && *bound <= cost * (1.0 + 1e-6)).map(|bound| bound.min(cost)) {
            Some(bound) if cost - bound <= CLOSE_ENOUGH * cost => Outcome::Optimal { found: plan, bound },
            Some(bound) => Outcome::Feasible { found: plan, bound },
            None => Outcome::Stopped { found: Some(plan) },
        }
    }
}

/// What a plan that keeps every condition costs.
fn cost(problem: &CapacityProblem, plan: &CapacityPlan) -> f64 {
    plan.cost(problem).unwrap_or(f64::INFINITY)
}

/// Only a plan that keeps every condition when it is counted anew has been found.
fn checked(problem: &CapacityProblem, outcome: Outcome<CapacityPlan>) -> Outcome<CapacityPlan> {
    let keeps = |plan: &CapacityPlan| plan.cost(problem).is_ok_and(f64::is_finite);
    match outcome {
        Outcome::Optimal { found, .. } | Outcome::Feasible { found, .. } if !keeps(&found) => {
            Outcome::Failed("HiGHS gives a plan that breaks its conditions".to_owned())
        }
        Outcome::Stopped { found } => Outcome::Stopped { found: found.filter(keeps) },
        other => other,
    }
}

fn branch_and_bound(problem: &CapacityProblem, mut known: Known, budget: &Budget) -> Outcome<CapacityPlan> {
    let program = Program::new(problem, Coming::People);
    let all = budget.effort().saturating_mul(NODES);
    let mut nodes = FIRST_NODES.min(all);
    let mut start: Option<Vec<f64>> = None;
    // the first run begins from nothing: what people in fractions round to is often near enough to end it at once, and seldom the best
    while !budget.is_spent() {
        let limits = Limits { nodes: Some(i32::try_from(nodes).unwrap_or(i32::MAX)), gap: CLOSE_ENOUGH, seconds: None };
        let outcome = minimise(program.rows.clone(), start.as_deref(), limits.with_time_of(budget));
        if let Outcome::Infeasible | Outcome::Failed(_) = outcome {
            // what was found and shown before stays true
            break;
        }
        let has_ended = matches!(outcome, Outcome::Optimal { .. });
        if let Some(found) = outcome.clone().found() {
            start = Some(found);
        }
        known.learn(problem, checked(problem, outcome.map(|solution| program.plan(problem, &solution))));
        if has_ended || nodes >= all {
            break;
        }
        nodes = nodes.saturating_mul(2).min(all);
    }
    known.outcome(problem)
}
