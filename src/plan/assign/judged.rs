//! Service of an assignment against the targets.

use super::worth::Worth;
use crate::plan::{Inputs, QueueRequirement};
use crate::service::{Over, Queue, ServiceTarget};
use crate::simulate::{Attained, Figure};
use std::ops::Range;

/// Service of an assignment against the targets, in shares of contacts: 0.03 is three points below.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Number of queues whose targets hold over the whole horizon.
    pub held: usize,
    /// Largest shortfall of a queue over the whole horizon; 0 where all hold.
    pub largest_shortfall: f64,
    /// Shortfall by queue and period of its target (interval, day or week), 0 where it holds.
    shortfalls: Vec<Vec<f64>>,
    /// Mean shortfall of the periods over all queues, by contacts.
    mean: f64,
}

/// Growth of a period's weight for each share of its contacts that it falls short, and the most in one round.
const LEARNING: f64 = 8.0;
const MOST_GROWTH: f64 = 2.0;

/// Compares simulated service with the targets.
pub(super) fn judge(inputs: &Inputs, requirements: &[QueueRequirement], attained: &[Attained]) -> Judgement {
    let mut judgement = Judgement { held: 0, largest_shortfall: 0.0, shortfalls: Vec::new(), mean: 0.0 };
    let (mut missed, mut all) = (0.0, 0.0);
    for ((of, requirement), attained) in inputs.queues.iter().zip(requirements).zip(attained) {
        let (slots, slots_a_day) = (requirement.need.grid().len(), requirement.need.grid().interval().per_day());
        let whole = shortfall(&of.queue, attained, 0..slots);
        judgement.held += usize::from(whole == 0.0);
        judgement.largest_shortfall = judgement.largest_shortfall.max(whole);
        let length = period_length(&of.queue, slots_a_day);
        let of_period = |first: usize| shortfall(&of.queue, attained, first..(first + length).min(slots));
        let shortfalls: Vec<f64> = (0..slots).step_by(length).map(of_period).collect();
        for (slot, need) in requirement.need.values().iter().enumerate() {
            missed += need.contacts.get() * shortfalls[slot / length];
            all += need.contacts.get();
        }
        judgement.shortfalls.push(shortfalls);
    }
    judgement.mean = if all > 0.0 { missed / all } else { 0.0 };
    judgement
}

/// Number of intervals over which a queue's target holds.
fn period_length(queue: &Queue, slots_a_day: usize) -> usize {
    match queue.over {
        Over::Interval => 1,
        over => slots_a_day * over.days(),
    }
}

/// Largest shortfall of a queue's targets over some intervals.
fn shortfall(queue: &Queue, attained: &Attained, slots: Range<usize>) -> f64 {
    let value = |figure| attained.figure_in(figure, slots.clone()).value;
    let below = |target: &ServiceTarget| match *target {
        ServiceTarget::AnsweredWithin { share, .. } | ServiceTarget::DoneWithin { share, .. } => share.get() - value(Figure::ServiceLevel),
        ServiceTarget::MeanWait(wait) => 1.0 - (wait.get() / value(Figure::MeanWait)).min(1.0),
        ServiceTarget::Abandonment(most) => value(Figure::Abandonment) - most.get(),
        ServiceTarget::Occupancy(most) => value(Figure::Occupancy) - most.get(),
    };
    // without contacts there is no figure and nothing to miss
    queue.targets.iter().map(below).filter(|below| !below.is_nan()).fold(0.0, f64::max)
}

impl Judgement {
    /// Whether every target holds over each of its periods.
    pub(super) fn is_held(&self, inputs: &Inputs) -> bool {
        self.held == inputs.queues.len() && self.mean == 0.0
    }

    /// Whether more queues hold, or as many with a smaller largest shortfall, or over fewer of their periods' contacts.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let rank = |of: &Self| (std::cmp::Reverse(of.held), of.largest_shortfall, of.mean);
        rank(self).partial_cmp(&rank(other)).is_some_and(std::cmp::Ordering::is_lt)
    }

    /// Weighs periods that fall short more.
    pub(super) fn weigh(&self, inputs: &Inputs, worth: &mut Worth) {
        let slots_a_day = inputs.interval.per_day();
        for (queue, of) in inputs.queues.iter().enumerate() {
            let length = period_length(&of.queue, slots_a_day);
            for slot in 0..inputs.horizon.days * slots_a_day {
                let short = self.shortfalls[queue][slot / length];
                worth.weigh(queue, slot, (1.0 + LEARNING * short).min(MOST_GROWTH));
            }
        }
    }
}
