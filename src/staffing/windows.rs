//! How many chats at a time? What a queue needs with each number of windows that its agents may have.

use super::need::Demand;
use super::requirement::requirement;
use crate::service::{Channel, Queue};
use crate::time::Series;

/// What a queue of chats needs with so many windows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowsNeed {
    /// Chats at a time.
    pub windows: usize,
    /// Required agent-hours at the desk over all intervals.
    pub agent_hours: f64,
    /// Of the later replies within a dialogue, the share in time where all windows are in use: the lowest over the platforms' figures.
    pub later_in_time: Option<f64>,
    /// Whether every target, the platforms' figures among them, can be met in every interval.
    pub feasible: bool,
}

/// The need for each number of windows, from one up to the most that an agent may have; nothing for calls and tickets.
#[must_use]
pub fn windows_needs(queue: &Queue, demand: &Series<Demand>) -> Vec<WindowsNeed> {
    let Channel::Chat(planned) = &queue.channel else { return Vec::new() };
    let times = queue.wider.as_ref().unwrap_or(planned);
    let need = |windows: usize| {
        let need = requirement(&queue.with_windows(windows), demand);
        let later = queue.replies.iter().map(|figure| figure.later_in_time(times, windows));
        WindowsNeed {
            windows,
            agent_hours: need.values().iter().map(|slot| slot.required.get()).sum::<f64>() * demand.grid().interval().hours(),
            later_in_time: later.reduce(f64::min),
            feasible: need.values().iter().all(|slot| slot.feasible),
        }
    };
    (1..=times.windows()).map(need).collect()
}

/// The fewest windows that need within half a percent of the least agent-hours, of those with which every target can be met: fewer
/// chats at a time are easier on people and customers.
#[must_use]
pub fn best_windows(needs: &[WindowsNeed]) -> Option<usize> {
    let feasible = || needs.iter().filter(|need| need.feasible);
    let least = feasible().map(|need| need.agent_hours).reduce(f64::min)?;
    feasible().find(|need| need.agent_hours <= least * 1.005).map(|need| need.windows)
}
