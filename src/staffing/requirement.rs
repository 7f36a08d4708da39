//! Agents required in each interval to meet a queue's targets.

use super::curve::service_curve;
use super::deferred::even_requirement;
use super::need::{Demand, IntervalNeed};
use super::offered_load::peak_offered_load;
use super::target_need::least_for_each;
use crate::service::{Channel, Queue};
use crate::time::{Interval, Series};
use crate::units::{Agents, Contacts, Erlangs, Seconds};

/// Requirement of every interval of a queue.
///
/// ```
/// use peakshift::{service::{Queue, ServiceTarget}, staffing::{Demand, requirement}};
/// use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Contacts, Factor, Seconds}};
/// let calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(ServiceTarget::MeanWait(Seconds::new(20.0)?));
/// let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let demand = Series::from_fn(grid, |_| Demand { contacts: Contacts::new(100.0).unwrap(), handling: Factor::ONE });
/// let need = requirement(&calls, &demand);
/// assert_eq!((need[24].load.get(), need[24].required.get()), (10.0, 13.0)); // 17 s with 13 agents, by Erlang C
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn requirement(queue: &Queue, demand: &Series<Demand>) -> Series<IntervalNeed> {
    match queue.channel {
        Channel::Deferred => deferred_need(queue, demand),
        Channel::Voice | Channel::Chat(_) => over_stretches(queue, immediate_need(queue, demand)),
    }
}

/// The requirement that meets a target over a day or a week, if the queue has one.
fn over_stretches(queue: &Queue, need: Series<IntervalNeed>) -> Series<IntervalNeed> {
    match service_curve(queue, &need) {
        Some(curve) => Series::from_fn(need.grid(), |slot| IntervalNeed {
            required: Agents::new(curve.required[slot]).expect("a service curve asks for a number of agents"),
            ..need[slot]
        }),
        None => need,
    }
}

fn immediate_need(queue: &Queue, demand: &Series<Demand>) -> Series<IntervalNeed> {
    let interval = demand.grid().interval();
    let stationary: Vec<f64> = demand.values().iter().map(|slot| load_of(queue, *slot, interval).get()).collect();
    let peaks = peak_offered_load(&stationary, time_at_the_desk(queue).get(), interval.seconds().get());
    Series::from_fn(demand.grid(), |index| {
        let slot = demand[index];
        let handling = queue.handling * slot.handling;
        let open = queue.hours.is_open(demand.grid().start(index));
        let start = demand.grid().start(index);
        let need = |load: f64| {
            if open {
                least_for_each(queue, Erlangs::new(load).expect("a load offered is finite and not negative"), handling, start)
            } else {
                Some(Agents::ZERO)
            }
        };
        let nobody_comes = slot.contacts == Contacts::ZERO;
        let required = if nobody_comes && open { Some(in_hand(peaks[index])) } else { need(peaks[index]) };
        let required_stationary = need(stationary[index]);
        IntervalNeed {
            contacts: slot.contacts,
            handling,
            load: Erlangs::new(stationary[index]).expect("contacts times handling time is a load"),
            changing_load: Erlangs::new(peaks[index]).expect("a load that is followed through time stays one"),
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
    // the window of the initial backlog starts when the desk first opens
    if let Some(first) = open.iter().position(|open| *open) {
        work[first] += queue.handling * queue.backlog / grid.interval().seconds();
    }
    let window = queue.answer_within().map_or(Interval::DAY.seconds(), |(within, _)| within);
    let level = even_requirement(&work, &open, (window / grid.interval().seconds()) as usize);
    Series::from_fn(grid, |index| {
        let agents = level[index]
            .filter(|_| open[index])
            .map_or(Agents::ZERO, |level| Agents::new(level).expect("a level of work is a number of agents"));
        IntervalNeed {
            contacts: demand[index].contacts,
            handling: queue.handling * demand[index].handling,
            load: Erlangs::new(work[index]).expect("work that is due is a load"),
            changing_load: Erlangs::new(work[index]).expect("work that is due is a load"),
            required: agents,
            required_stationary: agents,
            feasible: level[index].is_some(),
        }
    })
}

fn load_of(queue: &Queue, slot: Demand, interval: Interval) -> Erlangs {
    slot.contacts.load(queue.handling * slot.handling, interval.seconds())
}

/// Mean number of contacts in hand below which no agent is required.
const LEAST_IN_HAND: f64 = 0.5;

/// Agents for earlier contacts still in hand, where no new contacts arrive.
fn in_hand(load: f64) -> Agents {
    if load < LEAST_IN_HAND { Agents::ZERO } else { Agents::new(load.ceil()).expect("a load rounded up is a number of agents") }
}

/// Time a contact occupies its agent: for chats the chat time at full concurrency.
fn time_at_the_desk(queue: &Queue) -> Seconds {
    match &queue.channel {
        Channel::Chat(concurrency) => concurrency.chat_time(concurrency.windows()),
        Channel::Voice | Channel::Deferred => queue.handling,
    }
}

/// Agents for an unattainable target (no waiting at all, nobody busy): the load and a wide margin.
fn for_impossible(load: f64) -> Agents {
    Agents::new((load + 3.0 * load.sqrt()).ceil() + 1.0).expect("a load and a margin are a number of agents")
}
