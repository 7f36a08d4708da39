//! Somebody of a kind at work at all times: a senior on every shift, a reserve that can be called in.
//!
//! Heads count here, not work, and breaks do not matter: a day is cut where shifts begin and end, and each part of it is a row of the
//! search beside the intervals of the desk.

use super::engine::Step;
use super::pattern::ShiftTemplate;
use super::problem::{Person, RosterProblem};
use super::result::{Assignment, Roster};
use crate::service::QueueId;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Hours, Money};
use crate::workforce::{AgentId, Employee, Level};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// How many people of a kind should be at work at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Presence {
    /// As files call it.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// How many, at least.
    pub least: u32,
    /// The levels of those who count; empty means all, and so below.
    pub levels: Vec<Level>,
    /// Their groups.
    pub teams: Vec<String>,
    /// Their contracts.
    pub contracts: Vec<String>,
    /// What they can serve, at least one of these.
    pub skills: Vec<QueueId>,
    /// The shifts by which they count; empty means all but those of a reserve.
    pub shifts: Vec<String>,
    /// On which weekdays; empty means all.
    pub weekdays: Vec<Weekday>,
    /// From when on a day.
    pub from: ClockTime,
    /// Until when; before `from` if over midnight.
    pub to: ClockTime,
    /// The price of an hour in which one of them is missing.
    pub missing_hour: Money,
}

impl Presence {
    /// Whether somebody counts.
    pub(crate) fn counts(&self, of: &Employee) -> bool {
        let any = |skills: &[QueueId]| skills.is_empty() || skills.iter().any(|queue| of.serves(queue));
        (self.levels.is_empty() || self.levels.contains(&of.level))
            && (self.teams.is_empty() || self.teams.contains(&of.team))
            && (self.contracts.is_empty() || self.contracts.contains(&of.contract.id))
            && any(&self.skills)
    }

    /// Whether somebody on a shift counts.
    fn counts_by(&self, shift: &ShiftTemplate) -> bool {
        if self.shifts.is_empty() { !shift.is_reserve } else { self.shifts.contains(&shift.id) }
    }

    /// Whether somebody is wanted on a date in a part of the day, in minutes after midnight.
    fn wants(&self, date: NaiveDate, (start, end): (u32, u32)) -> bool {
        let (from, to) = (self.from.minutes(), self.to.minutes());
        let in_hours = if from < to { from <= start && end <= to } else { from <= start || end <= to };
        in_hours && (self.weekdays.is_empty() || self.weekdays.contains(&date.weekday()))
    }
}

/// Rows of each day in the search: the intervals of the desk, then for each presence the parts of the day.
pub(super) struct Rows {
    intervals: u32,
    presences: u32,
    /// From-to of each part of a day, in minutes after midnight; none without presences.
    parts: Vec<(u32, u32)>,
}

impl Rows {
    pub(super) fn of(problem: &RosterProblem) -> Self {
        let mut borders: BTreeSet<u32> = BTreeSet::new();
        for presence in &problem.presences {
            borders.extend([0, presence.from.minutes(), presence.to.minutes(), DAY_MINUTES]);
            for shift in problem.shifts.iter().filter(|shift| presence.counts_by(shift)) {
                let (start, end) = shift.by_desk();
                borders.extend([start, end].map(|border| border.rem_euclid(DAY_MINUTES as i32) as u32));
            }
        }
        let borders: Vec<u32> = borders.into_iter().collect();
        Self {
            intervals: problem.grid.interval().per_day() as u32,
            presences: problem.presences.len() as u32,
            parts: borders.windows(2).map(|pair| (pair[0], pair[1])).collect(),
        }
    }

    pub(super) fn per_day(&self) -> usize {
        (self.intervals + self.presences * self.parts.len() as u32) as usize
    }

    /// The row of an interval that is so many after a day's first.
    pub(super) fn of_interval(&self, interval: i32) -> i32 {
        let intervals = self.intervals as i32;
        interval.div_euclid(intervals) * self.per_day() as i32 + interval.rem_euclid(intervals)
    }

    /// The rows in which a shift makes people present, after its day's first.
    pub(super) fn of_presences(&self, problem: &RosterProblem, shift: &ShiftTemplate) -> Vec<i32> {
        let (start, end) = shift.by_desk();
        let day_minutes = DAY_MINUTES as i32;
        let mut rows = Vec::new();
        for (number, _) in problem.presences.iter().enumerate().filter(|(_, presence)| presence.counts_by(shift)) {
            for day in start.div_euclid(day_minutes)..=end.div_euclid(day_minutes) {
                let within = |part: &(u32, u32)| start <= day * day_minutes + part.0 as i32 && day * day_minutes + part.1 as i32 <= end;
                let first = day * self.per_day() as i32 + self.intervals as i32 + (number * self.parts.len()) as i32;
                rows.extend((0..).zip(&self.parts).filter(|(_, part)| within(part)).map(|(place, _)| first + place));
            }
        }
        rows
    }

