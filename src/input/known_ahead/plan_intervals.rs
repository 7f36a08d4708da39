//! Times relative to the plan's intervals: neighbouring starts of a time within an interval, and periods in which contacts can arrive.

use crate::input::plan_file::plan::PlanFile;
use crate::service::{Channel, Queue};
use crate::time::{ClockTime, Interval};
use chrono::{NaiveDateTime, TimeDelta};

/// Starts of the intervals before and after a time that is no start.
pub(in crate::input) fn starts_beside(time: NaiveDateTime, interval: Interval) -> Option<String> {
    let length = i64::from(interval.minutes()) * 60;
    let since = (time - ClockTime::MIDNIGHT.on(time.date())).num_seconds() % length;
    let before = time - TimeDelta::seconds(since);
    let written = |start: NaiveDateTime| start.format("%Y-%m-%dT%H:%M").to_string();
    (since != 0).then(|| format!("{}, {}", written(before), written(before + TimeDelta::seconds(length))))
}

/// Whether contacts can arrive at a queue in any interval of the plan's days that overlaps a period; tickets arrive in all of them.
pub(super) fn takes_contacts(queue: &Queue, (start, end): (NaiveDateTime, NaiveDateTime), plan: &PlanFile) -> bool {
    let grid = plan.horizon.grid(plan.interval);
    let touched = |slot: &usize| grid.start(*slot) < end && start < grid.end(*slot);
    let is_open = |slot: usize| matches!(queue.channel, Channel::Deferred) || queue.hours.is_open(grid.start(slot));
    (0..grid.len()).filter(touched).any(is_open)
}
