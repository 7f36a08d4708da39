//! Is a roster legal? Counted on dates and clock times, from the roster alone; nothing of the search is used.

use super::pattern::{Break, ShiftTemplate};
use super::problem::{Person, RosterProblem};
use super::result::{Assignment, Roster};
use super::rules::{is_late, is_night};
use crate::time::{ClockTime, week_of};
use crate::workforce::AgentId;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// A broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Which rule, as the catalogue of words names it.
    pub rule: &'static str,
    /// Who.
    pub agent: AgentId,
    /// The date at which it breaks.
    pub date: NaiveDate,
    /// What was found and what is allowed, as numbers or names.
    pub found: String,
    /// What the rule allows.
    pub allowed: String,
}

/// Every broken rule of a roster, in order of person and date.
#[must_use]
pub fn check(problem: &RosterProblem, roster: &Roster) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_agent = roster.by_agent();
    problem.people.iter().for_each(|person| pins(person, of_agent.get(&person.employee.id).map_or(&[], Vec::as_slice), &mut violations));
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
    violations
}

/// Every rule that a person's assignments, in order of start, break; her pins aside.
pub(super) fn check_person(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Violation> {
    let mut violations = Vec::new();
    Examination { problem, person, assignments, violations: &mut violations }.run();
    violations
}

/// What a planner has fixed stands in the roster, unless she is away by now.
fn pins(person: &Person, assignments: &[&Assignment], violations: &mut Vec<Violation>) {
    for pin in &person.pins {
        let (midnight, next) = (ClockTime::MIDNIGHT.on(pin.date), ClockTime::DAY_END.on(pin.date));
        let found = assignments.iter().find(|assignment| assignment.date == pin.date).map(|assignment| assignment.shift.clone());
        if found != pin.shift && !person.absences.iter().any(|absence| absence.overlaps(midnight, next)) {
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

struct Examination<'a> {
    problem: &'a RosterProblem,
    person: &'a Person,
    assignments: &'a [&'a Assignment],
    violations: &'a mut Vec<Violation>,
}

impl Examination<'_> {
    fn run(&mut self) {
        for assignment in self.assignments {
            self.shift(assignment);
            self.breaks(assignment);
            self.fit(assignment);
        }
        self.rest();
        self.days_running();
        self.weeks();
        self.weekends();
    }

    fn report(&mut self, rule: &'static str, date: NaiveDate, found: impl ToString, allowed: impl ToString) {
        let agent = self.person.employee.id.clone();
        self.violations.push(Violation { rule, agent, date, found: found.to_string(), allowed: allowed.to_string() });
    }

    fn template(&self, assignment: &Assignment) -> Option<&ShiftTemplate> {
        self.problem.shifts.iter().find(|shift| shift.id == assignment.shift)
    }

    fn shift(&mut self, assignment: &Assignment) {
        if self.problem.horizon.day_of(assignment.date).is_none() {
            self.report(
                "outside_horizon",
                assignment.date,
                assignment.date,
                format!("{}..{}", self.problem.horizon.first, self.problem.horizon.end()),
            );
        }
        let Some(shift) = self.template(assignment).cloned() else {
            return self.report("unknown_shift", assignment.date, &assignment.shift, "");
        };
        if (assignment.start, assignment.end) != (shift.start_on(assignment.date), shift.end_on(assignment.date)) {
            let times = |start: NaiveDateTime, end: NaiveDateTime| format!("{}–{}", start.format("%H:%M"), end.format("%H:%M"));
            let allowed = times(shift.start_on(assignment.date), shift.end_on(assignment.date));
            self.report("shift_times", assignment.date, times(assignment.start, assignment.end), allowed);
        }
        if (assignment.paid.get() - shift.paid.get()).abs() > 0.01 {
            self.report("paid_hours", assignment.date, assignment.paid.get(), shift.paid.get());
        }
    }

    /// Each break of the template once, in its window, none beside.
    fn breaks(&mut self, assignment: &Assignment) {
        let Some(shift) = self.template(assignment) else { return };
        let windows = shift.break_windows();
        for (meals, given) in [(true, &assignment.meals), (false, &assignment.rests)] {
            let expected: Vec<_> = windows.iter().filter(|window| window.is_meal == meals).collect();
            let inside = |(pause, window): (&Break, &&super::pattern::BreakWindow)| {
                let offset = (pause.start - assignment.start).num_minutes();
                let (first, last) = (window.offsets.first().copied().unwrap_or(0), window.offsets.last().copied().unwrap_or(0));
                pause.minutes == window.minutes && (i64::from(first)..=i64::from(last)).contains(&offset)
            };
            if given.len() != expected.len() || !given.iter().zip(&expected).all(inside) {
                let found: Vec<String> = given.iter().map(|pause| format!("{}/{}", pause.start.format("%H:%M"), pause.minutes)).collect();
                self.violations.push(Violation {
                    rule: if meals { "meals" } else { "rests" },
                    agent: self.person.employee.id.clone(),
                    date: assignment.date,
                    found: found.join(";"),
                    allowed: expected.len().to_string(),
                });
            }
        }
    }

    /// Contract, skills, protection, absence: everything about one shift and one person.
    fn fit(&mut self, assignment: &Assignment) {
        let (employee, rules, date) = (&self.person.employee, &self.problem.rules, assignment.date);
        let mut broken: Vec<(&'static str, String, String)> = Vec::new();
        if let Some(absence) = self.person.absences.iter().find(|absence| absence.overlaps(assignment.start, assignment.end)) {
            broken.push(("absent", absence.kind.clone(), String::new()));
        }
        if employee.hired.is_some_and(|first| date < first) {
            broken.push(("not_yet_hired", date.to_string(), employee.hired.map(|date| date.to_string()).unwrap_or_default()));
        }
        for queue in assignment.queues.iter().filter(|queue| !employee.serves(queue)) {
            broken.push(("skill", queue.to_string(), employee.skills.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")));
        }
        if employee.protection.no_late && is_late(rules, date, assignment.end) {
            broken.push(("protected_late", assignment.end.to_string(), rules.late_after.to_string()));
        }
        if employee.protection.no_night && is_night(assignment.start, assignment.end) {
            broken.push(("protected_night", assignment.end.to_string(), String::new()));
        }
        if employee.protection.no_overtime && assignment.paid > rules.regular_hours_day {
            broken.push(("protected_overtime", assignment.paid.get().to_string(), rules.regular_hours_day.get().to_string()));
        }
        if assignment.paid.get() > employee.contract.most_hours_day.get() + 1e-6 {
            broken.push(("day_hours", assignment.paid.get().to_string(), employee.contract.most_hours_day.get().to_string()));
        }
        if let Some(shift) = self.template(assignment) {
            let for_contract =
                if shift.contracts.is_empty() { !employee.contract.part_time } else { shift.contracts.contains(&employee.contract.id) };
            if !for_contract {
                broken.push(("shift_contract", employee.contract.id.clone(), shift.contracts.join(";")));
            }
            if !shift.queues.is_empty() && !shift.queues.iter().any(|queue| employee.serves(queue)) {
                broken.push(("shift_skill", shift.id.clone(), shift.queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")));
            }
            if shift.promotion_only && !rules.promotion_days.contains(&date) {
                broken.push(("promotion_only", date.to_string(), String::new()));
            }
            if shift.volunteers_only && !employee.volunteers {
                broken.push(("volunteers_only", shift.id.clone(), String::new()));
            }
        }
        for (rule, found, allowed) in broken {
            self.report(rule, date, found, allowed);
        }
    }

    /// Every shift start and end, those before the horizon included.
    fn stretches(&self) -> Vec<(NaiveDate, NaiveDateTime, NaiveDateTime, bool)> {
        let past = self.person.past.iter().map(|duty| (duty.date, duty.start, duty.end, false));
        let next_off = |assignment: &Assignment| self.template(assignment).is_some_and(|shift| shift.volunteers_only);
        let now = self.assignments.iter().map(|assignment| (assignment.date, assignment.start, assignment.end, next_off(assignment)));
        past.chain(now).collect()
    }

    fn rest(&mut self) {
        let least = self.problem.rules.rest.get();
        for pair in self.stretches().windows(2) {
            let hours = (pair[1].1 - pair[0].2).num_minutes() as f64 / 60.0;
            if self.problem.horizon.day_of(pair[1].0).is_none() {
                continue;
            }
            if pair[0].0 == pair[1].0 {
                self.report("two_shifts", pair[1].0, 2, 1);
            } else if hours < least - 1e-9 {
                self.report("rest", pair[1].0, format!("{hours:.1} h"), format!("{least} h"));
            }
            if pair[0].3 && pair[1].0 == pair[0].0 + Days::new(1) {
                self.report("day_off_after_night", pair[1].0, pair[1].0, "");
            }
        }
    }

    fn worked_dates(&self) -> BTreeSet<NaiveDate> {
        self.stretches().into_iter().map(|(date, ..)| date).collect()
    }

    fn days_running(&mut self) {
        let most = self.problem.rules.most_days_running;
        let mut running = 0;
        let mut before: Option<NaiveDate> = None;
        for date in self.worked_dates() {
            running = if before.is_some_and(|before| before + Days::new(1) == date) { running + 1 } else { 1 };
            if running > most && self.problem.horizon.day_of(date).is_some() {
                self.report("days_running", date, running, most);
            }
            before = Some(date);
        }
    }

    /// Hours, late shifts and rest days, Monday to Sunday.
    fn weeks(&mut self) {
        let rules = self.problem.rules.clone();
        let contract = self.person.employee.contract.clone();
        let protected = self.person.employee.protection.no_overtime;
        let mut weeks: BTreeMap<NaiveDate, Vec<(NaiveDate, f64, bool)>> = BTreeMap::new();
        let past = self.person.past.iter().map(|duty| (duty.date, duty.end, duty.paid_hours));
        let now = self.assignments.iter().map(|assignment| (assignment.date, assignment.end, assignment.paid.get()));
        for (date, end, paid) in past.chain(now) {
            weeks.entry(week_of(date)).or_default().push((date, paid, is_late(&rules, date, end)));
        }
        let planned = self.problem.horizon;
        for (week, shifts) in weeks {
            // what past days alone broke is nobody's fault any more
            let now = |date: &NaiveDate| planned.day_of(*date).is_some();
            if !shifts.iter().any(|(date, ..)| now(date)) {
                continue;
            }
            let hours: f64 = shifts.iter().map(|(_, paid, _)| paid).sum();
            let most = if protected && contract.regular_hours_week < contract.most_hours_week {
                contract.regular_hours_week
            } else {
                contract.most_hours_week
            };
            if hours > most.get() + 1e-6 {
                self.report("week_hours", week, format!("{hours:.2} h"), most);
            }
            let lates = shifts.iter().filter(|(_, _, late)| *late).count() as u32;
            let late_now = shifts.iter().any(|(date, _, late)| *late && now(date));
            if !contract.part_time && late_now && lates > rules.most_late_shifts_week {
                self.report("late_shifts", week, lates, rules.most_late_shifts_week);
            }
            let days: BTreeSet<NaiveDate> = shifts.iter().map(|(date, ..)| *date).collect();
            let free = 7_u32.saturating_sub(days.len() as u32);
            if free < rules.rest_days_week {
                self.report("rest_days", week, free, rules.rest_days_week);
            }
        }
    }

    fn weekends(&mut self) {
        if !self.problem.rules.weekend_day_off_in_two_weeks {
            return;
        }
        let worked = self.worked_dates();
        let full = |saturday: NaiveDate| worked.contains(&saturday) && worked.contains(&(saturday + Days::new(1)));
        let saturdays: Vec<NaiveDate> = worked.iter().copied().filter(|date| date.weekday() == Weekday::Sat).collect();
        for saturday in saturdays {
            let next = saturday + Days::new(7);
            if full(saturday) && full(next) && self.problem.horizon.day_of(next + Days::new(1)).is_some() {
                self.report("weekends", next, 0, 1);
            }
        }
    }
}
