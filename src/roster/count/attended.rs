//! Attendance of offline activities.

use crate::roster::model::activity::{Activity, Attendance, OfflineActivity};
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::week_of;
use chrono::NaiveDate;

/// One agent's part in a weekly activity.
#[derive(Clone, Debug)]
pub struct Attended<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// Monday of the week.
    pub week: NaiveDate,
    /// The agent.
    pub person: &'a Person,
    /// Time of the activity, attended or missed; `None` if no time was found for it.
    pub offline: Option<OfflineActivity>,
    /// Whether the agent attended.
    pub was_there: bool,
}

/// Everybody's parts in every activity, by activity, week and person: as many as required, or more where more were attended.
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
    // a leader meets the others, not themself
    let wanted = if activity.attendance == Attendance::WithLeader && person.employee.leads { 0 } else { activity.times_a_week as usize };
    parts.extend(missed.map(|offline| part(Some(offline), false)));
    let nowhere = wanted.saturating_sub(parts.len());
    parts.extend((0..nowhere).map(|_| part(None, false)));
    parts
}
