//! A history divided into levels, and comparable days within each.

use super::ContactHistory;
use crate::event::Event;

/// Same weekdays compared on either side, event days aside.
const WEEKS: usize = 4;

/// Whether an event is on, by day of a history.
pub(super) fn event_days(history: &ContactHistory, events: &[Event]) -> Vec<bool> {
    (0..history.days()).map(|day| events.iter().any(|event| event.is_on_date(history.date(day)))).collect()
}

/// A history divided into parts with a level each; days are compared within their part.
pub(super) struct Levels<'a> {
    pub(super) history: &'a ContactHistory,
    /// First day of each part but the first.
    pub(super) starts: Vec<usize>,
    /// Whether an event is on, by day.
    pub(super) is_event: Vec<bool>,
}

impl<'a> Levels<'a> {
    pub(super) fn of(history: &'a ContactHistory, events: &[Event], starts: Vec<usize>) -> Self {
        Self { history, starts, is_event: event_days(history, events) }
    }

    /// Days of the same weekday around a day, on its level; event days are replaced by more distant ones.
    pub(super) fn neighbours(&self, day: usize) -> impl Iterator<Item = usize> {
        let part = self.starts.partition_point(|start| *start <= day);
        let from = if part == 0 { 0 } else { self.starts[part - 1] };
        let to = self.starts.get(part).copied().unwrap_or(self.history.days());
        let is_near = move |near: &usize| near.abs_diff(day).is_multiple_of(7) && !self.is_event[*near];
        (from..day).rev().filter(is_near).take(WEEKS).chain((day + 1..to).filter(is_near).take(WEEKS))
    }
}
