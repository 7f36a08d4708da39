//! Checks of the counts: anomalies are reported, and left out where they would mislead.

use super::{ContactHistory, Finding, FindingKind, RawCount};
use crate::event::{Event, Family};
use crate::time::{Interval, TimeGrid};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};
use ndarray::Array2;
use std::collections::BTreeSet;

/// Run of equal counts that suggests a stuck value.
const FROZEN_RUN: usize = 8;
/// Count below which repetitions are likely by chance.
const FROZEN_LEAST: f64 = 10.0;
/// Typical day total below which a zero-volume day is no anomaly.
const DEAD_DAY_LEAST: f64 = 10.0;

pub(super) fn enter(counts: &mut Array2<f64>, first: NaiveDate, interval: Interval, row: RawCount, findings: &mut Vec<Finding>) {
    let day = (row.start.date() - first).num_days() as usize;
    let minute = row.start.hour() * 60 + row.start.minute();
    let slot = (minute / interval.minutes()) as usize;
    let finding = |kind| Finding { kind, start: row.start, intervals: 1, count: row.contacts };
    if !row.contacts.is_finite() || row.contacts < 0.0 {
        findings.push(finding(FindingKind::Impossible));
        return;
    }
    let on_grid = minute.is_multiple_of(interval.minutes());
    if !on_grid {
        findings.push(finding(FindingKind::OffGrid));
    } else if !counts[(day, slot)].is_nan() {
        findings.push(finding(FindingKind::Duplicate));
    }
    let before = counts[(day, slot)];
    counts[(day, slot)] = if on_grid || before.is_nan() { row.contacts } else { before + row.contacts };
}

/// Removes a queue's zeros before its first contact: they show when it opened, not its demand.
pub(super) fn drop_before_opening(rows: &mut Vec<RawCount>) -> Option<Finding> {
    let opening = rows.iter().filter(|row| row.contacts > 0.0).map(|row| row.start.date()).min()?;
    let before = |row: &&RawCount| row.start.date() < opening;
    let start = rows.iter().filter(before).map(|row| row.start).min()?;
    let intervals = rows.iter().filter(before).count();
    rows.retain(|row| row.start.date() >= opening);
    Some(Finding { kind: FindingKind::NotOpenYet, start, intervals, count: 0.0 })
}

/// Removes unreliable counts inside events of the family `gap`, and those of closures.
pub(super) fn drop_spoilt(counts: &mut Array2<f64>, first: NaiveDate, interval: Interval, events: &[Event]) {
    let grid = grid_of(counts, first, interval);
    for event in events.iter().filter(|event| matches!(event.family, Family::Gap | Family::Closed)) {
        for index in overlapping(grid, event) {
            counts[(grid.day_of(index), grid.slot_of_day(index))] = f64::NAN;
        }
    }
}

/// Removes zero-volume days: the weekday has no contacts, or recording failed.
pub(super) fn drop_dead_days(
    counts: &mut Array2<f64>,
    first: NaiveDate,
    interval: Interval,
    events: &[Event],
    findings: &mut Vec<Finding>,
) {
    let date = |day: usize| first + Days::new(day as u64);
    let total = |counts: &Array2<f64>, day: usize| counts.row(day).iter().filter(|count| !count.is_nan()).sum::<f64>();
    let weekday = |day: usize| date(day).weekday().num_days_from_monday() as usize;
    let typical: [f64; 7] =
        std::array::from_fn(|of| median((0..counts.nrows()).filter(|&day| weekday(day) == of).map(|day| total(counts, day))));
    let busiest = typical.iter().copied().fold(0.0, f64::max);
    for day in 0..counts.nrows() {
        let counted = counts.row(day).iter().filter(|count| !count.is_nan()).count();
        if counted == 0 || total(counts, day) > 0.0 || busiest < DEAD_DAY_LEAST {
            continue;
        }
        let start = first.and_time(chrono::NaiveTime::MIN) + Days::new(day as u64);
        if typical[weekday(day)] >= DEAD_DAY_LEAST && !events.iter().any(|event| event.is_on_date(date(day))) {
            findings.push(Finding { kind: FindingKind::DeadDay, start, intervals: counted.min(interval.per_day()), count: 0.0 });
        }
        counts.row_mut(day).fill(f64::NAN);
    }
}

/// Findings in a prepared history, except suspected events.
pub(super) fn examine(history: &ContactHistory, skipped: &BTreeSet<(usize, usize)>) -> Vec<Finding> {
    let mut findings = gaps(history, skipped);
    findings.extend(frozen(history));
    findings
}

/// Runs of ordinary intervals without a count, one finding per day; those `skipped` by clock changes are not gaps.
fn gaps(history: &ContactHistory, skipped: &BTreeSet<(usize, usize)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for day in history.counted_days().filter(|&day| !history.was_closed(day)) {
        let open = history.ordinary(history.date(day));
        let is_due = |slot: usize| open[slot] && history.ordinary.had_begun(slot, day) && !skipped.contains(&(day, slot));
        let is_missing = |slot: &usize| is_due(*slot) && history.count(day, *slot).is_none();
        let missing: Vec<usize> = (0..open.len()).filter(is_missing).collect();
        if let Some(&first) = missing.first() {
            let start = stamp(history, day, first);
            findings.push(Finding { kind: FindingKind::Gap, start, intervals: missing.len(), count: 0.0 });
        }
    }
    findings
}

fn frozen(history: &ContactHistory) -> Vec<Finding> {
    let mut findings = Vec::new();
    for day in 0..history.days() {
        let mut slot = 0;
        while slot < history.interval().per_day() {
            let Some(count) = history.count(day, slot) else {
                slot += 1;
                continue;
            };
            let run = (slot..history.interval().per_day()).take_while(|&next| history.count(day, next) == Some(count)).count();
            if run >= FROZEN_RUN && count >= FROZEN_LEAST {
                findings.push(Finding { kind: FindingKind::Frozen, start: stamp(history, day, slot), intervals: run, count });
            }
            slot += run.max(1);
        }
    }
    findings
}

pub(super) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

pub(super) fn stamp(history: &ContactHistory, day: usize, slot: usize) -> NaiveDateTime {
    history.horizon().grid(history.interval()).start(day * history.interval().per_day() + slot)
}

fn grid_of(counts: &Array2<f64>, first: NaiveDate, interval: Interval) -> TimeGrid {
    crate::time::Horizon { first, days: counts.nrows() }.grid(interval)
}

fn overlapping(grid: TimeGrid, event: &Event) -> impl Iterator<Item = usize> + use<> {
    let (start, end) = (event.start, event.end);
    (0..grid.len()).filter(move |&index| grid.start(index) < end && (start <= grid.start(index) || grid.index_of(start) == Some(index)))
}
