//! From model to roster: insert at once; price; insert towards the prices; then move many people singly, or few people together.

use super::bound::{Priced, price_out};
use super::dive::dive;
use super::improve::{best_responses, construct, construct_towards, regroup_all, ruin_and_recreate};
use super::master::{Group, Master, choose, groups};
use super::volume::{Goal, improve_prices};
use super::{Column, Lineup, Model};
use crate::budget::Budget;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Steps of the volume algorithm, at most, and the share of the time that is kept from it.
const STEPS: u64 = 1500;
const KEPT_FROM_PRICING: f64 = 0.75;
/// Rosters inserted towards the prices, of which the best goes on.
const TRIES: usize = 4;
/// Dives before branch and bound chooses among all tours they found, for so many seconds, from so many tours of each person.
const DIVES: usize = 10;
const MOST_SECONDS: f64 = 3.0;
const MOST_TOURS: usize = 200;
/// Tours that weigh less in the average of the volume algorithm stay out of the program.
const LEAST_WEIGHT: f64 = 0.01;

/// The best tours for everybody that the budget finds, and what no tours can undercut.
pub(in crate::roster) fn search<'a>(model: &'a Model, seed: u64, budget: &Budget) -> (Lineup<'a>, f64) {
    let lineup = draft(model, 0, seed, budget);
    finish(model, lineup, STEPS, u64::MAX, seed, budget)
}

/// Everybody inserted and moved singly, then so many moves of a few people at a time.
pub(in crate::roster) fn draft<'a>(model: &'a Model, moves: u64, seed: u64, budget: &Budget) -> Lineup<'a> {
    let lineup = construct(model, &mut ChaCha8Rng::seed_from_u64(seed));
    refine(model, lineup, moves, seed, budget)
}

/// Everybody moved singly, then so many moves of a few people at a time.
pub(in crate::roster) fn refine<'a>(model: &'a Model, mut lineup: Lineup<'a>, moves: u64, seed: u64, budget: &Budget) -> Lineup<'a> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    best_responses(model, &mut lineup, &mut random, budget);
    if moves == 0 { lineup } else { ruin_and_recreate(model, lineup, &mut random, budget, moves, f64::NEG_INFINITY) }
}

/// Proves a bound within so many steps towards better prices; inserts everybody anew towards them; then makes so many moves from the
/// best roster.
pub(in crate::roster) fn finish<'a>(
    model: &'a Model,
    mut lineup: Lineup<'a>,
    steps: u64,
    moves: u64,
    seed: u64,
    budget: &Budget,
) -> (Lineup<'a>, f64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let groups = groups(model);
    let start = vec![vec![cost_of_presence(model, &lineup); model.rows()]; model.queues];
    let goal = improve_prices(model, &groups, start, lineup.cost(), steps, &budget.keeping(KEPT_FROM_PRICING));
    for _ in 0..TRIES {
        let mut other = construct_towards(model, &goal, &mut random);
        best_responses(model, &mut other, &mut random, budget);
        lineup = cheaper(lineup, other);
    }
    if model.fills_single_rows() {
        return exchange(model, lineup, &groups, &goal, &mut random, budget);
    }
    let lineup = ruin_and_recreate(model, lineup, &mut random, budget, moves, goal.bound);
    (lineup, goal.bound)
}

/// Where each duty fills one row: dives into the linear program, then exchanges among ever more people.
fn exchange<'a>(
    model: &'a Model,
    mut lineup: Lineup<'a>,
    groups: &[Group],
    goal: &Goal,
    random: &mut impl Rng,
    budget: &Budget,
) -> (Lineup<'a>, f64) {
    let mut master = program(model, &lineup, groups, goal);
    let Priced { bound, prices: proof } = price_out(model, &mut master, 200, lineup.cost(), &budget.keeping(0.5));
    let bound = bound.max(goal.bound);
    for _ in 0..DIVES {
        let Some(mut other) = dive(model, &mut master, random, budget) else { break };
        best_responses(model, &mut other, random, budget);
        lineup = cheaper(lineup, other);
    }
    let now: Vec<Column> = lineup.columns.iter().flatten().cloned().collect();
    if now.len() == model.people.len() && !budget.is_spent() && lineup.cost() > bound {
        let pool = master.promising(&proof, &now, lineup.cost() - bound, MOST_TOURS);
        let seconds = budget.time_left().map_or(MOST_SECONDS, |left| left.as_secs_f64().min(MOST_SECONDS));
        if let Some(chosen) = choose(model, &master.groups, pool, seconds) {
            lineup = cheaper(lineup, Lineup::of(model, chosen));
        }
    }
    regroup_all(model, &mut lineup, random, budget, bound);
    (lineup, bound)
}

/// The linear program with the tours found so far, each person by herself.
fn program<'a>(model: &'a Model, lineup: &Lineup, groups: &[Group], goal: &Goal) -> Master<'a> {
    let mut master = Master::of_everybody(model, []);
    for (group, tours) in groups.iter().zip(&goal.tours) {
        for &person in &group.members {
            for (column, _) in tours.iter().filter(|(_, weight)| *weight > LEAST_WEIGHT) {
                master.add(person, column.clone());
            }
        }
    }
    master.add_each(lineup.columns.iter().cloned());
    master
}

fn cheaper<'a>(one: Lineup<'a>, other: Lineup<'a>) -> Lineup<'a> {
    if other.cost() < one.cost() { other } else { one }
}

/// What an agent in a row costs on average: where prices begin.
fn cost_of_presence(model: &Model, lineup: &Lineup) -> f64 {
    let mut present = 0.0;
    for (member, column) in model.people.iter().zip(&lineup.columns) {
        column.iter().for_each(|column| model.presence(&column.tour, |_, share| present += share * member.strength));
    }
    ((lineup.own_cost() - model.fixed_cost) / f64::max(present, 1.0)).max(0.0)
}
