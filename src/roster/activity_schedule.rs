//! Activity schedule: times of offline activities at which the roster can best spare those who attend.
//!
//! Sessions are placed one after the other at the exact understaffing penalty they cause, then each once more given all others.
//! A participant who is not on a shift then misses the session, at its penalty. So a team meeting lies where its members are at work, and
//! the search that follows moves members towards it.

use super::cost::money;
use crate::roster::count::split::{queues_of, skill_sets, steps};
use crate::roster::engine::Cover;
use crate::roster::model::activity::{Activity, Attendance, OfflineActivity};
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::{RESERVE, overlap};
use crate::roster::model::skipped_hour;
use crate::service::QueueId;
use crate::time::{ClockTime, week_of};
use crate::units::{Factor, Hours, Money};
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// Grid of starts in minutes for single people; team meetings start on the plan's intervals.
const STEP: u32 = 15;
/// Difference in price below which the earlier time is kept.
const SAME: Money = Money::constant(1e-9);
/// Rounds over all sessions.
const ROUNDS: usize = 2;

/// Sets everybody's offline activities as the problem's activities require, at the times at which this roster can best spare them. Earlier
/// offline activities are discarded.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// use peakshift::time::{ClockTime, read_stamp};
/// // everybody is there from 08:00, and calls begin at 09:00
/// problem.shifts = vec![ShiftTemplate::new("D", "08:00".parse()?, 9 * 60)];
/// let duties = problem.people.iter().map(|person| with_shift(&problem, person, &problem.shifts[0], first));
/// let roster = Roster { assignments: duties.collect() };
/// let (id, name, attendance, weekdays, contracts) = ("meeting".into(), "Meeting".into(), Attendance::Group, vec![], vec![]);
/// let (minutes, times_a_week, from, to) = (60, 1, ClockTime::MIDNIGHT, ClockTime::DAY_END);
/// let missed = Hours::new(1.0)? * hourly;
/// problem.activities = vec![Activity { id, name, attendance, minutes, times_a_week, weekdays, from, to, contracts, missed }];
/// schedule_activities(&mut problem, &roster);
/// let start = read_stamp("2026-11-30T08:00")?; // while nobody is required at the desk
/// assert!(problem.people.iter().all(|person| person.offline_activities[0].start == start));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn schedule_activities(problem: &mut RosterProblem, roster: &Roster) {
    let offline_activities = {
        let demand = steps(problem);
        let sets = skill_sets(problem);
        let mut schedule = ActivitySchedule::of(problem, roster, Cover::empty(&demand, &sets, problem.demand.len()), &sets);
        let mut sessions = sessions(problem);
        for _ in 0..ROUNDS {
            for number in 0..sessions.len() {
                schedule.cancel(&mut sessions[number]);
                let held = schedule.best(&sessions, number);
                schedule.hold(&mut sessions[number], held);
            }
        }
        schedule.offline_activities
    };
    for (person, mut offline_activities) in problem.people.iter_mut().zip(offline_activities) {
        offline_activities.sort();
        person.offline_activities = offline_activities;
    }
}

/// One weekly session of an activity with its participants.
struct Session<'a> {
    activity: &'a Activity,
    /// Monday of the week.
    week: NaiveDate,
    people: Vec<usize>,
    /// Primary queues of the participants.
    queues: Vec<&'a QueueId>,
    held: Option<Held>,
}

/// Time of a session, and its attendance.
#[derive(Clone, Debug)]
struct Held {
    start: NaiveDateTime,
    end: NaiveDateTime,
    /// Participants who can attend.
    people: Vec<usize>,
}

impl Session<'_> {
    /// Whether it takes place only with all participants.
    fn needs_all(&self) -> bool {
        self.activity.attendance != Attendance::Group
    }

    /// Whether another session rules a time out: a team meeting of the same queue, or the same activity and people on that day.
    fn is_barred_by(&self, other: &Session, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        let Some(held) = &other.held else { return false };
        let are_groups = [self, other].iter().all(|session| session.activity.attendance == Attendance::Group);
        let same_queue = || self.queues.iter().any(|queue| other.queues.contains(queue));
        let again = self.activity.id == other.activity.id && self.people[0] == other.people[0] && held.start.date() == start.date();
        again || are_groups && held.start < end && start < held.end && same_queue()
    }
}

/// All sessions that the problem's activities require, team meetings first.
fn sessions(problem: &RosterProblem) -> Vec<Session<'_>> {
    let mut weeks: Vec<NaiveDate> = problem.horizon.dates().map(week_of).collect();
    weeks.dedup();
    let mut sessions = Vec::new();
    for activity in &problem.activities {
        let together = together(problem, activity);
        for &week in &weeks {
            for people in &together {
                let mut queues: Vec<&QueueId> =
                    people.iter().filter_map(|&person| problem.people[person].employee.skills.first()).collect();
                queues.sort_unstable();
                queues.dedup();
                let session = || Session { activity, week, people: people.clone(), queues: queues.clone(), held: None };
                sessions.extend((0..activity.times_a_week).map(|_| session()));
            }
        }
    }
    sessions.sort_by_key(Session::needs_all);
    sessions
}

