//! Who has done what the plan wants people to do away from the desk, and who has missed it.

use crate::roster::model::activity::{Activity, Attendance, OfflineActivity};
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::week_of;
use chrono::NaiveDate;

/// Somebody's part in an activity in a week.
#[derive(Clone, Debug)]
pub struct Attended<'a> {
    /// Which activity.
    pub activity: &'a Activity,
    /// The Monday of the week.
    pub week: NaiveDate,
    /// Who.
    pub person: &'a Person,
    /// When she did it, or should have; `None` if there was no time for it.
    pub offline: Option<OfflineActivity>,
    /// Whether she was there.
    pub was_there: bool,
}

/// Everybody's part in every activity, by activity, week and person: as often as it was to be done, or as she did it more often.
#[must_use]
pub fn attended<'a>(problem: &'a RosterProblem, roster: &Roster) -> Vec<Attended<'a>> {
    let of_agent = roster.by_agent();
    let mut weeks: Vec<NaiveDate> = problem.horizon.dates().map(week_of).collect();
    weeks.dedup();
    let mut attended = Vec::new();
    for activity in &problem.activities {
        for &week in &weeks {
            for person in problem.people.iter().filter(|person| activity.is_for(person)) {
                let duties = of_agent.get(&person.employee.id).map_or(&[][..], Vec::as_slice);
                attended.extend(of_week(activity, week, person, duties));
            }
        }
    }
    attended
}

fn of_week<'a>(activity: &'a Activity, week: NaiveDate, person: &'a Person, duties: &[&Assignment]) -> Vec<Attended<'a>> {
    let counts = |offline: &&OfflineActivity| offline.activity == activity.id && week_of(offline.start.date()) == week;
    let done: Vec<&OfflineActivity> = duties.iter().flat_map(|duty| &duty.offline_activities).filter(counts).collect();
    let missed = person.offline_activities.iter().filter(counts).filter(|offline| !done.contains(offline));
    let part = |offline: Option<&OfflineActivity>, was_there| Attended { activity, week, person, offline: offline.cloned(), was_there };
    let mut parts: Vec<Attended> = done.iter().map(|offline| part(Some(offline), true)).collect();
    // a leader meets others, not herself
    let wanted = if activity.attendance == Attendance::WithLeader && person.employee.leads { 0 } else { activity.times_a_week as usize };
    parts.extend(missed.map(|offline| part(Some(offline), false)));
    let nowhere = wanted.saturating_sub(parts.len());
    parts.extend((0..nowhere).map(|_| part(None, false)));
    parts
}
