//! Predicted performance of the agents at hand: in steady state, or followed through time.

use super::deferred::deferred_flow;
use super::need::IntervalNeed;
use super::steady::{steady, within};
use super::transient::{ChangingLine, Leavers, Stretch};
use super::waiting_line::ServiceLevelDefinition;
use crate::service::{Channel, Queue};
use crate::time::{Interval, Series};
use crate::units::Agents;

/// Predicted performance for the contacts of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Performance {
    /// Share answered within the queue's answer-within time, over offered.
    pub service_level: f64,
    /// Mean wait of the answered contacts in seconds; NaN if none are answered, and for deferred work.
    pub asa: f64,
    /// Share of the offered contacts that abandon.
    pub abandonment: f64,
    /// Busy share of desk time.
    pub occupancy: f64,
}

/// Steady-state performance of `agents` on the desk, for the load that determines the requirement; see [`IntervalNeed::deciding_load`].
///
/// ```
/// # use peakshift::{service::{Over, Queue, ServiceTarget}, staffing::*};
/// # use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Agents, Contacts, Factor, Seconds, Share}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(ServiceTarget::MeanWait(Seconds::new(20.0)?));
/// let demand = Series::from_fn(grid, |_| Demand { contacts: Contacts::new(100.0).unwrap(), handling: Factor::ONE });
/// let need = requirement(&calls, &demand);
/// let noon = performance(&calls, &need[24], Agents::whole(13));
/// assert!((noon.occupancy - 10.0 / 13.0).abs() < 1e-9 && (noon.asa - 17.1).abs() < 0.1); // ten erlangs, Erlang C
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn performance(queue: &Queue, need: &IntervalNeed, agents: Agents) -> Performance {
    let state = steady(queue, need.deciding_load(queue), need.handling, agents);
    Performance {
        service_level: state.service_level(within(queue), ServiceLevelDefinition::Offered),
        asa: state.asa(),
        abandonment: state.abandonment(),
        occupancy: state.occupancy(),
    }
}

/// Predicted performance of each interval, followed from an empty line on, so that a backlog from a peak carries over. `agents` has the
/// standard-speed agents on the desk in each interval, and `leaving` the number of those of the interval before who go with the contacts
/// they have in hand. Contacts turned away by a closed queue are not answered. Deferred work flows as a fluid.
///
/// ```
/// # use peakshift::{service::{Over, Queue, ServiceTarget}, staffing::*};
/// # use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Agents, Contacts, Factor, Seconds, Share}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(ServiceTarget::MeanWait(Seconds::new(20.0)?));
/// let demand = Series::from_fn(grid, |_| Demand { contacts: Contacts::new(100.0).unwrap(), handling: Factor::ONE });
/// let need = requirement(&calls, &demand);
/// let followed = performances(&calls, &need, &[13.0; 48], &[0.0; 48]);
/// assert!(followed[0].service_level > followed[24].service_level); // the day begins with an empty line
/// let settled = performance(&calls, &need[24], Agents::whole(13));
/// assert!((followed[24].service_level - settled.service_level).abs() < 0.01);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn performances(queue: &Queue, need: &Series<IntervalNeed>, agents: &[f64], leaving: &[f64]) -> Vec<Performance> {
    match &queue.channel {
        Channel::Voice => follow(queue, vec![queue.handling.get()], need, agents, leaving),
        Channel::Chat(concurrency) => {
            let times = concurrency.chat_times().iter().map(|time| time.get()).collect();
            follow(queue, times, need, agents, leaving)
        }
        Channel::Deferred => flow(queue, need, agents),
    }
}

fn follow(queue: &Queue, mut contact_seconds: Vec<f64>, need: &Series<IntervalNeed>, agents: &[f64], leaving: &[f64]) -> Vec<Performance> {
    contact_seconds.iter_mut().for_each(|seconds| *seconds = seconds.max(1e-3));
    let single = contact_seconds[0];
    let line = ChangingLine {
        contact_seconds,
        patience_seconds: queue.patience.map_or(f64::INFINITY, |patience| patience.get().max(1e-3)),
        within_seconds: within(queue).get(),
        interval_seconds: need.grid().interval().seconds().get(),
        leavers: Leavers::Named,
        backlog: queue.backlog as usize,
    };
    let is_open = |index: usize| queue.hours.is_open(need.grid().start(index));
    let stretch = |index: usize| Stretch {
        contacts: if is_open(index) { need[index].contacts.get() } else { 0.0 },
        handling: need[index].handling.get() / single,
        agents: agents[index].max(0.0),
        leaving: leaving[index],
    };
    let stretches: Vec<Stretch> = (0..need.grid().len()).map(stretch).collect();
    let passing = line.follow(&stretches);
    let performance = |index: usize| match passing[index] {
        _ if !is_open(index) => Performance { service_level: 0.0, asa: f64::NAN, abandonment: 1.0, occupancy: passing[index].occupancy },
        of => Performance { service_level: of.service_level, asa: of.asa, abandonment: of.abandonment, occupancy: of.occupancy },
    };
    (0..passing.len()).map(performance).collect()
}

fn flow(queue: &Queue, need: &Series<IntervalNeed>, agents: &[f64]) -> Vec<Performance> {
    let work: Vec<f64> = need.values().iter().map(|need| need.load.get()).collect();
    let window = queue.answer_within().map_or(Interval::DAY.seconds(), |(within, _)| within);
    let flow = deferred_flow(&work, agents, 0.0, (window / need.grid().interval().seconds()) as usize);
    let performance = |index: usize| Performance {
        service_level: flow.in_window[index].unwrap_or(f64::NAN),
        asa: f64::NAN,
        abandonment: 0.0,
        occupancy: if agents[index] > 0.0 { flow.done[index] / agents[index] } else { 0.0 },
    };
    (0..work.len()).map(performance).collect()
}
