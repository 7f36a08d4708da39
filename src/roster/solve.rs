//! From problem to roster: insert, improve; prove, choose, improve.

use super::bound::price_out;
use super::improve::{best_responses, construct, ruin_and_recreate};
use super::master::{Pool, choose};
use super::problem::RosterProblem;
use super::result::Solved;
use super::team::{Column, Plan, Team};
use crate::budget::Budget;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Column generation rounds at any effort: fewer leave the bound far below what the problem allows.
const LEAST_ROUNDS: u64 = 20;
/// Further column generation rounds for one unit of effort.
const ROUNDS_PER_EFFORT: f64 = 0.4;
/// Rounds of local search for one unit of effort.
const ROUNDS_OF_SEARCH: u64 = 100;
/// Branch-and-bound nodes for one unit of effort.
const NODES_PER_EFFORT: u64 = 20;
/// The largest team whose tours the integer program chooses.
const MOST_CHOOSERS: usize = 12;
/// Tours of each person the integer program chooses from, the most recent ones.
const POOL_MOST: usize = 60;

/// Rosters everybody at the least cost that the budget finds. Under-staffing is priced, so there is always a roster; it is
/// legal from the first insertion on. The same problem, seed, effort and no time limit give the same roster.
///
/// One unit of effort is two hundred rounds of local search and up to half a round of column generation; in small teams also twenty nodes
/// of the integer program and another hundred rounds.
#[must_use]
pub fn solve(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    finish(problem, &draft(problem, seed, &budget.keeping(0.4)), seed, budget)
}

/// A legal roster that local search has improved; nothing is proven of it, so its bound is 0.
#[must_use]
pub fn draft(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let team = Team::new(problem);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut plan = construct(&team, &mut random);
    best_responses(&team, &mut plan, &mut random, budget);
    plan = ruin_and_recreate(&team, plan, &mut random, budget, 2 * ROUNDS_OF_SEARCH, 0.0);
    Solved::new(&team, &plan, 0.0)
}

/// The roster `before` with few changes beside a demand that is nowhere lower than its own was: its bound holds here too.
#[must_use]
pub fn revise(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let team = Team::new(problem);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut plan = plan_of(&team, before);
    best_responses(&team, &mut plan, &mut random, budget);
    Solved::new(&team, &plan, before.bound.get())
}

/// The roster `before` as it is, at the prices of a demand that is nowhere lower than its own was: its bound holds here too.
#[must_use]
pub fn priced_anew(problem: &RosterProblem, before: &Solved) -> Solved {
    let team = Team::new(problem);
    Solved::new(&team, &plan_of(&team, before), before.bound.get())
}

/// Proves how little any roster could cost. In small teams an integer program chooses from the tours that the proof has found, and the
/// roster may change; in larger ones its nodes find less in a minute than local search in a second.
#[must_use]
pub fn finish(problem: &RosterProblem, before: &Solved, seed: u64, budget: &Budget) -> Solved {
    let team = Team::new(problem);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut plan = plan_of(&team, before);
    let mut pool: Pool = plan.tours.iter().map(|column| column.iter().cloned().collect()).collect();
    let rounds = LEAST_ROUNDS + (budget.effort() as f64 * ROUNDS_PER_EFFORT).ceil() as u64;
    let bound = price_out(&team, &mut pool, rounds, plan.cost(), &budget.keeping(0.3)).max(before.bound.get());
    if let Some(mut chosen) = choose_together(&team, &plan, &pool, budget) {
        best_responses(&team, &mut chosen, &mut random, budget);
        plan = if chosen.cost() < plan.cost() { chosen } else { plan };
        plan = ruin_and_recreate(&team, plan, &mut random, budget, ROUNDS_OF_SEARCH, bound);
    }
    Solved::new(&team, &plan, bound)
}

/// The tours of a roster beside a demand that may differ.
fn plan_of<'a>(team: &Team<'a>, roster: &Solved) -> Plan<'a> {
    let mut plan = Plan::empty(team);
    for (person, tour) in roster.tours.iter().enumerate() {
        if let Some(column) = tour.clone().and_then(|tour| team.column(person, tour)) {
            plan.insert(team, person, column);
        }
    }
    plan
}

/// The integer program over everybody's tours, from the plan at hand; not in large teams.
fn choose_together<'a>(team: &Team<'a>, plan: &Plan<'a>, pool: &Pool, budget: &Budget) -> Option<Plan<'a>> {
    if team.people() > MOST_CHOOSERS || budget.is_spent() {
        return None;
    }
    let with_current_first = |(columns, now): (&Vec<Column>, &Option<Column>)| -> Option<Vec<Column>> {
        let now = now.as_ref()?;
        let others = columns.iter().rev().filter(|column| column.tour != now.tour).take(POOL_MOST);
        Some(std::iter::once(now).chain(others).cloned().collect())
    };
    let choices: Pool = pool.iter().zip(&plan.tours).map(with_current_first).collect::<Option<_>>()?;
    let nodes = i32::try_from(budget.effort().saturating_mul(NODES_PER_EFFORT)).unwrap_or(i32::MAX);
    let chosen = choose(team, &choices, nodes, budget.time_left())?;
    Some(Plan::of(team, choices.into_iter().zip(chosen).map(|(mut columns, chosen)| columns.swap_remove(chosen))))
}
