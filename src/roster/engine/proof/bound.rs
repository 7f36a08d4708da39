//! Lower bound by column generation, with useful tours as a by-product.
//!
//! For any prices of an agent in each queue and row, Σ over people of the cheapest legal tour at those prices plus the cheapest shortage is
//! a lower bound (Lagrangian relaxation of the demand rows); the search for tours is exact, so the bound is proven. Prices come from the
//! linear program over the tours found so far, smoothed towards the best prices yet (Wentges 1997, International Transactions in
//! Operational Research 4).

use super::master::{Group, Master};
use crate::budget::{Budget, Progress};
use crate::roster::engine::bench::Bench;
use crate::roster::engine::column::Column;
use crate::roster::engine::model::Model;
use rayon::prelude::*;

/// Relative gap between bound and relaxation at which column generation stops.
const CLOSE_ENOUGH: f64 = 2e-4;
/// Weight of the best prices so far.
const SMOOTHING: f64 = 0.6;

/// Result of column generation.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Priced {
    /// Cost that no roster undercuts.
    pub(in crate::roster) bound: f64,
    /// Prices that prove it.
    pub(in crate::roster) prices: Vec<Vec<f64>>,
}

/// Adds tours to the program until its relaxation is nearly optimal.
pub(in crate::roster) fn price_out(model: &Model, master: &mut Master, rounds: u64, best_cost: f64, budget: &Budget) -> Priced {
    let mut best = Priced { bound: f64::NEG_INFINITY, prices: vec![vec![0.0; model.rows()]; model.queues] };
    let bench = Bench::new(model);
    for round in 0..rounds {
        if round > 0 && budget.is_spent() {
            break;
        }
        let Some(relaxed) = master.relax(budget).found() else { break };
        let mut smoothed = if best.bound.is_finite() { best.prices.clone() } else { relaxed.prices.clone() };
        blend(&mut smoothed, &relaxed.prices, 1.0 - SMOOTHING);
        let mut fresh = 0;
        for prices in [smoothed, relaxed.prices.clone()] {
            let (bound, columns) = lagrangian(model, &bench, &master.groups, &prices);
            fresh += master.add_each(columns);
            if bound > best.bound {
                (best.bound, best.prices) = (bound, prices);
            }
            if fresh > 0 && round > 0 {
                break;
            }
        }
        budget.report(Progress::Roster { cost: best_cost, bound: best.bound });
        if fresh == 0 || relaxed.cost - best.bound < CLOSE_ENOUGH * relaxed.cost {
            break;
        }
    }
    best
}

/// Lagrangian bound at given prices, and each group's cheapest tour there.
pub(in crate::roster) fn lagrangian(model: &Model, bench: &Bench, groups: &[Group], prices: &[Vec<f64>]) -> (f64, Vec<Option<Column>>) {
    let mut prices = prices.to_vec();
    model.within_steps(&mut prices);
    let of_sets = model.prices_of_sets(&prices);
    let best_of = |group: &Group| {
        let person = group.members[0];
        let found = bench.with_memory(|scratch| model.best_at_prices(person, &of_sets[model.people[person].set], scratch));
        found.map_or((None, 0.0), |(column, price)| (Some(column), price * group.members.len() as f64))
    };
    let found: Vec<(Option<Column>, f64)> = groups.par_iter().map(best_of).collect();
    let mut bound: f64 = model.fixed_cost + found.iter().map(|(_, price)| price).sum::<f64>();
    for (row, steps) in model.demand.iter().enumerate() {
        // each step is filled at this price or left unfilled at its own, whichever is cheaper; a surplus costs at least that
        bound += steps.iter().filter(|step| step.price > 0.0).map(|step| step.price.min(prices[step.queue][row]) * step.width).sum::<f64>();
    }
    (bound, found.into_iter().map(|(column, _)| column).collect())
}

/// Moves each number towards a new one by a weight.
pub(in crate::roster::engine) fn blend(mean: &mut [Vec<f64>], new: &[Vec<f64>], weight: f64) {
    for (mean, new) in mean.iter_mut().flatten().zip(new.iter().flatten()) {
        *mean += weight * (new - *mean);
    }
}
