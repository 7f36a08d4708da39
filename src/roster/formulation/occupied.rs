//! Shifts in which somebody has something else to do at set times, or in which clocks skip an hour: where their breaks may lie then, and what
//! it costs to miss what she should do.

use crate::roster::engine::DutyPrices;
use crate::roster::model::activity::Occupation;
use crate::roster::model::breaks::BreakWindow;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::time::ClockTime;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// A shift on a day in which somebody has something else to do, or clocks skip an hour.
#[derive(Debug)]
pub(in crate::roster) struct Occupied {
    /// Where its breaks may lie then.
    pub(in crate::roster) windows: Vec<BreakWindow>,
    pub(in crate::roster) occupations: Vec<Occupation>,
}

/// Of a person the shifts of each day, by day and shift, whose breaks lie elsewhere than on other days.
pub(in crate::roster) type OccupiedShifts = BTreeMap<(usize, u16), Occupied>;

/// The shifts of each day in which a person has something else to do, or clocks skip an hour, and her breaks find a place beside it.
pub(in crate::roster) fn occupied(problem: &RosterProblem, person: &Person) -> OccupiedShifts {
    let mut occupied = BTreeMap::new();
    let skipping = problem.skipping_zone(person);
    if person.occupations.is_empty() && skipping.is_none() {
        return occupied;
    }
    for (day, date) in problem.horizon.dates().enumerate() {
        let ahead = person.employee.ahead_on(date);
        for (number, shift) in problem.shifts.iter().enumerate().filter(|(_, shift)| shift.ahead == ahead) {
            let inside = |occupation: &&Occupation| occupation.is_within(shift.start_on(date), shift.end_on(date));
            let occupations: Vec<Occupation> = person.occupations.iter().filter(inside).cloned().collect();
            let windows = shift.break_windows_beside((date, skipping), &occupations);
            let differ = |windows: &Vec<BreakWindow>| !occupations.is_empty() || skipping.is_some() && *windows != shift.break_windows();
            if let Some(windows) = windows.filter(differ) {
                occupied.insert((day, number as u16), Occupied { windows, occupations });
            }
        }
    }
    occupied
}

/// From-to of occupations in a shift, in minutes after a date's midnight by the desk's clocks.
pub(in crate::roster) fn away(shift: &ShiftTemplate, date: NaiveDate, occupations: &[Occupation]) -> Vec<(i32, i32)> {
    let minutes = |time: NaiveDateTime| (time - ClockTime::MIDNIGHT.on(date)).num_minutes() as i32 - shift.ahead;
    occupations.iter().map(|occupation| (minutes(occupation.start), minutes(occupation.end))).collect()
}

/// The price of each choice on a day by which a person misses what she should do that day.
pub(in crate::roster) fn miss(problem: &RosterProblem, person: &Person, day: usize, occupied: &OccupiedShifts, prices: &mut DutyPrices) {
    let date = problem.horizon.date(day);
    for occupation in person.occupations.iter().filter(|occupation| occupation.start.date() == date) {
        let activity = problem.activities.iter().find(|activity| activity.id == occupation.activity);
        let price = activity.map_or(0.0, |activity| activity.missed.get());
        for choice in (0..problem.shifts.len() as u16).map(Some).chain([None]) {
            let attends = choice.and_then(|shift| occupied.get(&(day, shift))).is_some_and(|of| of.occupations.contains(occupation));
            if !attends {
                prices.add(day, choice, price);
            }
        }
    }
}
