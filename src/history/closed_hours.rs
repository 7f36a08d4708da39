//! Hours that the plan keeps closed and that have no contacts any more.
//!
//! Their past contacts do not belong to the days a forecast continues. Otherwise every earlier day would appear busier than all later
//! ones.

use super::ContactHistory;
use super::begun::{Begun, Looked, weekday};
use crate::time::Horizon;
use chrono::NaiveDateTime;

impl ContactHistory {
    /// The history without the counts of intervals that are closed on their weekdays of a horizon and have no contacts any more.
    pub(crate) fn without_closed_hours(self, horizon: Horizon, is_open: impl Fn(NaiveDateTime) -> bool) -> Self {
        let mut counts = self.counts.clone();
        for slot in 0..self.interval.per_day() {
            let closed = self.closed_weekdays(slot, horizon, &is_open);
            let Some(ended) = self.ended(slot, closed) else { continue };
            let days = (0..self.days()).filter(|&day| ended[weekday(self.date(day))]);
            days.for_each(|day| counts[(day, slot)] = f64::NAN);
        }
        if counts.iter().all(|count| count.is_nan()) {
            return self;
        }
        Self::with_counts(self.first, self.interval, counts, self.closed, self.beside, self.opened)
    }

    /// Weekdays on which an interval had contacts throughout, and then none: an opening in reverse order.
    fn ended(&self, slot: usize, weekdays: [bool; 7]) -> Option<[bool; 7]> {
        let looked = |day: usize| (day, weekday(self.date(day)), self.count(day, slot).filter(|count| *count > 0.0));
        let days = (0..self.days()).rev().filter(|&day| self.has_counts(day)).map(looked);
        let begun = Begun::of(&days.filter(|(_, of, _)| weekdays[*of]).collect::<Vec<Looked>>())?;
        Some(std::array::from_fn(|of| weekdays[of] && begun.weekdays[of] != Some(false)))
    }

    /// Whether an interval is never open on a weekday of a horizon, Monday to Sunday.
    fn closed_weekdays(&self, slot: usize, horizon: Horizon, is_open: &impl Fn(NaiveDateTime) -> bool) -> [bool; 7] {
        let (mut is_met, mut opens) = ([false; 7], [false; 7]);
        let grid = horizon.grid(self.interval);
        for index in (slot..grid.len()).step_by(self.interval.per_day()) {
            let of = weekday(grid.date_of(index));
            is_met[of] = true;
            opens[of] |= self.is_partly(grid.start(index), is_open);
        }
        std::array::from_fn(|of| is_met[of] && !opens[of])
    }
}
