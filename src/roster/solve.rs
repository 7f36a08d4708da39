//! From problem to roster: insert, improve; prove; improve again.

use super::engine::{self, Lineup};
use super::problem::RosterProblem;
use super::result::Solved;
use super::statement::Statement;
use crate::budget::Budget;

/// Moves of local search for one unit of effort.
const MOVES_PER_EFFORT: u64 = 100;
/// Steps towards better prices, at least and for one unit of effort.
const LEAST_STEPS: u64 = 200;
const STEPS_PER_EFFORT: u64 = 8;

/// Rosters everybody at the least cost that the budget finds. Under-staffing is priced, so there is always a roster; it is
/// legal from the first insertion on. The same problem, seed, effort and no time limit give the same roster.
///
/// One unit of effort is some hundreds of moves of local search and some steps towards the prices that prove the bound.
#[must_use]
pub fn solve(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    finish(problem, &draft(problem, seed, &budget.keeping(0.4)), seed, budget)
}

/// A legal roster that local search has improved; nothing is proven of it, so its bound is 0.
#[must_use]
pub fn draft(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let statement = Statement::of(problem);
    let lineup = engine::draft(&statement.model, 2 * moves(budget), seed, budget);
    Solved::new(&statement, &lineup, 0.0)
}

/// The roster `before` with few changes beside a demand that is nowhere lower than its own was: its bound holds here too.
#[must_use]
pub fn revise(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let statement = Statement::of(problem);
    let lineup = engine::refine(&statement.model, lineup_of(&statement, before), 0, seed, budget);
    Solved::new(&statement, &lineup, before.bound.get())
}

/// The roster `before` as it is, at the prices of a demand that is nowhere lower than its own was: its bound holds here too.
#[must_use]
pub fn priced_anew(problem: &RosterProblem, before: &Solved) -> Solved {
    let statement = Statement::of(problem);
    Solved::new(&statement, &lineup_of(&statement, before), before.bound.get())
}

/// Proves how little any roster could cost, and looks for a cheaper one near the prices that prove it.
#[must_use]
pub fn finish(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let statement = Statement::of(problem);
    let steps = LEAST_STEPS + STEPS_PER_EFFORT * budget.effort();
    let (lineup, bound) = engine::finish(&statement.model, lineup_of(&statement, before), steps, moves(budget), seed, budget);
    Solved::new(&statement, &lineup, bound.max(before.bound.get()))
}

fn moves(budget: &Budget) -> u64 {
    MOVES_PER_EFFORT.saturating_mul(budget.effort())
}

/// The tours of a roster beside a demand that may differ.
fn lineup_of<'a>(statement: &'a Statement, roster: &Solved) -> Lineup<'a> {
    Lineup::of(&statement.model, roster.columns.iter().cloned())
}
