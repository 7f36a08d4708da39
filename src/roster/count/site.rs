//! Shares of sites in each queue, as needed by a router that distributes contacts to sites.

use super::coverage::{QueueCoverage, of_queues};
use super::split::{served_sets, staffed};
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::units::Hours;
use crate::workforce::{AgentId, Site};
use std::collections::BTreeMap;

/// A site's part of a roster.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteShare<'a> {
    /// The site; `None` for the place where the plan is made.
    pub site: Option<&'a Site>,
    /// Headcount.
    pub people: usize,
    /// Paid hours.
    pub paid: Hours,
    /// Standard-speed agents by queue and interval: the agents of the queue, in proportion to the site's part of those who can serve
    /// it.
    pub agents: Vec<Vec<f64>>,
}

/// Part of each site with people, the planning site first; empty if everybody is there.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// use peakshift::workforce::Site;
/// // two of three agents work in the north: a router sends two thirds of the calls there
/// for person in &mut problem.people[1..] {
///     person.employee.site = Some(Site { id: "north".into(), name: "North".into(), clocks: None, hours: None });
/// }
/// let duties = problem.people.iter().map(|person| with_shift(&problem, person, &problem.shifts[0], first));
/// let roster = Roster { assignments: duties.collect() };
/// let shares = site_shares(&problem, &roster, &coverage(&problem, &roster));
/// let north = shares[1].site.expect("the planning site comes first, the north next");
/// assert_eq!((north.name.as_str(), shares[1].people, shares[1].paid), ("North", 2, Hours::new(16.0)?));
/// assert!((shares[1].agents[0][9] / shares[0].agents[0][9] - 2.0).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn site_shares<'a>(problem: &'a RosterProblem, roster: &Roster, coverage: &[QueueCoverage]) -> Vec<SiteShare<'a>> {
    let mut people: BTreeMap<Option<&str>, BTreeMap<&AgentId, &Person>> = BTreeMap::new();
    for person in &problem.people {
        let site = person.employee.site.as_ref().map(|site| site.id.as_str());
        people.entry(site).or_default().insert(&person.employee.id, person);
    }
    if people.keys().all(Option::is_none) {
        return Vec::new();
    }
    let sets = served_sets(problem, roster);
    let share = |people: BTreeMap<&AgentId, &'a Person>| {
        let of_site = roster.assignments.iter().filter(|duty| people.contains_key(&duty.agent)).cloned();
        let of_site = Roster { assignments: of_site.collect() };
        let mut agents = of_queues(problem, &sets, &staffed(problem, &sets, &of_site));
        for (agents, cover) in agents.iter_mut().zip(coverage) {
            for (slot, agents) in agents.iter_mut().enumerate().filter(|(_, agents)| **agents > 0.0) {
                *agents *= cover.rostered[slot] / cover.able[slot];
            }
        }
        SiteShare {
            site: people.values().next().and_then(|person| person.employee.site.as_ref()),
            people: people.len(),
            paid: of_site.assignments.iter().map(|duty| duty.paid).sum(),
            agents,
        }
    };
    people.into_values().map(share).collect()
}
