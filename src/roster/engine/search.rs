//! Search strategy: construct, price, construct again towards the prices; then move single people or regroup several.

use super::choice::{Patience, choose};
use super::column::Column;
use super::improve::{best_responses, construct, construct_towards, insert_missing, is_close_enough, regroup_all, ruin_and_recreate};
use super::model::Model;
use super::solution::Solution;
use crate::budget::{Budget, Progress};
use crate::roster::engine::proof::bound::{Priced, price_out};
use crate::roster::engine::proof::dive::dive;
use crate::roster::engine::proof::master::{Group, Master, groups};
use crate::roster::engine::proof::volume::{Goal, LEAST_STEPS, Steps, improve_prices};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Maximum number of steps of the volume algorithm, and the share of the time reserved for what follows.
const STEPS: u64 = 1500;
const KEPT_FROM_PRICING: f64 = 0.4;
/// Rosters constructed towards the prices, of which the best is kept; a draft of many people constructs one.
const TRIES: usize = 4;
const MANY_PEOPLE: usize = 500;
/// Dives before branch and bound chooses among all tours found, the tours per person it chooses from, the share of the time reserved
/// for it, and its seconds, doubled at each attempt.
const DIVES: usize = 30;
const MOST_TOURS: usize = 200;
const KEPT_FROM_DIVES: f64 = 0.8;
const FIRST_SECONDS: f64 = 3.0;
/// Nodes of that choice without a time limit, doubled likewise.
const FIRST_NODES: i32 = 500;
/// Moves per unit of effort where nothing else ends the search.
const MOVES_PER_EFFORT: u64 = 1000;
/// Maximum number of groups of identical people for which the linear program over tours tightens the bound.
const MOST_PROGRAMMED: usize = 80;
/// Person-days searched in about half a second, over all steps: granted however short the budget; and the maximum number of such steps.
const QUICK_PERSON_DAYS: usize = 100_000;
const MOST_QUICK_STEPS: u64 = 150;
/// Weight in the volume algorithm's average below which tours stay out of the program.
const LEAST_WEIGHT: f64 = 0.01;

/// Best solution that the budget finds, with a lower bound.
pub(in crate::roster) fn search<'a>(model: &'a Model, seed: u64, budget: &Budget) -> (Solution<'a>, f64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (solution, groups, goal) = insert(model, STEPS, TRIES, &mut random, budget);
    if model.fills_single_rows() {
        return exchange(model, solution, &groups, &goal, &mut random, budget);
    }
    let solution = ruin_and_recreate(model, solution, &mut random, budget, MOVES_PER_EFFORT.saturating_mul(budget.effort()), goal.bound);
    (solution, goal.bound)
}

/// Good solution after `steps` price steps and `moves` of a few people at a time.
pub(in crate::roster) fn draft<'a>(model: &'a Model, steps: u64, moves: u64, seed: u64, budget: &Budget) -> Solution<'a> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let tries = if model.people.len() > MANY_PEOPLE { 1 } else { TRIES };
    let (solution, _, goal) = insert(model, steps, tries, &mut random, budget);
    ruin_and_recreate(model, solution, &mut random, budget, moves, goal.bound)
}

/// Repaired solution: missing people inserted, single people moved until nobody gains, then `moves` of a few people at a time.
pub(in crate::roster) fn mend<'a>(model: &'a Model, mut solution: Solution<'a>, moves: u64, seed: u64, budget: &Budget) -> Solution<'a> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    insert_missing(model, &mut solution, &mut random);
    best_responses(model, &mut solution, &mut random, budget);
    ruin_and_recreate(model, solution, &mut random, &budget.silent(), moves, f64::NEG_INFINITY)
}

/// Lower bound after `most` price steps. If the budget ends before, a few steps are made all the same where they are quick; a bound from
/// fewer steps, at prices hardly improved, is not given.
pub(in crate::roster) fn prove(model: &Model, solution: &Solution, most: u64, budget: &Budget) -> Option<f64> {
    let groups = groups(model);
    let quick = ((QUICK_PERSON_DAYS / (groups.len() * model.days).max(1)) as u64).min(MOST_QUICK_STEPS);
    let steps = Steps { most, least: if quick >= LEAST_STEPS { quick } else { 0 } };
    let goal = improve_prices(model, &groups, first_prices(model, solution), solution.cost(), steps, &budget.keeping(KEPT_FROM_PRICING));
    if !goal.is_looked_at {
        return None;
    }
    if groups.len() > MOST_PROGRAMMED || budget.is_spent() {
        return Some(goal.bound);
    }
    let mut master = program(model, solution, groups.clone(), &groups, &goal);
    Some(price_out(model, &mut master, most, solution.cost(), budget).bound.max(goal.bound))
}

/// Solution constructed at once, then anew near the prices of a bound: the best of several.
fn insert<'a>(model: &'a Model, steps: u64, tries: usize, random: &mut impl Rng, budget: &Budget) -> (Solution<'a>, Vec<Group>, Goal) {
    let mut solution = construct(model, random);
    best_responses(model, &mut solution, random, budget);
    let groups = groups(model);
    let start = first_prices(model, &solution);
    let steps = Steps { most: steps, least: 0 };
    let goal = improve_prices(model, &groups, start, solution.cost(), steps, &budget.keeping(KEPT_FROM_PRICING));
    for _ in 0..tries {
        if is_close_enough(solution.cost(), goal.bound) || budget.is_spent() {
            break;
        }
        let mut other = construct_towards(model, &goal, random);
        best_responses(model, &mut other, random, budget);
        solution = cheaper(solution, other);
    }
    (solution, groups, goal)
}

