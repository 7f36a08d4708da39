//! Check of offline activities.

use super::clock::{at, from_to, skipped};
use super::examination::{Examination, Violation};
use crate::roster::model::activity::Attendance;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::RESERVE;
use crate::service::QueueId;
use crate::workforce::AgentId;
use chrono::{Datelike, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// Team meetings of one queue that overlap: one violation per pair, at the first agent of the team.
pub(super) fn groups_away(problem: &RosterProblem, roster: &Roster) -> Vec<Violation> {
    let of_groups = |id: &String| problem.activities.iter().any(|known| known.id == *id && known.attendance == Attendance::Group);
    let people: BTreeMap<&AgentId, &Person> = problem.people.iter().map(|person| (&person.employee.id, person)).collect();
    // (queue, from, to, team): first agent
    let mut away: BTreeMap<(&QueueId, NaiveDateTime, NaiveDateTime, &str), &AgentId> = BTreeMap::new();
    for assignment in &roster.assignments {
        let Some(person) = people.get(&assignment.agent) else { continue };
        let Some(queue) = person.employee.skills.first() else { continue };
        for offline in assignment.offline_activities.iter().filter(|offline| of_groups(&offline.activity)) {
            away.entry((queue, offline.start, offline.end, &person.employee.team)).or_insert(&assignment.agent);
        }
    }
    let mut violations = Vec::new();
    for (place, ((queue, start, end, group), agent)) in away.iter().enumerate() {
        let before = away.keys().take(place).filter(|(of, ..)| of == queue);
        for (.., others) in before.filter(|(_, from, to, other)| other != group && start < to && from < end) {
            violations.push(Violation {
                rule: "groups_away",
                agent: (*agent).clone(),
                date: start.date(),
                found: format!("{group}, {others}, {queue}"),
                allowed: String::new(),
            });
        }
    }
    violations
}

impl Examination<'_> {
    /// Checks the offline activities of a shift: known, at the planned times and length, clear of breaks and of one another.
    pub(super) fn offline_activities(&mut self, assignment: &Assignment) {
        let template_is_reserve = self.template(assignment).is_some_and(|shift| shift.is_reserve);
        let whole = assignment
            .offline_activities
            .iter()
            .any(|of| of.activity == RESERVE && (of.start, of.end) == (assignment.start, assignment.end));
        if template_is_reserve && !whole {
            self.report("reserve", assignment.date, &assignment.shift, "");
        }
        for (place, offline) in assignment.offline_activities.iter().enumerate() {
            let date = offline.start.date();
            let times = from_to(offline.start, offline.end);
            if offline.activity == RESERVE && template_is_reserve {
                continue;
            }
            let Some(activity) = self.problem.activities.iter().find(|activity| activity.id == offline.activity) else {
                self.report("unknown_activity", date, &offline.activity, "");
                continue;
            };
            let minutes = (offline.end - offline.start).num_minutes();
            let (from, to) = (at(date, activity.from.minutes()), at(date, activity.to.minutes()));
            let on_day = activity.weekdays.is_empty() || activity.weekdays.contains(&date.weekday());
            if !on_day || minutes != i64::from(activity.minutes) || offline.start < from || offline.end > to {
                let allowed = format!("{}–{}, {} min", activity.from, activity.to, activity.minutes);
                self.report("activity_times", date, &times, allowed);
            }
            let breaks = assignment.meals.iter().chain(&assignment.rests);
            let mut taken: Vec<(NaiveDateTime, NaiveDateTime)> =
                breaks.map(|pause| (pause.start, pause.start + TimeDelta::minutes(i64::from(pause.minutes)))).collect();
            taken.extend(assignment.offline_activities[..place].iter().map(|other| (other.start, other.end)));
            let clashes = taken.iter().any(|(start, end)| offline.start < *end && *start < offline.end);
            let never = !skipped(self.person.zone.as_ref(), offline.start, offline.end).is_empty();
            if clashes || never || offline.start < assignment.start || offline.end > assignment.end {
                self.report("activity_clash", date, times, "");
            }
        }
    }
}
