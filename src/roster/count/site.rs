//! Shares of sites in each queue, as needed by a router that distributes contacts to sites.

use super::coverage::{QueueCoverage, of_queues};
use super::split::{skill_sets, staffed};
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
            paid: of_site.assignments.iter().map(|duty| duty.paid).sum(),
            agents,
        }
    };
    people.into_values().map(share).collect()
}
