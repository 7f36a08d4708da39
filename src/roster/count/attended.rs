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
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// use peakshift::time::ClockTime;
/// // each agent has an hour of coaching a week; one has had it
/// let (id, name, attendance, weekdays, contracts) = ("coaching".to_owned(), "Coaching".into(), Attendance::Alone, vec![], vec![]);
/// let (minutes, times_a_week, from, to) = (60, 1, ClockTime::MIDNIGHT, ClockTime::DAY_END);
/// let mut duty = with_shift(&problem, &problem.people[0], &problem.shifts[0], first);
/// let held = OfflineActivity { start: duty.start, end: duty.start + chrono::TimeDelta::hours(1), activity: id.clone() };
/// duty.offline_activities = vec![held];
/// let missed = Hours::new(1.0)? * hourly;
/// problem.activities = vec![Activity { id, name, attendance, minutes, times_a_week, weekdays, from, to, contracts, missed }];
/// let parts = attended(&problem, &Roster { assignments: vec![duty] });
/// assert_eq!(parts.iter().map(|part| part.was_there).collect::<Vec<_>>(), [true, false, false]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
