//! Check of one shift of one person: its times and hours, and the person's eligibility.

use super::clock::{at, ends_late, from_to, gained, is_of_the_night, minutes};
use super::examination::Examination;
use super::hours::NOTHING;
use super::pay::{SAME, pace_of};
use crate::roster::model::assignment::Assignment;
use crate::roster::model::shift::ShiftTemplate;
use crate::units::Hours;
use crate::workforce::Employee;
use chrono::NaiveDateTime;
use std::collections::BTreeSet;

/// Tolerance for paid hours that a file rounds.
const ROUNDING: Hours = Hours::constant(0.01);

impl Examination<'_> {
    /// Checks that the shift is known, on a planned day, at its times and with its paid hours.
    pub(super) fn times(&mut self, assignment: &Assignment) {
        let horizon = self.problem.horizon;
        if !self.is_planned(assignment.date) {
            let days = format!("{} + {} d", horizon.first, horizon.days);
            self.report("outside_horizon", assignment.date, assignment.date, days);
        }
        let Some(shift) = self.template(assignment).cloned() else {
            return self.report("unknown_shift", assignment.date, &assignment.shift, "");
        };
        let start = at(assignment.date, shift.start.minutes());
        let end = at(assignment.date, shift.start.minutes() + shift.span_minutes);
        if (assignment.start, assignment.end) != (start, end) {
            // a start on another day is shown with its date
            let form = if assignment.start.date() == start.date() { "" } else { "%F " };
            let shown = |start: NaiveDateTime, end: NaiveDateTime| format!("{}{}", start.format(form), from_to(start, end));
            self.report("shift_times", assignment.date, shown(assignment.start, assignment.end), shown(start, end));
        }
        let more_hours = gained(self.person.zone.as_ref(), start, end) as f64 / 60.0;
        let paid = shift.paid.get() + pace_of(&shift).get() * more_hours;
        if (assignment.paid.get() - paid).abs() > ROUNDING.get() {
            self.report("paid_hours", assignment.date, assignment.paid.get(), paid);
        }
    }

    /// Checks the person's eligibility for the shift: contract, skills, protection, absences.
    pub(super) fn fit(&mut self, assignment: &Assignment) {
        let (employee, rules, date) = (&self.person.employee, &self.problem.rules, assignment.date);
        let (start, end) = (assignment.start, assignment.end);
        let mut broken: Vec<(&'static str, String, String)> = Vec::new();
        if let Some(absence) = self.person.absences.iter().find(|absence| absence.start < end && start < absence.end) {
            broken.push(("absent", absence.kind.clone(), String::new()));
        }
        if let Some(hired) = employee.hired.filter(|hired| date < *hired) {
            broken.push(("not_yet_hired", date.to_string(), hired.to_string()));
        }
        let hours = employee.site.as_ref().and_then(|site| site.hours.as_ref());
        if hours.is_some_and(|hours| !minutes(start, end).all(|minute| hours.is_open(minute))) {
            broken.push(("site_closed", from_to(start, end), String::new()));
        }
        let served = assignment.stints.iter().flat_map(|stint| &stint.queues);
        for queue in served.filter(|queue| !employee.skills.contains(queue)).collect::<BTreeSet<_>>() {
            broken.push(("skill", queue.to_string(), employee.skills.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")));
        }
        if employee.protection.no_late && ends_late(rules, date, end) {
            broken.push(("protected_late", end.to_string(), rules.late_after.to_string()));
        }
        if employee.protection.no_night && is_of_the_night(rules, start, end) {
            broken.push(("protected_night", end.to_string(), String::new()));
        }
        if employee.protection.no_overtime && assignment.paid > rules.regular_hours_day + NOTHING {
            broken.push(("protected_overtime", assignment.paid.get().to_string(), rules.regular_hours_day.get().to_string()));
        }
        if assignment.paid > employee.contract.most_hours_day + SAME {
            broken.push(("day_hours", assignment.paid.get().to_string(), employee.contract.most_hours_day.get().to_string()));
        }
        if let Some(shift) = self.template(assignment) {
            broken.extend(not_for(employee, shift));
            if shift.promotion_only && !rules.promotion_days.contains(&date) {
                broken.push(("promotion_only", date.to_string(), String::new()));
            }
        }
        for (rule, found, allowed) in broken {
            self.report(rule, date, found, allowed);
        }
    }
}

/// Reasons why a shift is not open to an employee.
fn not_for(employee: &Employee, shift: &ShiftTemplate) -> Vec<(&'static str, String, String)> {
    let mut broken = Vec::new();
    let contract = &employee.contract;
    let for_contract = if shift.contracts.is_empty() { !contract.part_time } else { shift.contracts.contains(&contract.id) };
    if !for_contract {
        broken.push(("shift_contract", contract.id.clone(), shift.contracts.join(";")));
    }
    if !shift.queues.is_empty() && !shift.queues.iter().any(|queue| employee.skills.contains(queue)) {
        broken.push(("shift_skill", shift.id.clone(), shift.queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")));
    }
    if shift.volunteers_only && !employee.volunteers {
        broken.push(("volunteers_only", shift.id.clone(), String::new()));
    }
    broken
}
