//! Mentors, without cycles.

use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::workforce::AgentId;
use std::collections::{BTreeMap, BTreeSet};

/// Reports people who mentor one another in a cycle, in the row of the first of them.
pub(super) fn note_mentor_circles(table: &Table, mentors: &BTreeMap<AgentId, AgentId>, problems: &mut Problems) {
    let mut done: BTreeSet<&AgentId> = BTreeSet::new();
    let mut circles: BTreeMap<&AgentId, Vec<&AgentId>> = BTreeMap::new();
    for start in mentors.keys() {
        let mut path: Vec<&AgentId> = Vec::new();
        let mut on_path: BTreeMap<&AgentId, usize> = BTreeMap::new();
        let mut next = Some(start);
        while let Some(person) = next.filter(|person| !done.contains(person) && !on_path.contains_key(person)) {
            on_path.insert(person, path.len());
            path.push(person);
            next = mentors.get(person);
        }
        if let Some(place) = next.and_then(|person| on_path.get(person)) {
            path[*place..].iter().for_each(|member| drop(circles.insert(member, path[*place..].to_vec())));
        }
        done.extend(path);
    }
    for row in table.rows() {
        let Some(circle) = row.get("agent_id").and_then(|id| circles.remove(&AgentId::new(id))) else { continue };
        let names: Vec<&str> = circle.iter().chain(circle.first()).take(20).map(|member| member.as_str()).collect();
        row.note(problems, "mentor_circle", "mentor_id", names.join(" → "));
        circle.iter().for_each(|member| drop(circles.remove(member)));
    }
}
