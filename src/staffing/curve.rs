//! Marginal value of agents by interval, where a service target holds over a day or a week.
//!
//! The target allows a number of contacts outside the service-level threshold, or seconds of waiting, in all. Every interval first gets
//! what its floor and the queue's other targets need. Each further agent goes where it reduces the burden most, until the allowance is
//! kept. If the burden is convex in agents, no other allocation of as many agents leaves less (Fox 1966, *Discrete optimization via
//! marginal analysis*, Management Science 13).

use super::need::IntervalNeed;
use super::steady::steady;
use super::target_need::least_for_each;
use super::waiting_line::ServiceLevelDefinition;
use crate::service::{Queue, ServiceTarget};
use crate::time::{Series, TimeGrid};
use crate::units::Agents;
use std::collections::BinaryHeap;

/// Agents of a queue and their marginal value, by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCurve {
    /// Agents needed for the floor and the targets of single intervals.
    pub least: Vec<f64>,
    /// Agents with which the target holds over each stretch.
    pub required: Vec<f64>,
    /// Reduction of the burden by each agent beyond the least: contacts outside the threshold, or seconds waited. Non-increasing.
    pub relief: Vec<Vec<f64>>,
    /// Number of the stretch (day or week) to which each interval belongs.
    pub stretch: Vec<usize>,
}

/// Service curve of a queue with a target over more than an interval; `None` for others.
///
/// ```
/// # use peakshift::{service::{Over, Queue, ServiceTarget}, staffing::*};
/// # use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Agents, Contacts, Factor, Seconds, Share}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let within = Seconds::new(20.0)?;
/// let [day, floor] = [0.8, 0.5].map(|share| ServiceTarget::AnsweredWithin { within, share: Share::new(share).unwrap() });
/// let mut calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(day);
/// (calls.over, calls.floor) = (Over::Day, Some(floor));
/// let demand = Series::from_fn(grid, |_| Demand { contacts: Contacts::new(100.0).unwrap(), handling: Factor::ONE });
/// let curve = service_curve(&calls, &requirement(&calls, &demand)).unwrap();
/// assert_eq!(curve.least[24], 12.0); // 64 % in time with ten erlangs, and 39 % with 11 agents
/// assert!(curve.required[24] > 12.0 && curve.relief[24].is_sorted_by(|more, less| more >= less));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn service_curve(queue: &Queue, need: &Series<IntervalNeed>) -> Option<ServiceCurve> {
    let promise = queue.promise_over_stretch()?;
    let grid = need.grid();
    let least: Vec<f64> = (0..grid.len()).map(|slot| least_in_interval(queue, grid, slot, &need[slot])).collect();
    let relief = (0..grid.len()).map(|slot| reliefs(queue, promise, &need[slot], least[slot])).collect();
    let stretch = (0..grid.len()).map(|slot| grid.day_of(slot) / queue.over.days()).collect();
    let mut curve = ServiceCurve { required: least.clone(), least, relief, stretch };
    for stretch in 0..=curve.stretch.last().copied().unwrap_or(0) {
        curve.allot(queue, promise, need, stretch);
    }
    Some(curve)
}

/// Maximum number of agents considered beyond the least of an interval.
const MOST_BEYOND: usize = 200;
/// Share of the allowance below which an agent's relief is negligible.
const NO_RELIEF: f64 = 1e-3;

impl ServiceCurve {
    /// Adds agents to the intervals of a stretch until its target is met.
    fn allot(&mut self, queue: &Queue, promise: ServiceTarget, need: &Series<IntervalNeed>, stretch: usize) {
        let slots: Vec<usize> = (0..self.stretch.len()).filter(|&slot| self.stretch[slot] == stretch && self.least[slot] > 0.0).collect();
        let mut over: f64 =
            slots.iter().map(|&slot| burden(queue, promise, &need[slot], self.least[slot]) - allowed(promise, &need[slot])).sum();
        let mut next: BinaryHeap<(Relief, std::cmp::Reverse<usize>, usize)> = BinaryHeap::new();
        let offer = |curve: &Self, slot: usize, beyond: usize| {
            curve.relief[slot].get(beyond).map(|&relief| (Relief(relief), std::cmp::Reverse(slot), beyond))
        };
        next.extend(slots.iter().filter_map(|&slot| offer(self, slot, 0)));
        while over > 0.0 {
            let Some((Relief(relief), std::cmp::Reverse(slot), beyond)) = next.pop() else { break };
            self.required[slot] += 1.0;
            over -= relief;
            next.extend(offer(self, slot, beyond + 1));
        }
    }
}

/// Relief by one agent, ordered by size.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Relief(f64);

impl Eq for Relief {}

impl PartialOrd for Relief {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Relief {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Agents needed in an interval for the floor and the targets other than the one over the stretch.
fn least_in_interval(queue: &Queue, grid: TimeGrid, slot: usize, need: &IntervalNeed) -> f64 {
    if need.required == Agents::ZERO {
        return 0.0;
    }
    let in_interval = queue.in_interval();
    least_for_each(&in_interval, need.changing_load, need.handling, grid.start(slot)).unwrap_or(need.required).get()
}

fn reliefs(queue: &Queue, promise: ServiceTarget, need: &IntervalNeed, least: f64) -> Vec<f64> {
    if least == 0.0 {
        return Vec::new();
    }
    let negligible = NO_RELIEF * allowed(promise, need).max(f64::MIN_POSITIVE);
    let mut before = burden(queue, promise, need, least);
    let mut so_far = f64::INFINITY;
    let relief = |beyond: usize| {
        let after = burden(queue, promise, need, least + 1.0 + beyond as f64);
        so_far = (before - after).max(0.0).min(so_far);
        before = after;
        so_far
    };
    (0..MOST_BEYOND).map(relief).take_while(|relief| *relief > negligible).collect()
}

/// Expected contacts outside the threshold, or seconds waited, in an interval with `agents` in steady state.
fn burden(queue: &Queue, promise: ServiceTarget, need: &IntervalNeed, agents: f64) -> f64 {
    let state = steady(queue, need.deciding_load(queue), need.handling, Agents::new(agents).expect("agents are counted up from none"));
    need.contacts.get()
        * match promise {
            ServiceTarget::MeanWait(_) => state.asa(),
            ServiceTarget::AnsweredWithin { within, .. } => 1.0 - state.service_level(within, ServiceLevelDefinition::Offered),
            _ => 0.0,
        }
}

/// Burden allowed by the target.
fn allowed(promise: ServiceTarget, need: &IntervalNeed) -> f64 {
    need.contacts.get()
        * match promise {
            ServiceTarget::MeanWait(wait) => wait.get(),
            ServiceTarget::AnsweredWithin { share, .. } => share.rest().get(),
            _ => 0.0,
        }
}
