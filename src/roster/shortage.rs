//! Shortages of a roster, and the reasons why nobody else covers them.

use super::obstacles::{Whereabouts, whereabouts};
use crate::roster::count::coverage::QueueCoverage;
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::RosterProblem;
use crate::units::{Agents, Hours, Money};
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// A run of intervals of one day in which a queue is understaffed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortage {
    /// Index of the queue in the problem.
    pub queue: usize,
    /// Start.
    pub start: NaiveDateTime,
    /// End.
    pub end: NaiveDateTime,
    /// Interval with the largest shortage.
    pub worst: NaiveDateTime,
    /// Agent-hours required.
    pub required: Hours,
    /// Understaffed agent-hours.
    pub short: Hours,
    /// Understaffing penalty.
    pub cost: Money,
    /// Whereabouts of the queue's agents in the worst interval; empty if not computed.
    pub whereabouts: BTreeMap<Whereabouts, usize>,
}

/// All shortages, most costly first; the first `explained` of them with the whereabouts of the queue's agents.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// use peakshift::workforce::Absence;
/// // A is at the desk, B on leave, and C's contract has no shift
/// let roster = Roster { assignments: vec![with_shift(&problem, &problem.people[0], &problem.shifts[0], first)] };
/// let (agent, start, end) = (problem.people[1].employee.id.clone(), problem.grid.start(0), problem.grid.end(23));
/// problem.people[1].absences = vec![Absence { agent, start, end, kind: "leave".into() }];
/// problem.people[2].employee.contract.part_time = true;
/// let found = shortages(&problem, &roster, &coverage(&problem, &roster), 1);
/// assert_eq!((found[0].start, found[0].end), (problem.grid.start(9), problem.grid.end(16)));
/// let whereabouts: Vec<_> = found[0].whereabouts.keys().copied().collect();
/// assert_eq!(whereabouts, [Whereabouts::AtDesk, Whereabouts::Away, Whereabouts::KeptAway("no_shift")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn shortages(problem: &RosterProblem, roster: &Roster, coverage: &[QueueCoverage], explained: usize) -> Vec<Shortage> {
    let mut shortages: Vec<Shortage> = (0..coverage.len()).flat_map(|queue| stretches(problem, queue, &coverage[queue])).collect();
    shortages.sort_by(|a, b| b.cost.total_cmp(&a.cost).then(a.start.cmp(&b.start)));
    let of_agent = roster.by_agent();
    for shortage in shortages.iter_mut().take(explained) {
        shortage.whereabouts = whereabouts(problem, &of_agent, &coverage[shortage.queue].queue, shortage.worst);
    }
    shortages
}

fn stretches(problem: &RosterProblem, queue: usize, cover: &QueueCoverage) -> Vec<Shortage> {
    let grid = problem.grid;
    let length = grid.interval().hours();
    let mut stretches: Vec<Shortage> = Vec::new();
    let mut most = Agents::ZERO;
    for slot in (0..grid.len()).filter(|&slot| cover.short(slot) > Agents::ZERO) {
        let (start, short) = (grid.start(slot), cover.short(slot));
        let required = Agents::new(cover.required[slot]).expect("a requirement is agents");
        let cost = cover.prices[slot].max(Money::ZERO);
        let end = start + TimeDelta::minutes(i64::from(grid.interval().minutes()));
        if let Some(last) = stretches.last_mut().filter(|last| last.end == start && last.start.date() == start.date()) {
            last.end = end;
            last.required += required * length;
            last.short += short * length;
            last.cost += cost;
            if short > most {
                (last.worst, most) = (start, short);
            }
        } else {
            most = short;
            let (required, short) = (required * length, short * length);
            stretches.push(Shortage { queue, start, end, worst: start, required, short, cost, whereabouts: BTreeMap::new() });
        }
    }
    stretches
}
