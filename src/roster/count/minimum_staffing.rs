//! Periods below minimum staffing.

use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::minimum_staffing::hours_of;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Hours, Money};
use crate::workforce::AgentId;
use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};

/// A time span below a minimum-staffing constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Understaffing {
    /// Index of the constraint in the problem.
    pub minimum: usize,
    /// Start.
    pub start: NaiveDateTime,
    /// End.
    pub end: NaiveDateTime,
    /// Agents at work who count.
    pub there: u32,
    /// Missing agent-hours.
    pub missing: Hours,
    /// Penalty of the missing agent-hours.
    pub price: Money,
}

/// All time spans below minimum staffing, by constraint and time.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// use peakshift::workforce::Level;
/// // a senior from 08:00 to 20:00, every day of the week
/// let (id, name, levels, from, to) = ("lead".into(), "lead".into(), vec![Level::Senior], "08:00".parse()?, "20:00".parse()?);
/// let (teams, contracts, skills, shifts, weekdays) = (vec![], vec![], vec![], vec![], vec![]);
/// problem.minimum_staffing =
///     vec![MinimumStaffing { id, name, least: 1, levels, teams, contracts, skills, shifts, weekdays, from, to, missing_hour: hourly }];
/// problem.people[0].employee.level = Level::Senior;
/// let roster = Roster { assignments: vec![with_shift(&problem, &problem.people[0], &problem.shifts[0], first)] };
/// let monday: Vec<_> = understaffing(&problem, &roster).into_iter().filter(|gap| gap.start.date() == first).collect();
/// // nobody before 09:00 and after 17:00
/// assert_eq!(monday.iter().map(|gap| gap.missing).collect::<Vec<_>>(), [Hours::new(1.0)?, Hours::new(3.0)?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn understaffing(problem: &RosterProblem, roster: &Roster) -> Vec<Understaffing> {
    let people: BTreeMap<&AgentId, &Person> = problem.people.iter().map(|person| (&person.employee.id, person)).collect();
    let shifts: BTreeMap<&str, &ShiftTemplate> = problem.shifts.iter().map(|shift| (shift.id.as_str(), shift)).collect();
    let parts = parts_of_day(problem);
    let mut understaffing: Vec<Understaffing> = Vec::new();
    for (number, minimum) in problem.minimum_staffing.iter().enumerate() {
        let times = |duty: &Assignment| {
            let of = people.get(&duty.agent).map(|person| &person.employee).filter(|of| minimum.counts(of))?;
            let by_desk = |time| of.desk_time(duty.date, time);
            let counts = shifts.get(duty.shift.as_str()).is_some_and(|shift| minimum.counts_by(shift));
            counts.then(|| (by_desk(duty.start), by_desk(duty.end)))
        };
        let duties: Vec<(NaiveDateTime, NaiveDateTime)> = roster.assignments.iter().filter_map(times).collect();
        for date in problem.horizon.dates() {
            for &part in parts.iter().filter(|&&part| minimum.wants(date, part)) {
                let [start, end] =
                    [part.0, part.1].map(|minutes| ClockTime::MIDNIGHT.on(date) + chrono::TimeDelta::minutes(minutes.into()));
                let there = duties.iter().filter(|(from, to)| *from <= start && end <= *to).count() as u32;
                let missing = hours_of(part) * minimum.least.saturating_sub(there);
                if missing > Hours::ZERO {
                    let price = missing * minimum.missing_hour;
                    add(&mut understaffing, Understaffing { minimum: number, start, end, there, missing, price });
                }
            }
        }
    }
    understaffing
}

/// Parts of a day with constant headcount, in minutes after midnight: split where shifts that count begin and end.
pub(in crate::roster) fn parts_of_day(problem: &RosterProblem) -> Vec<(u32, u32)> {
    let mut borders: BTreeSet<u32> = BTreeSet::new();
    for minimum in &problem.minimum_staffing {
        borders.extend([0, minimum.from.minutes(), minimum.to.minutes(), DAY_MINUTES]);
        for shift in problem.shifts.iter().filter(|shift| minimum.counts_by(shift)) {
            let (start, end) = shift.by_desk();
            borders.extend([start, end].map(|border| border.rem_euclid(DAY_MINUTES as i32) as u32));
        }
    }
    let borders: Vec<u32> = borders.into_iter().collect();
    borders.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Joins a time span to the last one if it continues it.
fn add(understaffing: &mut Vec<Understaffing>, next: Understaffing) {
    let goes_on = |last: &&mut Understaffing| (last.minimum, last.end, last.there) == (next.minimum, next.start, next.there);
    match understaffing.last_mut().filter(goes_on) {
        Some(last) => {
            last.end = next.end;
            last.missing += next.missing;
            last.price += next.price;
        }
        None => understaffing.push(next),
    }
}
