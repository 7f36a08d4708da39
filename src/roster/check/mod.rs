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
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// // an early shift the day after a late one, though eleven hours of rest are required
/// problem.rules.rest = Hours::new(11.0)?;
/// problem.shifts = vec![ShiftTemplate::new("L", "15:00".parse()?, 8 * 60), ShiftTemplate::new("E", "07:00".parse()?, 8 * 60)];
/// let shift = |day: usize| with_shift(&problem, &problem.people[0], &problem.shifts[day], problem.horizon.date(day));
/// let found = check(&problem, &Roster { assignments: vec![shift(0), shift(1)] });
/// assert_eq!((found.len(), found[0].rule, found[0].date), (1, "rest", problem.horizon.date(1)));
/// assert_eq!((found[0].found.as_str(), found[0].allowed.as_str()), ("8.0 h", "11 h"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
