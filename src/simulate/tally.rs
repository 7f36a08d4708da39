//! Counts of a simulation run.

use super::SimModel;
use crate::units::Seconds;

/// Outcomes of the contacts that arrived in one interval of one queue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) offered: f64,
    pub(super) answered: f64,
    /// Contacts answered within the queue's time; for deferred work finished within it.
    pub(super) in_time: f64,
    pub(super) abandoned: f64,
    /// Total wait of the answered contacts, in seconds.
    pub(super) waited: f64,
    /// Seconds on the desk within the interval, over all agents who serve the queue, and those of them with a call or a chat in hand.
    pub(super) at_desk: f64,
    pub(super) busy: f64,
}

impl Tally {
    pub(super) fn answer(&mut self, waited: f64, within: Seconds) {
        self.answered += 1.0;
        self.waited += waited;
        self.in_time += f64::from(u8::from(waited <= within.get()));
    }
}

/// Replies counted by a platform.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Replied {
    pub(super) awaited: f64,
    pub(super) in_time: f64,
}

/// Tallies by queue and interval of arrival, replies by queue and platform, and contacts still waiting at the end.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) replied: Vec<Vec<Replied>>,
    pub(super) tallies: Vec<Vec<Tally>>,
    /// VIPs of each queue over all intervals.
    pub(super) vips: Vec<Tally>,
    pub(super) left_over: Vec<f64>,
}

/// Empty tallies with the time on the desk filled in.
pub(super) fn tallies(model: &SimModel) -> Vec<Vec<Tally>> {
    let mut tallies = vec![vec![Tally::default(); model.grid.len()]; model.queues.len()];
    for agent in &model.agents {
        for period in &agent.periods {
            add_seconds(model, &period.queues, period.from, period.to, &mut tallies, |tally| &mut tally.at_desk);
        }
    }
    tallies
}

/// Adds the seconds between two moments to their intervals, for each of `queues`.
pub(super) fn add_seconds(
    model: &SimModel,
    queues: &[usize],
    from: f64,
    to: f64,
    tallies: &mut [Vec<Tally>],
    count: fn(&mut Tally) -> &mut f64,
) {
    let interval = model.grid.interval().seconds().get();
    let mut slot = (from / interval) as usize;
    while slot < model.grid.len() && slot as f64 * interval < to {
        let seconds = to.min((slot + 1) as f64 * interval) - from.max(slot as f64 * interval);
        queues.iter().for_each(|&queue| *count(&mut tallies[queue][slot]) += seconds);
        slot += 1;
    }
}
