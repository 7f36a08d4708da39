//! Worth of agents at a queue: the contacts of an interval that come within the target.

use crate::plan::{Inputs, QueueRequirement};
use crate::service::{Channel, Over, Queue, ServiceTarget};
use crate::staffing::{IntervalNeed, performance};
use crate::units::Agents;

/// Further weight of contacts up to the target where the target holds in every interval: what lies beyond it is of little use.
const UP_TO_TARGET: f64 = 3.0;
/// Weight of keeping up with the load, which still tells an overloaded interval from a hopeless one.
const KEEPING_UP: f64 = 0.05;

/// Worth of numbers of agents, by queue and interval.
pub(super) struct Worth {
    /// By queue, interval and number of agents from none on.
    tables: Vec<Vec<Vec<f64>>>,
    /// By queue and interval.
    weights: Vec<Vec<f64>>,
}

impl Worth {
    /// Worth of up to `most` agents at each queue.
    pub(super) fn of(inputs: &Inputs, requirements: &[QueueRequirement], most: &[usize]) -> Self {
        let table = |queue: usize, need: &IntervalNeed| {
            (0..=most[queue]).map(|agents| in_time(&inputs.queues[queue].queue, need, agents as f64)).collect()
        };
        let of_queue = |queue: usize| requirements[queue].need.values().iter().map(|need| table(queue, need)).collect();
        let tables: Vec<Vec<Vec<f64>>> = (0..inputs.queues.len()).map(of_queue).collect();
        let weights = tables.iter().map(|slots| vec![1.0; slots.len()]).collect();
        Self { tables, weights }
    }

    /// Worth of a number of agents, whole or not.
    pub(super) fn value(&self, queue: usize, slot: usize, agents: f64) -> f64 {
        let table = &self.tables[queue][slot];
        let last = table.len() - 1;
        let below = (agents.max(0.0) as usize).min(last);
        let above = (below + 1).min(last);
        let part = (agents.max(0.0) - below as f64).clamp(0.0, 1.0);
        self.weights[queue][slot] * (table[below] + part * (table[above] - table[below]))
    }

    /// Multiplies the weight of a queue in an interval.
    pub(super) fn weigh(&mut self, queue: usize, slot: usize, factor: f64) {
        self.weights[queue][slot] *= factor;
    }
}

/// Contacts of an interval served as its target asks.
fn in_time(queue: &Queue, need: &IntervalNeed, agents: f64) -> f64 {
    if need.contacts.get() == 0.0 {
        return 0.0;
    }
    let load = need.deciding_load(queue).get();
    let keeping_up = if load > 0.0 { (agents / load).min(1.0) } else { 1.0 };
    if queue.channel == Channel::Deferred {
        return need.contacts.get() * keeping_up;
    }
    let served = performance(queue, need, Agents::new(agents).expect("agents are counted up from none"));
    let share = |target: &ServiceTarget| match *target {
        ServiceTarget::AnsweredWithin { share, .. } | ServiceTarget::DoneWithin { share, .. } => Some((served.service_level, share.get())),
        // the share of the target wait that a contact waits is as good as a share of contacts
        ServiceTarget::MeanWait(wait) => Some((if served.asa.is_nan() { 0.0 } else { (wait.get() / served.asa.max(1e-9)).min(1.0) }, 1.0)),
        ServiceTarget::Abandonment(most) => Some((1.0 - served.abandonment, 1.0 - most.get())),
        ServiceTarget::Occupancy(_) => None,
    };
    let worst = queue.targets.iter().filter_map(share).min_by(|a, b| (a.0 - a.1).total_cmp(&(b.0 - b.1)));
    let (level, target) = worst.unwrap_or((1.0, 1.0));
    let beyond = if queue.over == Over::Interval { UP_TO_TARGET * level.min(target) } else { 0.0 };
    need.contacts.get() * (level + beyond + KEEPING_UP * keeping_up)
}