/// Groups of people who do an activity together.
fn together(problem: &RosterProblem, activity: &Activity) -> Vec<Vec<usize>> {
    let who = || problem.people.iter().enumerate().filter(|(_, person)| activity.is_for(person));
    match activity.attendance {
        Attendance::Alone => who().map(|(number, _)| vec![number]).collect(),
        Attendance::WithLeader => {
            let leader =
                |of: &Person| problem.people.iter().position(|person| person.employee.leads && person.employee.team == of.employee.team);
            who().filter_map(|(number, person)| Some(vec![number, leader(person).filter(|&leader| leader != number)?])).collect()
        }
        Attendance::Group => {
            let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            who().for_each(|(number, person)| groups.entry(&person.employee.team).or_default().push(number));
            groups.into_values().collect()
        }
    }
}

struct ActivitySchedule<'a> {
    problem: &'a RosterProblem,
    /// Coverage of the desk without those who are at sessions.
    cover: Cover<'a>,
    /// Index of each person's skill set.
    set: Vec<usize>,
    /// Assignments of each person.
    duties: Vec<Vec<&'a Assignment>>,
    /// Time zone of each person whose clocks skip time in the plan.
    skipping: Vec<Option<&'a Zone>>,
    /// Offline activities placed so far, by person.
    offline_activities: Vec<Vec<OfflineActivity>>,
}

impl<'a> ActivitySchedule<'a> {
    fn of(problem: &'a RosterProblem, roster: &'a Roster, cover: Cover<'a>, sets: &[u32]) -> Self {
        let of_agent = roster.by_agent();
        let set = problem.people.iter().map(|person| sets.binary_search(&queues_of(person, problem)).unwrap_or_default()).collect();
        let duties: Vec<Vec<&Assignment>> =
            problem.people.iter().map(|person| of_agent.get(&person.employee.id).cloned().unwrap_or_default()).collect();
        let offline_activities = vec![Vec::new(); problem.people.len()];
        let skipping = problem.people.iter().map(|person| problem.skipping_zone(person)).collect();
        let mut schedule = Self { problem, cover, set, duties, skipping, offline_activities };
        for person in 0..problem.people.len() {
            for duty in schedule.duties[person].clone() {
                schedule.move_desk(person, (duty.start, duty.end), 1.0);
            }
        }
        schedule
    }

    /// Effective presence of a person within a time span of a shift, before offline activities.
    fn at_desk(
        &self,
        person: usize,
        duty: &Assignment,
        (from, to): (NaiveDateTime, NaiveDateTime),
    ) -> impl Iterator<Item = (usize, Factor)> {
        let (grid, of) = (self.problem.grid, &self.problem.people[person]);
        let (effectiveness, date) = (of.effectiveness, duty.date);
        let by_desk = move |time| of.employee.desk_time(date, time);
        let mut present = duty.clone();
        present.offline_activities.retain(|offline| offline.activity == RESERVE);
        let present = present.desk_stretches();
        let parts = present.into_iter().map(move |(start, end)| (start.max(from), end.min(to))).filter(|(start, end)| start < end);
        parts
            .flat_map(move |(start, end)| overlap(grid, by_desk(start), by_desk(end)))
            .map(move |(slot, share)| (slot, effectiveness * share))
    }

    /// Takes a person off the desk for a time span, or puts them back with `sign` 1.
    fn move_desk(&mut self, person: usize, stretch: (NaiveDateTime, NaiveDateTime), sign: f64) {
        let Some(duty) = self.duty(person, stretch).cloned() else { return };
        for (slot, presence) in self.at_desk(person, &duty, stretch).collect::<Vec<_>>() {
            self.cover.add(slot, self.set[person], sign * presence.get());
        }
    }

