//! Independent check of a roster, on dates and clock times, from the roster and the inputs' own rows alone.
//!
//! Nothing here is shared with the search but the data types: places of rests, hours of a week and overtime are all counted anew, by
//! minutes and dates. `tests/architecture.rs` reads these files and enforces it.

mod activities;
mod breaks;
mod clock;
mod days;
mod examination;
mod hours;
mod pay;
mod rows;
mod shift;

pub use examination::Violation;
pub use rows::{RosterFile, RosterRow, Written, check_file, check_rows};

use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::{Person, RosterProblem};
use crate::workforce::AgentId;
use examination::Examination;
use std::collections::BTreeMap;

/// All broken rules of a roster, in order of agent and date.
#[must_use]
pub fn check(problem: &RosterProblem, roster: &Roster) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut of_agent: BTreeMap<&AgentId, Vec<&Assignment>> = BTreeMap::new();
    roster.assignments.iter().for_each(|duty| of_agent.entry(&duty.agent).or_default().push(duty));
    for person in &problem.people {
        pins(person, of_agent.get(&person.employee.id).map_or(&[], Vec::as_slice), &mut violations);
    }
    for (agent, mut assignments) in of_agent {
        assignments.sort_by_key(|assignment| assignment.start);
        match problem.people.iter().find(|person| &person.employee.id == agent) {
            Some(person) => violations.extend(check_person(problem, person, &assignments)),
            None => violations.push(Violation {
                rule: "unknown_agent",
                agent: agent.clone(),
                date: assignments[0].date,
                found: agent.to_string(),
                allowed: String::new(),
            }),
        }
    }
    violations.extend(activities::groups_away(problem, roster));
    violations
}

/// Rules that a person's assignments break, given in order of start; pins aside.
pub(super) fn check_person(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Violation> {
    let mut examination = Examination { problem, person, assignments, violations: Vec::new() };
    examination.run();
    examination.violations
}

/// Reports pins that the roster does not keep, unless the person is absent by now.
fn pins(person: &Person, assignments: &[&Assignment], violations: &mut Vec<Violation>) {
    for pin in &person.pins {
        let found = assignments.iter().find(|assignment| assignment.date == pin.date).map(|assignment| assignment.shift.clone());
        let (midnight, next) = (clock::at(pin.date, 0), clock::at(pin.date, clock::DAY));
        let is_away = person.absences.iter().any(|absence| absence.start < next && midnight < absence.end);
        if found != pin.shift && !is_away {
            violations.push(Violation {
                rule: "pin",
                agent: person.employee.id.clone(),
                date: pin.date,
                found: found.unwrap_or_default(),
                allowed: pin.shift.clone().unwrap_or_default(),
            });
        }
    }
}

impl Examination<'_> {
    fn run(&mut self) {
        for assignment in self.assignments {
            self.times(assignment);
            self.breaks(assignment);
            self.offline_activities(assignment);
            self.fit(assignment);
        }
        self.rest();
        self.days_running();
        self.weeks();
        self.weekends();
        self.free_weekends();
        self.days_off_running();
        self.month_overtime();
        self.following_days();
    }
}