/// Search where each duty fills one row: dives into the linear program, a choice among all tours found, regrouping of ever more people;
/// and, when that gains no more, again from other dives until the budget is spent.
fn exchange<'a>(
    model: &'a Model,
    mut solution: Solution<'a>,
    groups: &[Group],
    goal: &Goal,
    random: &mut impl Rng,
    budget: &Budget,
) -> (Solution<'a>, f64) {
    let everybody = (0..model.people.len()).map(|person| Group { members: vec![person] }).collect();
    let mut master = program(model, &solution, everybody, groups, goal);
    let Priced { bound, prices: proof } = price_out(model, &mut master, 200, solution.cost(), &budget.keeping(0.5));
    let bound = bound.max(goal.bound);
    for attempt in 0..budget.effort() {
        if is_close_enough(solution.cost(), bound) || budget.is_spent() {
            break;
        }
        let begun = match best_of_dives(model, &mut master, bound, random, &budget.keeping(KEPT_FROM_DIVES)) {
            Some(dived) if attempt > 0 => dived,
            // the first attempt, or no dive was completed: continue from the best so far
            dived => dived.into_iter().fold(solution.clone(), cheaper),
        };
        let patience = Patience::of_attempt(attempt, budget);
        let mut other = if budget.is_spent() { begun } else { choose_among_found(model, &master, begun, &proof, bound, patience) };
        let heard = if attempt == 0 { *budget } else { budget.silent() };
        regroup_all(model, &mut other, random, &heard, bound);
        solution = cheaper(solution, other);
        budget.report(Progress::Roster { cost: solution.cost(), bound });
    }
    (solution, bound)
}

/// Best of several dives; `None` if the budget ends before the first does.
fn best_of_dives<'a>(model: &'a Model, master: &mut Master, bound: f64, random: &mut impl Rng, budget: &Budget) -> Option<Solution<'a>> {
    let mut best: Option<Solution> = None;
    for _ in 0..DIVES {
        let Some(mut dived) = dive(model, master, random, budget) else { break };
        best_responses(model, &mut dived, random, budget);
        let cheapest = best.into_iter().fold(dived, cheaper);
        if is_close_enough(cheapest.cost(), bound) {
            return Some(cheapest);
        }
        best = Some(cheapest);
    }
    best
}

impl Patience {
    /// Limit that doubles at each attempt.
    fn of_attempt(attempt: u64, budget: &Budget) -> Self {
        let doubled = attempt.min(20) as i32;
        Self::of(budget, FIRST_SECONDS * 2_f64.powi(doubled), FIRST_NODES.saturating_mul(1 << doubled))
    }
}

/// Best choice of branch and bound among the tours found, unless the current solution is as cheap.
fn choose_among_found<'a>(
    model: &'a Model,
    master: &Master,
    solution: Solution<'a>,
    proof: &[Vec<f64>],
    bound: f64,
    patience: Patience,
) -> Solution<'a> {
    let Some(now) = solution.columns.iter().cloned().collect::<Option<Vec<Column>>>() else { return solution };
    if is_close_enough(solution.cost(), bound) {
        return solution;
    }
    let pool = master.promising(proof, &now, solution.cost() - bound, MOST_TOURS);
    choose(model, pool, patience).found().map(|chosen| Solution::of(model, chosen)).into_iter().fold(solution, cheaper)
}

/// Linear program over groups, each a part of one of the goal's, with the tours found so far.
fn program<'a>(model: &'a Model, solution: &Solution, groups: Vec<Group>, of_goal: &[Group], goal: &Goal) -> Master<'a> {
    let mut tours_of: Vec<&[(Column, f64)]> = vec![&[]; model.people.len()];
    for (group, tours) in of_goal.iter().zip(&goal.tours) {
        group.members.iter().for_each(|&person| tours_of[person] = tours);
    }
    let mut master = Master::new(model, groups);
    for group in 0..master.groups.len() {
        let members = master.groups[group].members.clone();
        let likely = tours_of[members[0]].iter().filter(|(_, weight)| *weight > LEAST_WEIGHT).map(|(column, _)| column);
        for column in likely.chain(members.iter().filter_map(|&person| solution.columns[person].as_ref())) {
            master.add(group, column.clone());
        }
    }
    master
}

fn cheaper<'a>(one: Solution<'a>, other: Solution<'a>) -> Solution<'a> {
    if other.cost() < one.cost() { other } else { one }
}

/// Initial prices: the average cost of an agent, in every row.
fn first_prices(model: &Model, solution: &Solution) -> Vec<Vec<f64>> {
    vec![vec![cost_of_an_agent(model, solution); model.rows()]; model.queues]
}

/// Average cost of an agent in a row.
fn cost_of_an_agent(model: &Model, solution: &Solution) -> f64 {
    let mut present = 0.0;
    for (person, column) in solution.columns.iter().enumerate() {
        column.iter().for_each(|column| model.presence(person, &column.tour, |_, agents| present += agents));
    }
    ((solution.own_cost() - model.fixed_cost) / f64::max(present, 1.0)).max(0.0)
}
