//! Presence shares: the part of each interval that an agent on a shift is on the desk, net of breaks and offline activities.

use super::offline::{OfflineShifts, away};
use super::rows::Rows;
use crate::roster::engine::{BreakOption, ShiftWork};
use crate::roster::model::breaks::BreakWindow;
use crate::roster::model::problem::RosterProblem;
use crate::roster::model::shift::ShiftTemplate;
use std::collections::{BTreeMap, BTreeSet};

/// Distinct presence shares, in minutes of an interval, ascending.
pub(in crate::roster) struct Shares<'a> {
    problem: &'a RosterProblem,
    rows: &'a Rows,
    interval: u32,
    minutes: Vec<u32>,
}

impl<'a> Shares<'a> {
    pub(in crate::roster) fn of(
        problem: &'a RosterProblem,
        rows: &'a Rows,
        windows: &[Vec<BreakWindow>],
        offline_shifts: &[OfflineShifts],
    ) -> Self {
        let interval = problem.grid.interval().minutes();
        let mut minutes: BTreeSet<u32> = BTreeSet::new();
        let mut add = |shift: &ShiftTemplate, windows: &[BreakWindow], away: &[(i32, i32)]| {
            let (start, _) = shift.by_desk();
            minutes.extend(present(interval, shift, away).map(|(_, present)| present));
            for (window, &offset) in windows.iter().flat_map(|window| window.offsets.iter().map(move |offset| (window, offset))) {
                let paused: BTreeMap<i32, u32> = intervals(interval, pause(start, offset, window)).collect();
                let left = |(row, present): (i32, u32)| Some(present.saturating_sub(*paused.get(&row)?));
                minutes.extend(present(interval, shift, away).filter_map(left));
            }
        };
        problem.shifts.iter().zip(windows).for_each(|(shift, windows)| add(shift, windows, &[]));
        for ((day, shift), of) in offline_shifts.iter().flatten() {
            add(
                &problem.shifts[usize::from(*shift)],
                &of.windows,
                &away(&problem.shifts[usize::from(*shift)], problem.horizon.date(*day), &of.offline_activities),
            );
        }
        if !problem.minimum_staffing.is_empty() {
            minutes.insert(interval);
        }
        minutes.remove(&0);
        Self { problem, rows, interval, minutes: minutes.into_iter().collect() }
    }

    pub(in crate::roster) fn values(&self) -> Vec<f64> {
        self.minutes.iter().map(|&minutes| f64::from(minutes) / f64::from(self.interval)).collect()
    }

    /// Index of a presence share; 0 stands for no presence, so the shares start at 1.
    fn number(&self, minutes: u32) -> u8 {
        self.minutes.binary_search(&minutes).map_or(0, |place| place as u8 + 1)
    }

    /// Presence of a shift in the desk's intervals and the minimum-staffing rows, net of the `away` times of offline activities.
    pub(in crate::roster) fn work(&self, shift: &ShiftTemplate, windows: &[BreakWindow], away: &[(i32, i32)]) -> ShiftWork {
        let (start, _) = shift.by_desk();
        let there: BTreeMap<i32, u32> = present(self.interval, shift, away).collect();
        let option = |window: &BreakWindow, offset: u32| -> BreakOption {
            let paused = intervals(self.interval, pause(start, offset, window));
            let change = |(row, paused): (i32, u32)| {
                let without = there.get(&row).copied().unwrap_or(0);
                (self.rows.of_interval(row), self.number(without), self.number(without.saturating_sub(paused)))
            };
            paused.map(change).collect()
        };
        let at_desk = there.iter().map(|(&row, &present)| (self.rows.of_interval(row), self.number(present)));
        let present = self.rows.of_minimums(self.problem, shift).into_iter().map(|row| (row, self.number(self.interval)));
        ShiftWork {
            rows: at_desk.chain(present).collect(),
            breaks: windows.iter().map(|window| window.offsets.iter().map(|&offset| option(window, offset)).collect()).collect(),
        }
    }
}

/// A break, from-to in minutes, in a shift that begins at `start`.
fn pause(start: i32, offset: u32, window: &BreakWindow) -> (i32, i32) {
    let from = start + offset as i32;
    (from, from + window.minutes as i32)
}

/// Intervals of a shift with the minutes of presence in each, net of the `away` times.
fn present<'a>(interval: u32, shift: &'a ShiftTemplate, away: &'a [(i32, i32)]) -> impl Iterator<Item = (i32, u32)> + 'a {
    let left = move |(row, minutes): (i32, u32)| {
        let offline_shifts: u32 = away.iter().map(|&stretch| inside(interval, row, stretch)).sum();
        (row, minutes.saturating_sub(offline_shifts))
    };
    intervals(interval, shift.by_desk()).filter(|_| !shift.is_reserve).map(left)
}

/// Minutes of an interval that lie in a span.
fn inside(interval: u32, row: i32, (from, to): (i32, i32)) -> u32 {
    let interval = interval as i32;
    (to.min((row + 1) * interval) - from.max(row * interval)).max(0) as u32
}

/// Intervals that a span touches, with the minutes in each.
fn intervals(interval: u32, (from, to): (i32, i32)) -> impl Iterator<Item = (i32, u32)> {
    let rows = from.div_euclid(interval as i32)..=(to - 1).div_euclid(interval as i32);
    rows.map(move |row| (row, inside(interval, row, (from, to)))).filter(|(_, inside)| *inside > 0)
}
