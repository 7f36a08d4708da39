//! A legal roster at once, a better one with every step.
//!
//! People are inserted one by one at the exact marginal price of the desk; then each in turn answers anew to all others (best
//! response); then a few at a time are taken out and put back (ruin and recreate: Schrimpf et al. 2000, Journal of Computational
//! Physics 159), and what is no worse than a slowly falling temperature allows is kept.

use super::team::{Column, Plan, Team};
use crate::budget::{Budget, Progress};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

/// Everybody inserted in random order.
pub(super) fn construct<'a>(team: &Team<'a>, random: &mut impl Rng) -> Plan<'a> {
    let mut plan = Plan::empty(team);
    let mut order: Vec<usize> = (0..team.people()).collect();
    order.shuffle(random);
    for person in order {
        if let Some(column) = plan.best_response(team, person) {
            plan.insert(team, person, column);
        }
    }
    plan
}

/// Passes over everybody until one gains less than this share of the cost.
const LEAST_GAIN: f64 = 1e-5;
const MOST_PASSES: usize = 30;

/// Each person in turn takes the tour that is best beside all others', until nobody gains.
pub(super) fn best_responses(team: &Team, plan: &mut Plan, random: &mut impl Rng, budget: &Budget) {
    let mut order: Vec<usize> = (0..team.people()).collect();
    for _ in 0..MOST_PASSES {
        let before = plan.cost();
        order.shuffle(random);
        for &person in &order {
            if budget.is_spent() {
                return;
            }
            replace_if_better(team, plan, person);
        }
        if before - plan.cost() < LEAST_GAIN * before {
            return;
        }
    }
}

fn replace_if_better(team: &Team, plan: &mut Plan, person: usize) {
    let before = plan.cost();
    let Some(old) = plan.remove(team, person) else { return };
    if let Some(new) = plan.best_response(team, person) {
        plan.insert(team, person, new);
        if plan.cost() <= before {
            return;
        }
        plan.remove(team, person);
    }
    plan.insert(team, person, old);
}

/// The first temperature as a share of the cost; it falls to a hundredth of that.
const FIRST_TEMPERATURE: f64 = 6e-4;

/// Takes out a few people at a time and puts them back.
pub(super) fn ruin_and_recreate<'a>(
    team: &Team<'a>,
    start: Plan<'a>,
    random: &mut impl Rng,
    budget: &Budget,
    rounds_per_effort: u64,
    bound: f64,
) -> Plan<'a> {
    let rounds = budget.effort().saturating_mul(rounds_per_effort);
    let mut best = start.clone();
    let mut current = start;
    let (mut best_cost, mut cost) = (best.cost(), best.cost());
    for round in 0..rounds {
        if budget.is_spent() {
            break;
        }
        let cooled = 0.01_f64.powf(round as f64 / rounds as f64);
        let temperature = FIRST_TEMPERATURE * best_cost * cooled;
        let taken: Vec<(usize, Column)> =
            few_people(team, random).into_iter().filter_map(|person| Some((person, current.remove(team, person)?))).collect();
        for (person, old) in &taken {
            let new = current.best_response(team, *person).unwrap_or_else(|| old.clone());
            current.insert(team, *person, new);
        }
        let tried = current.cost();
        let luck: f64 = random.random();
        if tried <= cost || luck < ((cost - tried) / temperature.max(f64::MIN_POSITIVE)).exp() {
            cost = tried;
            if cost < best_cost - 1e-9 {
                best_cost = cost;
                best = current.clone();
                budget.report(Progress::Roster { cost: best_cost, bound });
            }
        } else {
            taken.iter().for_each(|(person, _)| {
                current.remove(team, *person);
            });
            taken.into_iter().for_each(|(person, old)| current.insert(team, person, old));
        }
    }
    best
}

/// Two to four people, the first at random, the others preferably with a skill in common.
fn few_people(team: &Team, random: &mut impl Rng) -> Vec<usize> {
    let everybody = team.people();
    if everybody < 2 {
        return (0..everybody).collect();
    }
    let first = random.random_range(0..everybody);
    let alike = |person: &usize| *person != first && team.sets[team.set_of[*person]] & team.sets[team.set_of[first]] != 0;
    let mut others: Vec<usize> = (0..everybody).filter(alike).collect();
    others.shuffle(random);
    others.truncate(random.random_range(1..=3));
    others.push(first);
    others.shuffle(random);
    others
}
