//! Why is nobody else there? For an interval of a queue: where each of its people is, and which rule keeps those away who are free.

use crate::roster::check::check_person;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::placement::with_shift;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::rules::shift_fit::may_work;
use crate::service::QueueId;
use crate::time::ClockTime;
use crate::workforce::AgentId;
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// Where somebody is in an interval, or what keeps her away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// At the desk, for this queue or another.
    AtDesk,
    /// On a break of her shift.
    OnBreak,
    /// On leave, ill or in training.
    Away,
    /// Free, or on a shift of the day at another time, and she may not work one at that time for this reason.
    KeptAway(&'static str),
    /// She could come, or come at another time, but is worth more as it is, or costs more than what is missing.
    WorthMoreElsewhere,
}

/// A reason that is no rule of the check: none of the shifts at that time is for her.
const NO_SHIFT: &str = "no_shift";

/// How many of a queue's people are where at a time, from everybody's assignments.
pub(super) fn whereabouts(
    problem: &RosterProblem,
    of_agent: &BTreeMap<&AgentId, Vec<&Assignment>>,
    queue: &QueueId,
    time: NaiveDateTime,
) -> BTreeMap<Whereabouts, usize> {
    let mut counted = BTreeMap::new();
    for person in problem.people.iter().filter(|person| person.employee.serves(queue)) {
        let assignments = of_agent.get(&person.employee.id).map_or(&[][..], Vec::as_slice);
        *counted.entry(whereabouts_of(problem, person, assignments, time)).or_default() += 1;
    }
    counted
}

fn whereabouts_of(problem: &RosterProblem, person: &Person, assignments: &[&Assignment], time: NaiveDateTime) -> Whereabouts {
    // her own clocks from here on
    let time = time + TimeDelta::minutes(i64::from(person.employee.ahead_on(time.date())));
    if let Some(now) = assignments.iter().find(|assignment| assignment.start <= time && time < assignment.end) {
        return if now.at_desk(time) { Whereabouts::AtDesk } else { Whereabouts::OnBreak };
    }
    let day = (ClockTime::MIDNIGHT.on(time.date()), ClockTime::DAY_END.on(time.date()));
    if person.absences.iter().any(|absence| absence.overlaps(day.0, day.1)) {
        return Whereabouts::Away;
    }
    obstacle(problem, person, assignments, time).map_or(Whereabouts::WorthMoreElsewhere, Whereabouts::KeptAway)
}

/// The rule that keeps a person from every shift at a time instead of what she does that day, all her other days as they are; the one
/// that the first such shift breaks. `None` if she could work one.
fn obstacle(problem: &RosterProblem, person: &Person, assignments: &[&Assignment], time: NaiveDateTime) -> Option<&'static str> {
    let date = time.date();
    let at_time = problem.shifts.iter().filter(|shift| shift.start_on(date) <= time && time < shift.end_on(date));
    let before = check_person(problem, person, assignments).len();
    let mut broken = None;
    for shift in at_time.filter(|shift| may_work(person, shift, date, &problem.rules).is_none()) {
        let instead = with_shift(problem, person, shift, date);
        let mut week: Vec<&Assignment> = assignments.iter().copied().filter(|assignment| assignment.date != date).collect();
        week.push(&instead);
        week.sort_by_key(|assignment| assignment.start);
        let violations = check_person(problem, person, &week);
        if violations.len() <= before {
            return None;
        }
        broken = broken.or(violations.last().map(|violation| violation.rule));
    }
    broken.or(Some(NO_SHIFT))
}
