//! Demand and supply of one row.

use std::sync::OnceLock;

/// A penalty step of a row: agents of a queue at a price each; that of agents beyond the requirement may be negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::roster) struct PenaltyStep {
    pub(in crate::roster) queue: usize,
    pub(in crate::roster) width: f64,
    pub(in crate::roster) price: f64,
}

/// Agents below this number count as none.
pub(super) const NOBODY: f64 = 1e-9;

/// Supply of a row with several queues.
#[derive(Debug)]
pub(super) struct Row {
    /// Agents in each queue, then for each skill set its idle agents and those in each queue.
    pub(super) at: Box<[f64]>,
    /// Savings from more agents of each skill set, computed on demand.
    pub(super) gains: Box<[OnceLock<Gains>]>,
}

/// Amounts of agents with the saving per unit, most valuable first.
pub(super) type Gains = Box<[(f64, f64)]>;

/// Agents up to which gains are cached: one person, or a little more.
pub(super) const REACH: f64 = 1.5;

impl Clone for Row {
    fn clone(&self) -> Self {
        Self::of(self.at.clone(), self.gains.len())
    }
}

impl Row {
    pub(super) fn of(at: Box<[f64]>, sets: usize) -> Self {
        Self { at, gains: (0..sets).map(|_| OnceLock::new()).collect() }
    }
}

/// Saving from `amount` agents.
pub(super) fn gain_of(gains: &[(f64, f64)], mut amount: f64) -> f64 {
    let mut sum = 0.0;
    for &(pushed, price) in gains {
        sum += amount.min(pushed) * price;
        amount -= pushed;
        if amount <= 0.0 {
            break;
        }
    }
    sum
}

/// Penalty saved by going from one number of agents to another; negative for fewer.
pub(super) fn gain(steps: &[PenaltyStep], from: f64, to: f64) -> f64 {
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    let (mut sum, mut passed) = (0.0, 0.0);
    for step in steps {
        let taken = high.min(passed + step.width) - low.max(passed);
        sum += if taken > 0.0 { taken * step.price } else { 0.0 };
        passed += step.width;
        if passed >= high {
            break;
        }
    }
    if from < to { sum } else { -sum }
}