    /// Shift of a person that contains a time span.
    fn duty(&self, person: usize, (from, to): (NaiveDateTime, NaiveDateTime)) -> Option<&'a Assignment> {
        self.duties[person].iter().copied().find(|duty| duty.start <= from && to <= duty.end)
    }

    /// Whether a person's shift has room for another offline activity, breaks moved if need be.
    fn has_room(&self, person: usize, activity: &Activity, stretch: (NaiveDateTime, NaiveDateTime)) -> bool {
        let Some(duty) = self.duty(person, stretch) else { return false };
        let (start, end) = stretch;
        let is_taken = self.offline_activities[person].iter().any(|other| other.overlaps(start, end));
        if is_taken || skipped_hour::touched_by(start, end, self.skipping[person]) {
            return false;
        }
        let known = self.offline_activities[person].iter().filter(|other| other.is_within(duty.start, duty.end)).cloned();
        let all: Vec<OfflineActivity> = known.chain([OfflineActivity { start, end, activity: activity.id.clone() }]).collect();
        let template = self.problem.shift_of(&self.problem.people[person], duty.date, &duty.shift);
        template.is_some_and(|shift| shift.break_windows_beside((duty.date, self.skipping[person]), &all).is_some())
    }

    /// Price of taking people off the desk for a time span: the added understaffing penalty, and their pay for breaks that must move.
    fn price(&mut self, people: &[usize], stretch: (NaiveDateTime, NaiveDateTime)) -> Money {
        let before = self.cover.cost();
        people.iter().for_each(|&person| self.move_desk(person, stretch, -1.0));
        let lacks = money(self.cover.cost() - before);
        people.iter().for_each(|&person| self.move_desk(person, stretch, 1.0));
        lacks + people.iter().map(|&person| self.moved_breaks(person, stretch)).sum::<Money>()
    }

    fn moved_breaks(&self, person: usize, (from, to): (NaiveDateTime, NaiveDateTime)) -> Money {
        let Some(duty) = self.duty(person, (from, to)) else { return Money::ZERO };
        let pauses = duty.meals.iter().chain(&duty.rests).filter(|pause| pause.start < to && from < pause.end());
        pauses.map(|pause| Hours::from_minutes(pause.minutes) * self.problem.people[person].employee.pay).sum()
    }

    /// Cheapest time of a session, given all others; `None` if it must be missed, or missing it is cheaper.
    fn best(&mut self, sessions: &[Session], number: usize) -> Option<Held> {
        let session = &sessions[number];
        let activity = session.activity;
        let mut best: Option<(Money, Held)> = None;
        for (start, end) in self.times(session) {
            if sessions.iter().enumerate().any(|(other, of)| other != number && session.is_barred_by(of, start, end)) {
                continue;
            }
            let people: Vec<usize> =
                session.people.iter().copied().filter(|&person| self.has_room(person, activity, (start, end))).collect();
            if people.is_empty() || session.needs_all() && people.len() < session.people.len() {
                continue;
            }
            let price = self.price(&people, (start, end)) - activity.missed * people.len() as u32;
            if best.as_ref().is_none_or(|(least, _)| price < *least - SAME) {
                best = Some((price, Held { start, end, people }));
            }
        }
        // an individual session is dropped where it costs the desk more than missing it
        best.filter(|(price, _)| *price < Money::ZERO || !session.needs_all()).map(|(_, held)| held)
    }

    /// Possible times of a session, on days on which a participant is at work.
    fn times(&self, session: &Session) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let activity = session.activity;
        let step = if session.needs_all() { STEP } else { self.problem.grid.interval().minutes().max(STEP) };
        let length = TimeDelta::minutes(i64::from(activity.minutes));
        let at_work = |date: NaiveDate| session.people.iter().any(|&person| self.duties[person].iter().any(|duty| duty.date == date));
        let dates = session.week.iter_days().take(7).filter(|&date| self.problem.horizon.day_of(date).is_some());
        let mut times = Vec::new();
        for date in dates.filter(|&date| activity.is_on(date) && at_work(date)) {
            let latest = activity.to.on(date) - length;
            let from = activity.from.on(date);
            let starts = (0..).map(|count| from + TimeDelta::minutes(i64::from(count * step))).take_while(|start| *start <= latest);
            times.extend(starts.map(|start| (start, start + length)));
        }
        times
    }

    /// Holds a session at a time. Team members off shift are scheduled as well, unless they are absent that day.
    fn hold(&mut self, session: &mut Session, held: Option<Held>) {
        let Some(held) = held else { return };
        held.people.iter().for_each(|&person| self.move_desk(person, (held.start, held.end), -1.0));
        for &person in &session.people {
            if held.people.contains(&person) || self.could_come(person, &held) {
                let offline = OfflineActivity { start: held.start, end: held.end, activity: session.activity.id.clone() };
                self.offline_activities[person].push(offline);
            }
        }
        session.held = Some(held);
    }

    fn could_come(&self, person: usize, held: &Held) -> bool {
        let date = held.start.date();
        let day = (ClockTime::MIDNIGHT.on(date), ClockTime::DAY_END.on(date));
        let is_away = self.problem.people[person].absences.iter().any(|absence| absence.overlaps(day.0, day.1));
        !is_away && !self.offline_activities[person].iter().any(|other| other.overlaps(held.start, held.end))
    }

    fn cancel(&mut self, session: &mut Session) {
        let Some(held) = session.held.take() else { return };
        held.people.iter().for_each(|&person| self.move_desk(person, (held.start, held.end), 1.0));
        for &person in &session.people {
            self.offline_activities[person].retain(|offline| (offline.start, &offline.activity) != (held.start, &session.activity.id));
        }
    }
}
