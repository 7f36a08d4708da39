//! What a row of demand lacks, and who is there.

use std::sync::OnceLock;

/// One step of what a row lacks: agents of a queue, each at a price; the price of one more than is wanted may be below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::roster) struct PenaltyStep {
    pub(in crate::roster) queue: usize,
    pub(in crate::roster) width: f64,
    pub(in crate::roster) price: f64,
}

/// Less than this many agents is nobody.
pub(super) const NOBODY: f64 = 1e-9;

/// A row of several queues.
#[derive(Debug)]
pub(super) struct Row {
    /// What is in each queue, then for each skill set who is idle and who is in each queue.
    pub(super) at: Box<[f64]>,
    /// What more people of each skill set would save, once somebody has asked.
    pub(super) gains: Box<[OnceLock<Gains>]>,
}

/// Strength that would come, and what a unit of it would save, the dearest first.
pub(super) type Gains = Box<[(f64, f64)]>;

/// Strength up to which gains are kept: of one person, or a little more.
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

/// What an amount of the strength that would come saves.
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

/// What steps are worth between two numbers of agents.
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
