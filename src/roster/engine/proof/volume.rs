//! Fast dual prices: the volume algorithm (Barahona & Anbil 2000, Mathematical Programming 87), a subgradient method whose average of all
//! tours generated approaches a solution of the linear program.
//!
//! Each step raises the price of an agent of a queue in a row where the average coverage falls short and lowers it where there is a
//! surplus, then finds everybody's cheapest tour.

use super::bound::{blend, lagrangian};
use super::master::Group;
use crate::budget::{Budget, Progress};
use crate::roster::engine::bench::Bench;
use crate::roster::engine::column::Column;
use crate::roster::engine::model::Model;
use tracing::info;

/// Target of a search: prices with the bound they prove, and the coverage by the average of all tours.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Goal {
    pub(in crate::roster) bound: f64,
    pub(in crate::roster) prices: Vec<Vec<f64>>,
    /// Average agents of each skill set in each row.
    pub(in crate::roster) staffed: Vec<Vec<f64>>,
    /// Tours in the average of each group, with their weights.
    pub(in crate::roster) tours: Vec<Vec<(Column, f64)>>,
    /// Whether enough steps were made for the bound to be reported.
    pub(in crate::roster) is_looked_at: bool,
}

/// Number of steps: at least `least`, whatever the time limit, unless cancelled; and at most `most`.
#[derive(Clone, Copy, Debug)]
pub(in crate::roster) struct Steps {
    pub(in crate::roster) least: u64,
    pub(in crate::roster) most: u64,
}

/// Steps from which a bound is reported.
pub(in crate::roster) const LEAST_STEPS: u64 = 40;

/// Maximum weight of the newest tours in the average.
const NEWEST: f64 = 0.1;
/// Weight below which tours are dropped from the average.
const FORGOTTEN: f64 = 1e-3;
/// Steps without a better bound after which the step length shrinks.
const PATIENCE: u32 = 10;

/// Improved prices, from a start and the cost of a known roster.
pub(in crate::roster) fn improve_prices(
    model: &Model,
    groups: &[Group],
    start: Vec<Vec<f64>>,
    cost: f64,
    steps: Steps,
    budget: &Budget,
) -> Goal {
    let bench = Bench::new(model);
    let (bound, columns) = lagrangian(model, &bench, groups, &start);
    let staffed = self::staffed(model, groups, &columns);
    let mut mean = excess(model, &start, &staffed);
    let tours = columns.into_iter().map(|column| column.into_iter().map(|column| (column, 1.0)).collect()).collect();
    let mut best = Goal { bound, prices: start, staffed, tours, is_looked_at: true };
    let (mut length, mut worse): (f64, u32) = (0.1, 0);
    let mut made = 0;
    for step in 0..steps.most {
        if (step >= steps.least || budget.is_cancelled()) && budget.is_spent() {
            best.is_looked_at = step >= LEAST_STEPS;
            break;
        }
        let norm = product(&mean, &mean);
        if norm < 1e-12 || length < 1e-4 {
            break;
        }
        let towards = (best.bound + 0.05 * best.bound.abs()).min(cost);
        let scale = length * (towards - best.bound).max(1e-3 * cost.abs()) / norm;
        let prices = moved(model, &best.prices, &mean, scale);
        let (bound, columns) = lagrangian(model, &bench, groups, &prices);
        let staffed = self::staffed(model, groups, &columns);
        let excess = excess(model, &prices, &staffed);
        // the weight that brings the average coverage nearest to the demand
        let (old_new, new) = (product(&mean, &excess), product(&excess, &excess));
        let nearest = (norm - old_new) / (norm - 2.0 * old_new + new).max(1e-12);
        let weight = if nearest > 0.0 { nearest.min(NEWEST.max(1.0 / (step + 2) as f64)) } else { NEWEST / 10.0 };
        made += 1;
        blend(&mut mean, &excess, weight);
        blend(&mut best.staffed, &staffed, weight);
        for (tours, column) in best.tours.iter_mut().zip(columns) {
            average(tours, column, weight);
        }
        if bound > best.bound {
            // longer steps if the average still points in this direction
            length = if old_new > 0.0 { (length * 1.2).min(2.0) } else { length };
            worse = 0;
            (best.bound, best.prices) = (bound, prices);
            budget.report(Progress::Roster { cost, bound });
        } else {
            worse += 1;
            if worse > PATIENCE {
                length *= 0.8;
                worse = 0;
            }
        }
    }
    info!(steps = made, bound = best.bound, ended = budget.ended("steps made or too short to gain"), "volume algorithm");
    best
}

/// Prices after a step of length `scale` against the excess, clamped to the penalty steps.
fn moved(model: &Model, prices: &[Vec<f64>], excess: &[Vec<f64>], scale: f64) -> Vec<Vec<f64>> {
    let row = |(prices, excess): (&Vec<f64>, &Vec<f64>)| prices.iter().zip(excess).map(|(price, excess)| price - scale * excess).collect();
    let mut prices: Vec<Vec<f64>> = prices.iter().zip(excess).map(row).collect();
    model.within_steps(&mut prices);
    prices
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| a * b).sum()
}

fn average(tours: &mut Vec<(Column, f64)>, column: Option<Column>, newest: f64) {
    let Some(column) = column else { return };
    tours.iter_mut().for_each(|(_, weight)| *weight *= 1.0 - newest);
    match tours.iter_mut().find(|(known, _)| known.tour == column.tour) {
        Some((_, weight)) => *weight += newest,
        None => tours.push((column, newest)),
    }
    tours.retain(|(_, weight)| *weight > FORGOTTEN);
}

/// Agents of each skill set in each row when each group takes one tour.
fn staffed(model: &Model, groups: &[Group], columns: &[Option<Column>]) -> Vec<Vec<f64>> {
    let mut staffed = vec![vec![0.0; model.rows()]; model.sets.len()];
    for (group, column) in groups.iter().zip(columns) {
        let (first, alike) = (group.members[0], group.members.len() as f64);
        if let Some(column) = column {
            model.presence(first, &column.tour, |row, agents| staffed[model.people[first].set][row] += agents * alike);
        }
    }
    staffed
}

/// Surplus of agents in each queue and row at given prices, negative for a shortage: people serve the most costly of their queues.
fn excess(model: &Model, prices: &[Vec<f64>], staffed: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut excess: Vec<Vec<f64>> = vec![vec![0.0; model.rows()]; model.queues];
    for (row, steps) in model.demand.iter().enumerate() {
        let wanted = steps.iter().fold(0, |queues, step| queues | 1 << step.queue);
        for step in steps.iter().filter(|step| step.price > 0.0 && step.price > prices[step.queue][row]) {
            excess[step.queue][row] -= step.width;
        }
        for (set, staffed) in model.sets.iter().zip(staffed) {
            if let Some(queue) = model.dearest_queue(set & wanted, row, prices) {
                excess[queue][row] += staffed[row];
            }
        }
    }
    excess
}