    /// What each row wants, given what each interval wants of the desk; presences are queues after the desk's.
    pub(super) fn demand(&self, problem: &RosterProblem, desk: Vec<Vec<Step>>) -> Vec<Vec<Step>> {
        let mut desk = desk.into_iter();
        let mut demand = Vec::with_capacity(problem.horizon.days * self.per_day());
        for date in problem.horizon.dates() {
            demand.extend(desk.by_ref().take(self.intervals as usize));
            for (number, presence) in problem.presences.iter().enumerate() {
                demand.extend(self.parts.iter().map(|&part| {
                    let step = Step {
                        queue: problem.demand.len() + number,
                        width: f64::from(presence.least),
                        price: presence.missing_hour.get() * hours_of(part),
                    };
                    if presence.wants(date, part) { vec![step] } else { Vec::new() }
                }));
            }
        }
        demand
    }
}

fn hours_of((start, end): (u32, u32)) -> f64 {
    f64::from(end - start) / 60.0
}

/// The presences for which a person counts, as bits after those of the queues.
pub(super) fn presences_of(person: &Person, problem: &RosterProblem) -> u32 {
    let counts = problem.presences.iter().enumerate().filter(|(_, presence)| presence.counts(&person.employee));
    counts.fold(0, |set, (number, _)| set | 1 << (problem.demand.len() + number))
}

/// A stretch of time in which too few people of a kind are at work.
#[derive(Clone, Debug, PartialEq)]
pub struct Absent {
    /// The presence's number in the problem.
    pub presence: usize,
    /// From when.
    pub start: NaiveDateTime,
    /// Until when.
    pub end: NaiveDateTime,
    /// How many are at work.
    pub there: u32,
    /// How many hours of people are missing.
    pub missing: Hours,
    /// Their price.
    pub price: Money,
}

/// Every stretch of time in which too few people of a kind are at work, by presence and time.
#[must_use]
pub fn absent(problem: &RosterProblem, roster: &Roster) -> Vec<Absent> {
    let people: BTreeMap<&AgentId, &Person> = problem.people.iter().map(|person| (&person.employee.id, person)).collect();
    let shifts: BTreeMap<&str, &ShiftTemplate> = problem.shifts.iter().map(|shift| (shift.id.as_str(), shift)).collect();
    let parts = Rows::of(problem).parts;
    let mut absent: Vec<Absent> = Vec::new();
    for (number, presence) in problem.presences.iter().enumerate() {
        let times = |duty: &Assignment| {
            let of = people.get(&duty.agent).map(|person| &person.employee).filter(|of| presence.counts(of))?;
            let by_desk = |time| of.desk_time(duty.date, time);
            let counts = shifts.get(duty.shift.as_str()).is_some_and(|shift| presence.counts_by(shift));
            counts.then(|| (by_desk(duty.start), by_desk(duty.end)))
        };
        let duties: Vec<(NaiveDateTime, NaiveDateTime)> = roster.assignments.iter().filter_map(times).collect();
        for date in problem.horizon.dates() {
            for &part in parts.iter().filter(|&&part| presence.wants(date, part)) {
                let [start, end] =
                    [part.0, part.1].map(|minutes| ClockTime::MIDNIGHT.on(date) + chrono::TimeDelta::minutes(minutes.into()));
                let there = duties.iter().filter(|(from, to)| *from <= start && end <= *to).count() as u32;
                let missing = f64::from(presence.least.saturating_sub(there)) * hours_of(part);
                if missing > 0.0 {
                    add(
                        &mut absent,
                        Absent { presence: number, start, end, there, missing: hours(missing), price: price(presence, missing) },
                    );
                }
            }
        }
    }
    absent
}

/// Joins a stretch to the last one if it goes on.
fn add(absent: &mut Vec<Absent>, next: Absent) {
    let goes_on = |last: &&mut Absent| (last.presence, last.end, last.there) == (next.presence, next.start, next.there);
    match absent.last_mut().filter(goes_on) {
        Some(last) => {
            last.end = next.end;
            last.missing += next.missing;
            last.price += next.price;
        }
        None => absent.push(next),
    }
}

fn hours(hours: f64) -> Hours {
    Hours::new(hours).unwrap_or_default()
}

fn price(presence: &Presence, missing: f64) -> Money {
    Money::new(presence.missing_hour.get() * missing).unwrap_or_default()
}
