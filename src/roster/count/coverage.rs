//! Coverage: rostered against required agents, interval by interval, with all understaffing.

use super::split::{leaving, served_sets, splits, staffed};
use crate::roster::model::assignment::Roster;
use crate::roster::model::prices::Prices;
use crate::roster::model::problem::RosterProblem;
use crate::service::QueueId;
use crate::time::Interval;
use crate::units::{Agents, Hours, Money};

/// Agents below which nobody is missing but by rounding.
const ROUNDING: f64 = 1e-6;

/// Coverage of one queue.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// use peakshift::roster::{coverage, missing};
/// // two agents are required from 09:00 to 17:00, and one is there
/// let roster = Roster { assignments: vec![with_shift(&problem, &problem.people[0], &problem.shifts[0], first)] };
/// let covered = coverage(&problem, &roster);
/// assert_eq!((covered[0].short(8).get(), covered[0].short(9).get()), (0.0, 1.0));
/// let (hours, penalty) = missing(&covered, problem.grid.interval());
/// assert_eq!((hours.get(), penalty.get().round()), (8.0, 8.0 * (0.2 * 60.0 + 0.3 * 150.0 + 0.5 * 360.0))); // the deeper, the dearer
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct QueueCoverage {
    /// The queue.
    pub queue: QueueId,
    /// Standard-speed agents required, per interval of the grid.
    pub required: Vec<f64>,
    /// Agents below which an interval is understaffed; fewer than required where the service target covers a day or a week.
    pub least: Vec<f64>,
    /// Understaffing penalty of each interval; negative where it offsets others of its target period.
    pub prices: Vec<Money>,
    /// Understaffing penalty over all target periods.
    pub short_cost: Money,
    /// Standard-speed agents that the cheapest split of the staffed agents gives the queue, up to its requirement.
    pub served: Vec<f64>,
    /// Standard-speed agents including the queue's part of the surplus.
    pub rostered: Vec<f64>,
    /// Standard-speed agents on the desk who can serve the queue, whatever else they serve.
    pub able: Vec<f64>,
    /// Agents of the queue's part in the previous interval who leave the desk, for a break or for good.
    pub leaving: Vec<f64>,
}

impl QueueCoverage {
    /// Understaffing of an interval; zero where only rounding is missing.
    #[must_use]
    pub fn short(&self, slot: usize) -> Agents {
        let short = self.least[slot] - self.served[slot];
        if short > ROUNDING { Agents::new(short).expect("agents below the least are finite") } else { Agents::ZERO }
    }

    /// Understaffed agent-hours of some intervals and their penalty at plain shortage prices, each interval by itself.
    #[must_use]
    pub fn missing_in(&self, slots: impl Iterator<Item = usize>, prices: &Prices, interval: Interval) -> (Hours, Money) {
        let length = interval.hours();
        slots.fold((Hours::ZERO, Money::ZERO), |(hours, price), slot| {
            let required = Agents::new(self.required[slot]).expect("a requirement is agents") * length;
            let short = self.short(slot) * length;
            (hours + short, price + prices.shortage_cost(required, short))
        })
    }

    /// Total understaffed agent-hours.
    #[must_use]
    pub fn short_hours(&self, interval: Interval) -> Hours {
        (0..self.required.len()).map(|slot| self.short(slot)).sum::<Agents>() * interval.hours()
    }
}

/// Understaffed agent-hours over all queues, and their penalty.
#[must_use]
pub fn missing(coverage: &[QueueCoverage], interval: Interval) -> (Hours, Money) {
    (coverage.iter().map(|of| of.short_hours(interval)).sum(), coverage.iter().map(|of| of.short_cost).sum())
}

/// Coverage of every queue by a roster.
#[must_use]
pub fn coverage(problem: &RosterProblem, roster: &Roster) -> Vec<QueueCoverage> {
    let sets = served_sets(problem, roster);
    let staffed = staffed(problem, &sets, roster);
    let splits = splits(problem, &sets, &staffed);
    let able = of_queues(problem, &sets, &staffed);
    let leaving = of_queues(problem, &sets, &leaving(problem, &sets, roster));
    let slots = problem.grid.len();
    // a queue loses leaving agents in proportion to its part of those who could serve it
    let part_before = |queue: usize, able: &[f64], slot: usize| {
        let before = slot.checked_sub(1).filter(|&before| able[before] > 0.0);
        before.map_or(0.0, |before| splits[before].rostered[queue] / able[before])
    };
    let of_queue = |(queue, able): (usize, Vec<f64>)| {
        let prices: Vec<Money> = (0..slots).map(|slot| problem.interval_price(queue, slot, splits[slot].filled[queue])).collect();
        QueueCoverage {
            least: (0..slots).map(|slot| problem.demand[queue].least(slot)).collect(),
            short_cost: problem.demand[queue].missing_price(&prices),
            prices,
            leaving: (0..slots).map(|slot| leaving[queue][slot] * part_before(queue, &able, slot)).collect(),
            queue: problem.demand[queue].queue.clone(),
            required: problem.demand[queue].required.clone(),
            served: splits.iter().map(|split| split.served[queue]).collect(),
            rostered: splits.iter().map(|split| split.rostered[queue]).collect(),
            able,
        }
    };
    able.into_iter().enumerate().map(of_queue).collect()
}

/// Agents able to serve each queue, summed over skill sets.
pub(in crate::roster) fn of_queues(problem: &RosterProblem, sets: &[u32], of_sets: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let of_queue = |queue: usize| {
        let serving = || sets.iter().zip(of_sets).filter(move |(set, _)| *set >> queue & 1 == 1);
        (0..problem.grid.len()).map(|slot| serving().map(|(_, agents)| agents[slot]).sum()).collect()
    };
    (0..problem.demand.len()).map(of_queue).collect()
}
