//! From contacts to people: the agents each interval needs for the queue's targets.

use super::curve::service_curve;
use super::deferred::even_requirement;
use super::least_agents::{Requirement, least_agents};
use super::offered_load::peak_offered_load;
use super::priority::{Class, ClassTarget, TwoClasses};
use super::promise::steady;
use super::waiting_line::ServiceLevelDefinition;
use crate::service::{Channel, Queue, ReplyFigure, ServiceTarget, Vip};
use crate::time::{Interval, Series};
use crate::units::{Agents, Contacts, Erlangs, Factor, Seconds, Share};
use chrono::NaiveDateTime;

/// What one interval of one queue needs, and what the formula promises with that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalNeed {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Mean handling time (single chat) of these contacts.
    pub handling: Seconds,
    /// Offered load: arrivals × handling time.
    pub load: Erlangs,
    /// The greatest modified offered load of the interval: contacts in hand if nobody ever waited.
    pub changing_load: Erlangs,
    /// Standard-speed agents at the desk, by the modified offered load; 0 where the queue is closed. Where nobody comes: those who still have
    /// a contact of before in hand.
    pub required: Agents,
    /// The same by the interval's own load alone.
    pub required_stationary: Agents,
    /// Whether the target can be met at all (deferred work that finds no open desk in its window cannot).
    pub feasible: bool,
}

impl IntervalNeed {
    /// The load by which what agents attain is told, the one that asks for them: the interval's own where both loads ask for as many, else the
    /// modified offered load; where a promise is kept over a day or a week the greater of the two.
    #[must_use]
    pub fn deciding_load(&self, queue: &Queue) -> Erlangs {
        let own_is_greater = self.load > self.changing_load;
        match queue.promise_over_stretch() {
            Some(_) if own_is_greater => self.load,
            None if self.required == self.required_stationary => self.load,
            _ => self.changing_load,
        }
    }
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
        Channel::Voice | Channel::Chat(_) => over_stretches(queue, immediate_need(queue, demand)),
    }
}

/// Where a promise is kept over a day or a week, the need with which it is.
fn over_stretches(queue: &Queue, need: Series<IntervalNeed>) -> Series<IntervalNeed> {
    match service_curve(queue, &need) {
        Some(curve) => Series::from_fn(need.grid(), |slot| IntervalNeed {
            required: Agents::new(curve.required[slot]).unwrap_or(need[slot].required),
            ..need[slot]
        }),
        None => need,
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
        let start = demand.grid().start(index);
        let need = |load: f64| {
            if open { least_for_each(queue, Erlangs::new(load).unwrap_or_default(), handling, start) } else { Some(Agents::ZERO) }
        };
        let nobody_comes = slot.contacts == Contacts::ZERO;
        let required = if nobody_comes && open { Some(in_hand(peaks[index])) } else { need(peaks[index]) };
        let required_stationary = need(stationary[index]);
        IntervalNeed {
            contacts: slot.contacts,
            handling,
            load: Erlangs::new(stationary[index]).unwrap_or_default(),
            changing_load: Erlangs::new(peaks[index]).unwrap_or_default(),
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
            changing_load: Erlangs::new(work[index]).unwrap_or_default(),
            required: agents,
            required_stationary: agents,
            feasible: level[index].is_some(),
        }
    })
}

fn load_of(queue: &Queue, slot: Demand, interval: Interval) -> Erlangs {
    slot.contacts.load(queue.handling * slot.handling, Seconds::new(interval.seconds()).unwrap_or_default())
}

/// Less than this of a contact on average is nobody's work.
const LEAST_IN_HAND: f64 = 0.5;

/// Agents for contacts that came before and are still in hand, where nobody comes who could wait.
fn in_hand(load: f64) -> Agents {
    if load < LEAST_IN_HAND { Agents::ZERO } else { Agents::new(load.ceil()).unwrap_or_default() }
}

/// How long a contact stays with its agent: the chat time at full concurrency for chats.
fn time_at_the_desk(queue: &Queue) -> Seconds {
    match &queue.channel {
        Channel::Chat(concurrency) => concurrency.chat_time(concurrency.windows()),
        Channel::Voice | Channel::Deferred => queue.handling,
    }
}

/// The least agents for all that a queue promises contacts that come at a time: its targets, platforms' figures, and those who go first.
pub(super) fn least_for_each(queue: &Queue, load: Erlangs, handling: Seconds, start: NaiveDateTime) -> Option<Agents> {
    let figures = queue.replies.iter().filter(|figure| figure.counts(start)).filter_map(|figure| reply_requirement(queue, figure));
    let requirements: Vec<Requirement> = queue.targets.iter().filter_map(as_requirement).chain(figures).collect();
    let for_all = least_agents(&requirements, load, |agents| steady(queue, load, handling, agents))?;
    let for_vips = queue.vip.as_ref().and_then(|vip| least_for_vips(queue, vip, load, handling));
    Some(for_vips.map_or(for_all, |agents| if agents > for_all { agents } else { for_all }))
}

/// A platform's figure as a bound: its later replies are counted as if every agent had all windows in use.
fn reply_requirement(queue: &Queue, figure: &ReplyFigure) -> Option<Requirement> {
    let Channel::Chat(concurrency) = &queue.channel else { return None };
    let later = figure.later_in_time(concurrency, concurrency.windows());
    Some(Requirement::Replies { within: figure.within, share: figure.share.get(), rounds: figure.rounds, later })
}

/// The least agents for those who go first, of calls: by the formula of two classes, in which nobody gives up. Chats of two classes have
/// no formula.
fn least_for_vips(queue: &Queue, vip: &Vip, load: Erlangs, handling: Seconds) -> Option<Agents> {
    if queue.channel != Channel::Voice {
        return None;
    }
    let part = |share: Share| Erlangs::new(load.get() * share.get()).unwrap_or_default();
    let as_class_target = |target: &ServiceTarget| match *target {
        ServiceTarget::MeanWait(wait) => Some(ClassTarget::MeanWait(wait.get())),
        ServiceTarget::AnsweredWithin { within, share } => Some(ClassTarget::AnsweredWithin(within, share.get())),
        _ => None,
    };
    let targets: Vec<(Class, ClassTarget)> = vip.targets.iter().filter_map(as_class_target).map(|target| (Class::High, target)).collect();
    TwoClasses::least_agents(part(vip.share), part(vip.share.rest()), handling, &targets)
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
