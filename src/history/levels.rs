//! A history by its levels: which days are like a day, on the level that it lies on.

use super::ContactHistory;
use crate::event::Event;

/// Same weekdays looked at on either side, days of events aside.
const WEEKS: usize = 4;

/// Of each day of a history, whether an event touches it.
pub(super) fn event_days(history: &ContactHistory, events: &[Event]) -> Vec<bool> {
    (0..history.days()).map(|day| events.iter().any(|event| event.is_on_date(history.date(day)))).collect()
}

/// A history with the parts that have a level each: days are odd among days of their level.
pub(super) struct Levels<'a> {
    pub(super) history: &'a ContactHistory,
    /// The first day of each part but the first.
    pub(super) starts: Vec<usize>,
    /// Of each day, whether an event touches it.
    pub(super) is_event: Vec<bool>,
}

impl<'a> Levels<'a> {
    pub(super) fn of(history: &'a ContactHistory, events: &[Event], starts: Vec<usize>) -> Self {
        Self { history, starts, is_event: event_days(history, events) }
    }

    /// The same weekdays around a day, at its level; where events are on the next ones, such as lie further off.
    pub(super) fn neighbours(&self, day: usize) -> impl Iterator<Item = usize> {
        let part = self.starts.partition_point(|start| *start <= day);
        let from = if part == 0 { 0 } else { self.starts[part - 1] };
        let to = self.starts.get(part).copied().unwrap_or(self.history.days());
        let is_near = move |near: &usize| near.abs_diff(day).is_multiple_of(7) && !self.is_event[*near];
        (from..day).rev().filter(is_near).take(WEEKS).chain((day + 1..to).filter(is_near).take(WEEKS))
    }
}
