//! Choice of chat concurrency: the requirement of a queue at each concurrency its agents may have.

use super::need::Demand;
use super::requirement::requirement;
use crate::service::{Channel, Queue};
use crate::time::Series;

/// Requirement of a chat queue at one concurrency.
///
/// ```
/// use peakshift::staffing::{WindowsNeed, best_windows};
/// let need = |windows, agent_hours| WindowsNeed { windows, agent_hours, later_in_time: None, feasible: true };
/// assert_eq!(best_windows(&[need(1, 150.0), need(2, 100.2), need(3, 100.0)]), Some(2)); // the third chat saves next to nothing
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowsNeed {
    /// Concurrency: chats at a time.
    pub windows: usize,
    /// Required agent-hours on the desk over all intervals.
    pub agent_hours: f64,
    /// Share of later replies in time at full concurrency, the lowest over the platforms' figures; `None` without figures.
    pub later_in_time: Option<f64>,
    /// Whether every target, platforms' figures included, can be met in every interval.
    pub feasible: bool,
}

/// Requirement at each concurrency, from 1 to the agents' maximum; empty for calls and deferred work.
///
/// ```
/// # use peakshift::{service::{Concurrency, Queue, ServiceTarget}, staffing::*};
/// # use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Contacts, Factor, Seconds}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// # let demand = Series::from_fn(grid, |_| Demand { contacts: Contacts::new(100.0).unwrap(), handling: Factor::ONE });
/// let times = [300.0, 400.0, 600.0].map(|time| Seconds::new(time).unwrap()); // 12, 18 and 18 chats an hour
/// let chats = Queue::chat("chat", Concurrency::new(times.to_vec()).unwrap());
/// let needs = windows_needs(&chats.with_target(ServiceTarget::MeanWait(Seconds::new(20.0)?)), &demand);
/// assert_eq!(needs.iter().map(|need| need.windows).collect::<Vec<_>>(), [1, 2, 3]);
/// assert!(needs[1].agent_hours < needs[0].agent_hours && best_windows(&needs) != Some(1));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn windows_needs(queue: &Queue, demand: &Series<Demand>) -> Vec<WindowsNeed> {
    let Channel::Chat(planned) = &queue.channel else { return Vec::new() };
    let times = queue.wider.as_ref().unwrap_or(planned);
    let need = |windows: usize| {
        let need = requirement(&queue.with_windows(windows), demand);
        let later = queue.replies.iter().map(|figure| figure.later_in_time(times, windows));
        WindowsNeed {
            windows,
            agent_hours: need.values().iter().map(|slot| slot.required.get()).sum::<f64>() * demand.grid().interval().hours().get(),
            later_in_time: later.reduce(f64::min),
            feasible: need.values().iter().all(|slot| slot.feasible),
        }
    };
    (1..=times.windows()).map(need).collect()
}

/// Lowest concurrency within half a percent of the least agent-hours, among those at which every target can be met: fewer simultaneous
/// chats are easier on agents and customers.
#[must_use]
pub fn best_windows(needs: &[WindowsNeed]) -> Option<usize> {
    let feasible = || needs.iter().filter(|need| need.feasible);
    let least = feasible().map(|need| need.agent_hours).reduce(f64::min)?;
    feasible().find(|need| need.agent_hours <= least * 1.005).map(|need| need.windows)
}
