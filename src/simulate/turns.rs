//! Begins and ends of periods on the desk.

use super::SimModel;
use super::pool::Pool;

/// Begin or end of an agent's period on the desk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub(super) time: f64,
    pub(super) agent: usize,
    pub(super) sits: bool,
    /// Group of the pool in which the agent is during the period.
    pub(super) group: usize,
}

/// Begins and ends of all periods on the desk, in order; at equal times ends come first.
pub(super) fn turns(model: &SimModel, pool: &Pool) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (agent, of) in model.agents.iter().enumerate() {
        for period in of.periods.iter().filter(|period| period.from < period.to) {
            let group = pool.group_of(&period.queues);
            turns.extend([(period.from, true), (period.to, false)].map(|(time, sits)| Turn { time, agent, sits, group }));
        }
    }
    turns.sort_by(|a, b| (a.time, a.sits).partial_cmp(&(b.time, b.sits)).unwrap_or(std::cmp::Ordering::Equal));
    turns
}
