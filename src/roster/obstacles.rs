//! Reasons for a shortage: the whereabouts of a queue's agents in an interval, and the rule that keeps free ones away.

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

/// Whereabouts of an agent in an interval, or the obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// On the desk, for this queue or another.
    AtDesk,
    /// On a break of their shift.
    OnBreak,
    /// On leave, ill or in training.
    Away,
    /// Free, or on a shift at another time of the day, and barred from every shift at that time for this reason.
    KeptAway(&'static str),
    /// Available, but worth more as rostered, or more costly than the shortage.
    WorthMoreElsewhere,
}

/// Reason outside the rules of the check: no shift at that time is open to the agent.
const NO_SHIFT: &str = "no_shift";

/// Number of a queue's agents by whereabouts at a time, from the assignments of everybody.
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
    // from here on by the agent's own clocks
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

/// Rule that bars a person from every shift at a time in place of that day's duty, all other days unchanged: the one that the first
/// such shift breaks. `None` if one is legal.
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
