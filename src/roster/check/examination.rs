//! Check of one person's shifts, with the violations found.

use super::clock;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::units::Hours;
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime};

/// A broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Code of the rule, as in the message catalogue.
    pub rule: &'static str,
    /// The agent.
    pub agent: AgentId,
    /// Date on which the rule breaks.
    pub date: NaiveDate,
    /// Value found, as a number or name.
    pub found: String,
    /// Value that the rule allows.
    pub allowed: String,
}

/// Check of one person's shifts.
pub(super) struct Examination<'a> {
    pub(super) problem: &'a RosterProblem,
    pub(super) person: &'a Person,
    pub(super) assignments: &'a [&'a Assignment],
    pub(super) violations: Vec<Violation>,
}

/// A shift, past or planned.
pub(super) struct Worked {
    pub(super) date: NaiveDate,
    pub(super) start: NaiveDateTime,
    pub(super) end: NaiveDateTime,
    pub(super) paid: Hours,
    pub(super) shift: String,
    /// Whether the next day must be off.
    pub(super) next_off: bool,
}

impl Examination<'_> {
    pub(super) fn report(&mut self, rule: &'static str, date: NaiveDate, found: impl ToString, allowed: impl ToString) {
        let agent = self.person.employee.id.clone();
        self.violations.push(Violation { rule, agent, date, found: found.to_string(), allowed: allowed.to_string() });
    }

    pub(super) fn template(&self, assignment: &Assignment) -> Option<&ShiftTemplate> {
        self.problem.shifts.iter().find(|shift| shift.id == assignment.shift)
    }

    /// Whether a date lies in the horizon.
    pub(super) fn is_planned(&self, date: NaiveDate) -> bool {
        clock::is_planned(self.problem, date)
    }

    /// All shifts, including those before the horizon.
    pub(super) fn worked(&self) -> Vec<Worked> {
        let past = self.person.past.iter().map(|duty| Worked {
            date: duty.date,
            start: duty.start,
            end: duty.end,
            paid: duty.paid,
            shift: duty.shift.clone(),
            next_off: false,
        });
        let now = self.assignments.iter().map(|of| Worked {
            date: of.date,
            start: of.start,
            end: of.end,
            paid: of.paid,
            shift: of.shift.clone(),
            next_off: self.template(of).is_some_and(|shift| shift.volunteers_only),
        });
        past.chain(now).collect()
    }
}
