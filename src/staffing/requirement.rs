//! From contacts to people: the agents each interval needs for the queue's targets.

use super::deferred::even_requirement;
use super::least_agents::{Requirement, least_agents};
use super::offered_load::peak_offered_load;
use super::promise::steady;
use super::waiting_line::ServiceLevelDefinition;
use crate::service::{Channel, Queue, ServiceTarget};
use crate::time::{Interval, Series};
use crate::units::{Agents, Contacts, Erlangs, Factor, Seconds};

/// What one interval of one queue needs, and what the formula promises with that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalNeed {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Mean handling time (single chat) of these contacts.
    pub handling: Seconds,
    /// Offered load: arrivals × handling time.
    pub load: Erlangs,
    /// Standard-speed agents at the desk, by the modified offered load; 0 where the queue is closed.
    pub required: Agents,
    /// The same by the interval's own load alone.
    pub required_stationary: Agents,
    /// Whether the target can be met at all (deferred work that finds no open desk in its window cannot).
    pub feasible: bool,
}

/// One interval's demand as the forecast gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Their handling time against ordinary.
    pub handling: Factor,
}

/// The need of every interval of a queue.
#[must_use]
pub fn requirement(queue: &Queue, demand: &Series<Demand>) -> Series<IntervalNeed> {
    match queue.channel {
        Channel::Deferred => deferred_need(queue, demand),
        Channel::Voice | Channel::Chat(_) => immediate_need(queue, demand),
    }
}

fn immediate_need(queue: &Queue, demand: &Series<Demand>) -> Series<IntervalNeed> {
    let interval = demand.grid().interval();
    let stationary: Vec<f64> = demand.values().iter().map(|slot| load_of(queue, *slot, interval).get()).collect();
    let peaks = peak_offered_load(&stationary, time_at_the_desk(queue).get(), interval.seconds());
    Series::from_fn(demand.grid(), |index| {
        let slot = demand[index];
        let handling = queue.handling * slot.handling;
        let open = queue.hours.is_open(demand.grid().start(index));
        let need = |load: f64| if open { least_for(queue, Erlangs::new(load).unwrap_or_default(), handling) } else { Some(Agents::ZERO) };
        let (required, required_stationary) = (need(peaks[index]), need(stationary[index]));
        IntervalNeed {
            contacts: slot.contacts,
            handling,
            load: Erlangs::new(stationary[index]).unwrap_or_default(),
            required: required.unwrap_or_else(|| for_impossible(peaks[index])),
            required_stationary: required_stationary.unwrap_or_else(|| for_impossible(stationary[index])),
            feasible: required.is_some() && (open || slot.contacts == Contacts::ZERO),
        }
    })
}

fn deferred_need(queue: &Queue, demand: &Series<Demand>) -> Series<IntervalNeed> {
    let grid = demand.grid();
    let open: Vec<bool> = (0..grid.len()).map(|index| queue.hours.is_open(grid.start(index))).collect();
    let mut work: Vec<f64> = demand.values().iter().map(|slot| load_of(queue, *slot, grid.interval()).get()).collect();
    // what waits already has its window from when the desk first opens
    if let Some(first) = open.iter().position(|open| *open) {
        work[first] += f64::from(queue.backlog) * queue.handling.get() / grid.interval().seconds();
    }
    let window = queue.answer_within().map_or(Interval::DAY.seconds(), |(within, _)| within.get());
    let level = even_requirement(&work, &open, (window / grid.interval().seconds()) as usize);
    Series::from_fn(grid, |index| {
        let agents = level[index].filter(|_| open[index]).and_then(|level| Agents::new(level).ok()).unwrap_or_default();
        IntervalNeed {
            contacts: demand[index].contacts,
            handling: queue.handling * demand[index].handling,
            load: Erlangs::new(work[index]).unwrap_or_default(),
            required: agents,
            required_stationary: agents,
            feasible: level[index].is_some(),
        }
    })
}

fn load_of(queue: &Queue, slot: Demand, interval: Interval) -> Erlangs {
    slot.contacts.load(queue.handling * slot.handling, Seconds::new(interval.seconds()).unwrap_or_default())
}

/// How long a contact stays with its agent: the chat time at full concurrency for chats.
fn time_at_the_desk(queue: &Queue) -> Seconds {
    match &queue.channel {
        Channel::Chat(concurrency) => concurrency.chat_time(concurrency.windows()),
        Channel::Voice | Channel::Deferred => queue.handling,
    }
}

fn least_for(queue: &Queue, load: Erlangs, handling: Seconds) -> Option<Agents> {
    let requirements: Vec<Requirement> = queue.targets.iter().filter_map(as_requirement).collect();
    least_agents(&requirements, load, |agents| steady(queue, load, handling, agents))
}

/// A target that no number of agents meets (everybody at once, nobody busy) still needs people: the load and a wide margin.
fn for_impossible(load: f64) -> Agents {
    Agents::new((load + 3.0 * load.sqrt()).ceil() + 1.0).unwrap_or_default()
}

fn as_requirement(target: &ServiceTarget) -> Option<Requirement> {
    match *target {
        ServiceTarget::MeanWait(wait) => Some(Requirement::Asa(wait.get())),
        ServiceTarget::AnsweredWithin { within, share } => {
            Some(Requirement::ServiceLevel { within, share: share.get(), definition: ServiceLevelDefinition::Offered })
        }
        ServiceTarget::Abandonment(share) => Some(Requirement::Abandonment(share.get())),
        ServiceTarget::Occupancy(share) => Some(Requirement::Occupancy(share.get())),
        ServiceTarget::DoneWithin { .. } => None,
    }
}
