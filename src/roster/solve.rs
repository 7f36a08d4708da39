//! Solver entry points: from a problem to a roster by insertion, improvement and proof.

use super::solved::Solved;
use crate::budget::Budget;
use crate::roster::engine::{self, Solution};
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::formulation::tours::Tours;
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::RosterProblem;
use tracing::info_span;

/// Minimum of local-search moves per unit of effort. Up to [`MANY_PEOPLE`] the number is people divided by queues if that is more, as
/// a move takes longer with more queues.
const LEAST_MOVES: usize = 50;
/// Headcount above which long searches are skipped.
pub const MANY_PEOPLE: usize = 500;
/// Price-update steps, at least and per unit of effort.
const LEAST_STEPS: u64 = 100;
const STEPS_PER_EFFORT: u64 = 4;

/// Least-cost roster of everybody that the budget finds. Understaffing is priced, so a roster always exists; it is legal from the first
/// insertion on. Without a time limit, equal problem, seed and effort give equal rosters.
///
/// One unit of effort is some hundred moves of local search and a few steps towards the prices that prove the bound.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours, Money}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// // two of three agents are required from 09:00 to 17:00, and all are paid by the hour
/// problem.people.iter_mut().for_each(|person| person.employee.contract.paid_hours_week = Hours::ZERO);
/// let solved = solve(&problem, 1, &Budget::of_effort(1));
/// assert_eq!((solved.roster.assignments.len(), solved.cost), (2, Money::new(2.0 * 8.0 * 30.0)?));
/// assert!(solved.gap().is_some_and(|gap| gap < 1e-6)); // no roster costs less
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn solve(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let searching = budget.keeping(0.4);
    let draft = draft(problem, seed, &searching);
    prove(problem, &settled(problem, &draft, seed, &searching), budget)
}

/// Legal roster improved by local search. Nothing is proven, so it has no bound.
#[must_use]
pub fn draft(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let _stage = info_span!("search").entered();
    let formulation = Formulation::to_search(problem);
    let solution = engine::draft(&formulation.model, steps(budget), moves(problem, budget), seed, budget);
    Solved::new(&formulation, &solution, None)
}

/// The roster `before` repaired at the true prices: the search gives spare agents a small value, for which it may have paid too much.
fn settled(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let formulation = Formulation::of(problem);
    mended(&formulation, solution_of(&formulation, before), seed, budget)
}

/// The roster `before` adapted to another demand with few changes; no bound.
#[must_use]
pub fn revise(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let formulation = Formulation::to_search(problem);
    mended(&formulation, solution_of(&formulation, before), seed, budget)
}

/// Roster for a problem that differs from that of `before` in more than its demand (people, shifts, offline activities). It starts from
/// the tours of `before` that are legal and repairs them; no bound.
#[must_use]
pub fn refit(problem: &RosterProblem, before: &Roster, seed: u64, budget: &Budget) -> Solved {
    let formulation = Formulation::to_search(problem);
    let tours = Tours::of(&formulation, before);
    mended(&formulation, Solution::of(&formulation.model, tours.columns), seed, budget)
}

/// Solution after single-agent moves until nobody gains.
fn mended<'a>(formulation: &'a Formulation, solution: Solution<'a>, seed: u64, budget: &Budget) -> Solved {
    let solution = engine::mend(&formulation.model, solution, 0, seed, budget);
    Solved::new(formulation, &solution, None)
}

/// The roster `before` unchanged, repriced for another demand; no bound.
#[must_use]
pub fn priced_anew(problem: &RosterProblem, before: &Solved) -> Solved {
    assigned(problem, before, &before.roster)
}

/// The roster `before` with the queues by period that its shifts have in another roster; no bound.
#[must_use]
pub fn assigned(problem: &RosterProblem, before: &Solved, by_period: &Roster) -> Solved {
    let formulation = Formulation::of(problem);
    Solved::new(&formulation, &solution_of(&formulation, before), None).with_stints_of(&formulation, by_period)
}

/// The roster `before` unchanged, with a proven lower bound on the cost of any roster.
#[must_use]
pub fn prove(problem: &RosterProblem, before: &Solved, budget: &Budget) -> Solved {
    let _stage = info_span!("bound").entered();
    let formulation = Formulation::of(problem);
    let solution = solution_of(&formulation, before);
    let bound = engine::prove(&formulation.model, &solution, steps(budget), budget);
    Solved::new(&formulation, &solution, bound).with_stints_of(&formulation, &before.roster)
}

fn moves(problem: &RosterProblem, budget: &Budget) -> u64 {
    let people = if problem.people.len() > MANY_PEOPLE { 0 } else { problem.people.len() };
    ((people / problem.demand.len().max(1)).max(LEAST_MOVES) as u64).saturating_mul(budget.effort())
}

/// Number of price-update steps.
fn steps(budget: &Budget) -> u64 {
    LEAST_STEPS.saturating_add(STEPS_PER_EFFORT.saturating_mul(budget.effort()))
}

/// Solution with the tours of a roster, for a demand that may differ.
fn solution_of<'a>(formulation: &'a Formulation, roster: &Solved) -> Solution<'a> {
    Solution::of(&formulation.model, roster.columns.iter().cloned())
}
