//! Where nobody of a kind is there who should be.

use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::presence::{Presence, hours_of};
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Hours, Money};
use crate::workforce::AgentId;
use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};

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
    let parts = parts_of_day(problem);
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

/// The parts of a day, in minutes after its midnight, in which heads are the same throughout: cut where shifts that count begin and end.
pub(in crate::roster) fn parts_of_day(problem: &RosterProblem) -> Vec<(u32, u32)> {
    let mut borders: BTreeSet<u32> = BTreeSet::new();
    for presence in &problem.presences {
        borders.extend([0, presence.from.minutes(), presence.to.minutes(), DAY_MINUTES]);
        for shift in problem.shifts.iter().filter(|shift| presence.counts_by(shift)) {
            let (start, end) = shift.by_desk();
            borders.extend([start, end].map(|border| border.rem_euclid(DAY_MINUTES as i32) as u32));
        }
    }
    let borders: Vec<u32> = borders.into_iter().collect();
    borders.windows(2).map(|pair| (pair[0], pair[1])).collect()
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
    Hours::new(hours).expect("minutes of a day are hours")
}

fn price(presence: &Presence, missing: f64) -> Money {
    Money::new(presence.missing_hour.get() * missing).expect("a price times hours is money")
}
