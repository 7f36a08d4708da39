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

/// Column generation rounds at any effort: fewer leave the bound far below what the problem allows.
const LEAST_ROUNDS: u64 = 20;
/// Further column generation rounds for one unit of effort.
const ROUNDS_PER_EFFORT: f64 = 0.4;
/// Branch-and-bound nodes for one unit of effort.
const NODES_PER_EFFORT: u64 = 20;
/// The largest team whose tours the integer program chooses.
const MOST_CHOOSERS: usize = 12;
/// Tours of each person the integer program chooses from, the most recent ones.
const POOL_MOST: usize = 60;

/// Rosters everybody at the least cost that the budget finds. Under-staffing is priced, so there is always a roster; it is
/// legal from the first insertion on. The same problem, seed, effort and no time limit give the same roster.
///
/// One unit of effort is a hundred rounds of local search before and after the bound is proven, and up to half a round of column
/// generation; in small teams also twenty nodes of the integer program.
#[must_use]
pub fn solve(problem: &RosterProblem, seed: u64, budget: &Budget) -> Solved {
    let team = Team::new(problem);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut plan = construct(&team, &mut random);
    best_responses(&team, &mut plan, &mut random, budget);
    let mut pool = pool_of(&plan);
    let (first_search, proof) = (budget.keeping(0.6), budget.keeping(0.3));
    plan =
        ruin_and_recreate(&team, plan, &mut random, &first_search, f64::NEG_INFINITY, |person, column| remember(&mut pool, person, column));
    let rounds = LEAST_ROUNDS + (budget.effort() as f64 * ROUNDS_PER_EFFORT).ceil() as u64;
    let bound = price_out(&team, &mut pool, rounds, plan.cost(), &proof);
    if let Some(mut chosen) = choose_together(&team, &plan, &pool, budget) {
        best_responses(&team, &mut chosen, &mut random, budget);
        plan = if chosen.cost() < plan.cost() { chosen } else { plan };
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

/// The integer program over everybody's tours, from the plan at hand. In larger teams than [`MOST_CHOOSERS`] its nodes find
/// less in a minute than local search in a second, so it is left out there.
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
