//! From problem to roster: insert, improve, prove, choose.

use super::bound::price_out;
use super::improve::{best_responses, construct, ruin_and_recreate};
use super::master::{Pool, choose};
use super::problem::RosterProblem;
use super::result::{Roster, Solved};
use super::team::{Column, Plan, Team};
use crate::budget::Budget;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Column generation rounds for one unit of effort.
const ROUNDS_PER_EFFORT: f64 = 0.4;
/// Branch-and-bound nodes for one unit of effort.
const NODES_PER_EFFORT: u64 = 1;
/// Tours of each person the integer program chooses from, the most recent ones.
const POOL_MOST: usize = 60;

/// Rosters everybody at the least cost that the budget finds. Under-staffing is priced, so there is always a roster; it is
/// legal from the first insertion on. The same problem, seed, effort and no time limit give the same roster.
///
/// One unit of effort is about twelve rounds of local search, half a round of column generation and one node of the integer
/// program.
#[must_use]
pub fn solve(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let team = Team::new(problem);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut plan = construct(&team, &mut random);
    best_responses(&team, &mut plan, &mut random, budget);
    let mut pool = pool_of(&plan);
    plan = ruin_and_recreate(&team, plan, &mut random, budget, f64::NEG_INFINITY, |person, column| remember(&mut pool, person, column));
    let rounds = (budget.effort() as f64 * ROUNDS_PER_EFFORT).ceil() as u64;
    let bound = price_out(&team, &mut pool, rounds, plan.cost(), budget);
    if let Some(chosen) = choose_from(&team, &plan, &pool, budget) {
        let mut other = Plan::of(&team, chosen);
        best_responses(&team, &mut other, &mut random, budget);
        if other.cost() < plan.cost() {
            plan = other;
        }
    }
    let plan = ruin_and_recreate(&team, plan, &mut random, budget, bound, |_, _| ());
    Solved::new(problem, Roster::of_plan(&team, &plan), plan.cost(), bound.min(plan.cost()))
}

fn pool_of(plan: &Plan) -> Pool {
    plan.tours.iter().map(|column| column.iter().cloned().collect()).collect()
}

fn remember(pool: &mut Pool, person: usize, column: &Column) {
    if pool[person].len() < POOL_MOST / 2 && pool[person].iter().all(|known| known.tour != column.tour) {
        pool[person].push(column.clone());
    }
}

/// The best choice of one tour each out of the pool, by the integer program, starting from the plan at hand.
fn choose_from(team: &Team, plan: &Plan, pool: &Pool, budget: &Budget) -> Option<Vec<Column>> {
    let pool: Pool = pool
        .iter()
        .zip(&plan.tours)
        .map(|(columns, current)| {
            let recent =
                columns.iter().rev().filter(|column| Some(&column.tour) != current.as_ref().map(|current| &current.tour)).take(POOL_MOST);
            current.iter().chain(recent).cloned().collect()
        })
        .collect();
    if pool.iter().any(Vec::is_empty) || budget.is_spent() {
        return None;
    }
    let nodes = i32::try_from(budget.effort() * NODES_PER_EFFORT).unwrap_or(i32::MAX);
    let time = budget.time_left().map(|left| left / 2);
    let chosen = choose(team, &pool, &vec![0; pool.len()], nodes, time)?;
    Some(pool.into_iter().zip(chosen).map(|(mut columns, chosen)| columns.swap_remove(chosen)).collect())
}
