//! What no roster can undercut, and the tours worth having on the way there: column generation.
//!
//! For any prices ρ ≥ 0 of an agent in each queue and interval, Σ over people of the cheapest legal tour at those prices plus
//! the cheapest shortage is a lower bound (Lagrangian relaxation of the demand rows); the search for tours is exact, so the
//! bound is proven. Prices come from the linear relaxation over the tours found so far, smoothed towards the best prices yet
//! (Wentges 1997, International Transactions in Operational Research 4).

use super::master::{Pool, Relaxation, relax};
use super::team::{Column, Team};
use crate::budget::{Budget, Progress};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Stop when bound and relaxation differ by less than this share.
const CLOSE_ENOUGH: f64 = 2e-4;
/// The weight of the best prices so far.
const SMOOTHING: f64 = 0.6;

/// Adds tours to a pool until its relaxation is nearly optimal; gives the proven bound.
pub(super) fn price_out(team: &Team, pool: &mut Pool, rounds: u64, best_cost: f64, budget: &Budget) -> f64 {
    let mut best = f64::NEG_INFINITY;
    let mut best_worth: Option<Vec<Vec<f64>>> = None;
    let mut known: Vec<BTreeSet<super::tour::Tour>> =
        pool.iter().map(|columns| columns.iter().map(|column| column.tour.clone()).collect()).collect();
    for round in 0..rounds {
        // one round in any case: a roster without a bound proves nothing
        if round > 0 && budget.is_spent() {
            break;
        }
        let Some(Relaxation { cost, worth }) = relax(team, pool) else { break };
        let smoothed = best_worth.as_ref().map_or_else(|| worth.clone(), |best| mix(best, &worth, SMOOTHING));
        let mut fresh = 0;
        for worth in [&smoothed, &worth] {
            let (bound, columns) = lagrangian(team, worth);
            for (person, column) in columns.into_iter().enumerate() {
                if let Some(column) = column.filter(|column| known[person].insert(column.tour.clone())) {
                    pool[person].push(column);
                    fresh += 1;
                }
            }
            if bound > best {
                best = bound;
                best_worth = Some(worth.clone());
            }
        }
        budget.report(Progress::Roster { cost: best_cost, bound: best });
        if fresh == 0 || cost - best < CLOSE_ENOUGH * cost {
            break;
        }
    }
    best
}

/// The bound at given prices and each person's cheapest tour there.
fn lagrangian(team: &Team, worth: &[Vec<f64>]) -> (f64, Vec<Option<Column>>) {
    let problem = team.problem;
    let slots = problem.grid.len();
    let hours = problem.grid.interval().hours();
    let of_set: Vec<Vec<f64>> = team
        .sets
        .iter()
        .map(|set| {
            (0..slots)
                .map(|slot| (0..worth.len()).filter(|queue| set >> queue & 1 == 1).map(|queue| worth[queue][slot]).fold(0.0, f64::max))
                .collect()
        })
        .collect();
    let people: Vec<(Option<Column>, f64)> = (0..team.people())
        .into_par_iter()
        .map(|person| {
            let presence_worth: Vec<f64> = of_set[team.set_of[person]].iter().map(|worth| worth * team.strength(person)).collect();
            team.best_tour(person, &presence_worth).map_or((None, 0.0), |(column, reduced)| (Some(column), reduced))
        })
        .collect();
    let mut bound: f64 = people.iter().map(|(_, reduced)| reduced).sum();
    for (queue, worth) in worth.iter().enumerate() {
        for (slot, &worth) in worth.iter().enumerate() {
            // filled at this worth, or left unfilled at its price, whichever is cheaper
            bound += problem.steps(queue, slot).into_iter().map(|(width, price)| (price * hours).min(worth) * width).sum::<f64>();
        }
    }
    (bound - problem.forgiven(), people.into_iter().map(|(column, _)| column).collect())
}

fn mix(old: &[Vec<f64>], new: &[Vec<f64>], weight: f64) -> Vec<Vec<f64>> {
    let blend = |(old, new): (&Vec<f64>, &Vec<f64>)| old.iter().zip(new).map(|(old, new)| weight * old + (1.0 - weight) * new).collect();
    old.iter().zip(new).map(blend).collect()
}
