//! From problem to roster: insert, improve, prove.

use super::solved::Solved;
use crate::budget::Budget;
use crate::roster::engine::{self, Solution};
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::formulation::tours::Tours;
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::RosterProblem;
use tracing::info_span;

/// Moves of local search for one unit of effort: one for each person by queue (a move takes longer the more queues there are), at least so
/// many; no more for many people.
const LEAST_MOVES: usize = 50;
/// More people than this have no time for long searches.
pub const MANY_PEOPLE: usize = 500;
/// Steps towards better prices, at least and for one unit of effort.
const LEAST_STEPS: u64 = 100;
const STEPS_PER_EFFORT: u64 = 4;

/// Rosters everybody at the least cost that the budget finds. Under-staffing is priced, so there is always a roster; it is
/// legal from the first insertion on. The same problem, seed, effort and no time limit give the same roster.
///
/// One unit of effort is some hundred moves of local search and a few steps towards the prices that prove the bound.
#[must_use]
pub fn solve(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let searching = budget.keeping(0.4);
    let draft = draft(problem, seed, &searching);
    prove(problem, &settled(problem, &draft, seed, &searching), budget)
}

/// A legal roster that local search has improved; nothing is proven of it yet, so it has no bound.
#[must_use]
pub fn draft(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let _stage = info_span!("search").entered();
    let formulation = Formulation::to_search(problem);
    let solution = engine::draft(&formulation.model, steps(budget), moves(problem, budget), seed, budget);
    Solved::new(&formulation, &solution, None)
}

/// The roster `before` after whatever costs more than it saves is undone: a search takes spare people for worth a little.
fn settled(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let formulation = Formulation::of(problem);
    mended(&formulation, solution_of(&formulation, before), seed, budget)
}

/// The roster `before` with few changes beside another demand; nothing is proven of it.
#[must_use]
pub fn revise(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let formulation = Formulation::to_search(problem);
    mended(&formulation, solution_of(&formulation, before), seed, budget)
}

/// A roster for a problem that differs from the one of `before` in more than its demand (people, shifts, when they are away from the desk):
/// the tours of `before` where they are legal, mended; nothing is proven of it.
#[must_use]
pub fn refit(problem: &RosterProblem, before: &Roster, seed: u64, budget: &Budget) -> Solved {
    let formulation = Formulation::to_search(problem);
    let tours = Tours::of(&formulation, before);
    mended(&formulation, Solution::of(&formulation.model, tours.columns), seed, budget)
}

/// Everybody moved singly from these tours until nobody gains.
fn mended<'a>(formulation: &'a Formulation, solution: Solution<'a>, seed: u64, budget: &Budget) -> Solved {
    let solution = engine::mend(&formulation.model, solution, 0, seed, budget);
    Solved::new(formulation, &solution, None)
}

/// The roster `before` as it is, at the prices of another demand; nothing is proven of it.
#[must_use]
pub fn priced_anew(problem: &RosterProblem, before: &Solved) -> Solved {
    let formulation = Formulation::of(problem);
    Solved::new(&formulation, &solution_of(&formulation, before), None)
}

/// The roster `before` as it is, with a proof of how little any roster could cost.
#[must_use]
pub fn prove(problem: &RosterProblem, before: &Solved, budget: &Budget) -> Solved {
    let _stage = info_span!("bound").entered();
    let formulation = Formulation::of(problem);
    let solution = solution_of(&formulation, before);
    let bound = engine::prove(&formulation.model, &solution, steps(budget), budget);
    Solved::new(&formulation, &solution, bound)
}

fn moves(problem: &RosterProblem, budget: &Budget) -> u64 {
    let people = if problem.people.len() > MANY_PEOPLE { 0 } else { problem.people.len() };
    ((people / problem.demand.len().max(1)).max(LEAST_MOVES) as u64).saturating_mul(budget.effort())
}

/// Steps towards better prices.
fn steps(budget: &Budget) -> u64 {
    LEAST_STEPS.saturating_add(STEPS_PER_EFFORT.saturating_mul(budget.effort()))
}

/// The tours of a roster beside a demand that may differ.
fn solution_of<'a>(formulation: &'a Formulation, roster: &Solved) -> Solution<'a> {
    Solution::of(&formulation.model, roster.columns.iter().cloned())
}
