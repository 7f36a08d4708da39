//! Which part of a queue's work each site takes: what a router that sends contacts to sites must know.

use super::coverage::{QueueCoverage, of_queues};
use super::split::{skill_sets, staffed};
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::units::Hours;
use crate::workforce::{AgentId, Site};
use std::collections::BTreeMap;

/// A site's part in a roster.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteShare<'a> {
    /// Which site; none is where the plan is made.
    pub site: Option<&'a Site>,
    /// Its people.
    pub people: usize,
    /// Their paid hours.
    pub paid: Hours,
    /// Of each queue its standard-speed agents in each interval of the grid: as large a part of those whom the queue gets as the site has of
    /// those who can serve it.
    pub agents: Vec<Vec<f64>>,
}

/// The part of each site that has people, where the plan is made first; none if all are there.
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
    let sets = skill_sets(problem);
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
            paid: Hours::new(of_site.assignments.iter().map(|duty| duty.paid.get()).sum()).expect("paid hours add up to hours"),
            agents,
        }
    };
    people.into_values().map(share).collect()
}
