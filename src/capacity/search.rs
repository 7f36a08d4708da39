//! Solution procedure: the plan without hires; the linear relaxation, for a bound; its rounding, for a plan at once; then branch and
//! bound.

use super::program::{Coming, Program};
use super::solver::{Limits, minimise};
use super::{CapacityPlan, CapacityProblem, Newcomers};
use crate::budget::Budget;
use crate::outcome::Outcome;

/// Optimality gap that counts as none, as a share of the cost; errors of forecasts over months are far larger.
const CLOSE_ENOUGH: f64 = 0.005;
/// Branch-and-bound nodes per unit of effort.
const NODES: u64 = 200;
/// Nodes of the first run, after which the stopping criteria are checked; each further run has twice as many. It restarts from the best
/// plan so far, since a run of `HiGHS` cannot be interrupted.
const FIRST_NODES: u64 = 400;

/// Best plan without hires and temps: current headcount and overtime only. A linear program of negligible run time.
#[must_use]
pub fn without_hiring(problem: &CapacityProblem) -> Outcome<CapacityPlan> {
    with_people(problem, &Newcomers::none(problem))
}

/// Best plan with given hires and temps.
fn with_people(problem: &CapacityProblem, people: &Newcomers) -> Outcome<CapacityPlan> {
    let program = Program::new(problem, Coming::These(people));
    let solved = minimise(program.rows.clone(), None, Limits::NONE);
    checked(problem, solved.map(|solution| program.plan(problem, &solution)))
}

/// Lowest-cost plan found within the budget, with a lower bound. Results from before the budget ended are kept. The linear relaxation is
/// as quick as the problem without hires, so it completes under any time limit unless cancelled.
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

/// Best plan and bound so far.
struct Known {
    plan: Option<CapacityPlan>,
    bound: Option<f64>,
}

impl Known {
    /// Keeps the better of the known and the new results.
    fn learn(&mut self, problem: &CapacityProblem, outcome: Outcome<CapacityPlan>) {
        self.bound = self.bound.into_iter().chain(outcome.bound()).reduce(f64::max);
        let plans = self.plan.take().into_iter().chain(outcome.found());
        self.plan = plans.min_by(|a, b| cost(problem, a).total_cmp(&cost(problem, b)));
    }

    /// The results as an outcome. A plan of cost 0 is optimal, since costs are not negative; for the same reason a bound of 0 is no
    /// information. A bound above the cost of a feasible plan is rejected.
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

/// Cost of a feasible plan; infinite for others.
fn cost(problem: &CapacityProblem, plan: &CapacityPlan) -> f64 {
    plan.cost(problem).unwrap_or(f64::INFINITY)
}

/// The outcome, with plans kept only if the independent check confirms them.
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
    // the first run has no starting solution: the rounded relaxation is often close enough to end it at once, and seldom the best
    while !budget.is_spent() {
        let limits = Limits { nodes: Some(i32::try_from(nodes).unwrap_or(i32::MAX)), gap: CLOSE_ENOUGH, seconds: None };
        let outcome = minimise(program.rows.clone(), start.as_deref(), limits.with_time_of(budget));
        if let Outcome::Infeasible | Outcome::Failed(_) = outcome {
            // earlier results remain valid
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
