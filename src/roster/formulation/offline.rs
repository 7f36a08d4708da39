//! Shifts with offline activities, or in which clocks skip an hour: their break windows, and the penalty of missed activities.

use crate::roster::engine::DutyPrices;
use crate::roster::model::activity::OfflineActivity;
use crate::roster::model::breaks::BreakWindow;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::time::ClockTime;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// A shift on a day with offline activities, or in which clocks skip an hour.
#[derive(Debug)]
pub(in crate::roster) struct OfflineTime {
    /// Break windows around them.
    pub(in crate::roster) windows: Vec<BreakWindow>,
    pub(in crate::roster) offline_activities: Vec<OfflineActivity>,
}

/// A person's shifts, by day and shift, whose break windows differ from the usual ones.
pub(in crate::roster) type OfflineShifts = BTreeMap<(usize, u16), OfflineTime>;

/// Shifts of each day with offline activities, or in which clocks skip an hour, and in which all breaks find a place.
pub(in crate::roster) fn offline_shifts(problem: &RosterProblem, person: &Person) -> OfflineShifts {
    let mut offline_shifts = BTreeMap::new();
    let skipping = problem.skipping_zone(person);
    if person.offline_activities.is_empty() && skipping.is_none() {
        return offline_shifts;
    }
    for (day, date) in problem.horizon.dates().enumerate() {
        let ahead = person.employee.ahead_on(date);
        for (number, shift) in problem.shifts.iter().enumerate().filter(|(_, shift)| shift.ahead == ahead) {
            let inside = |offline: &&OfflineActivity| offline.is_within(shift.start_on(date), shift.end_on(date));
            let offline_activities: Vec<OfflineActivity> = person.offline_activities.iter().filter(inside).cloned().collect();
            let windows = shift.break_windows_beside((date, skipping), &offline_activities);
            let differ =
                |windows: &Vec<BreakWindow>| !offline_activities.is_empty() || skipping.is_some() && *windows != shift.break_windows();
            if let Some(windows) = windows.filter(differ) {
                offline_shifts.insert((day, number as u16), OfflineTime { windows, offline_activities });
            }
        }
    }
    offline_shifts
}

/// Offline activities of a shift, from-to in minutes after midnight of a date by the desk's clocks.
pub(in crate::roster) fn away(shift: &ShiftTemplate, date: NaiveDate, offline_activities: &[OfflineActivity]) -> Vec<(i32, i32)> {
    let minutes = |time: NaiveDateTime| (time - ClockTime::MIDNIGHT.on(date)).num_minutes() as i32 - shift.ahead;
    offline_activities.iter().map(|offline| (minutes(offline.start), minutes(offline.end))).collect()
}

/// Adds the penalty of missed activities to each choice of a day.
pub(in crate::roster) fn miss(
    problem: &RosterProblem,
    person: &Person,
    day: usize,
    offline_shifts: &OfflineShifts,
    prices: &mut DutyPrices,
) {
    let date = problem.horizon.date(day);
    for offline in person.offline_activities.iter().filter(|offline| offline.start.date() == date) {
        let activity = problem.activities.iter().find(|activity| activity.id == offline.activity);
        let price = activity.map_or(0.0, |activity| activity.missed.get());
        for choice in (0..problem.shifts.len() as u16).map(Some).chain([None]) {
            let attends =
                choice.and_then(|shift| offline_shifts.get(&(day, shift))).is_some_and(|of| of.offline_activities.contains(offline));
            if !attends {
                prices.add(day, choice, price);
            }
        }
    }
}
