//! Completeness of the calendar over planned days and history.

use super::Inputs;
use crate::calendar::{CalendarDoubt, CalendarUse};

impl Inputs {
    /// Gaps of the calendar in the plan's and the history's years.
    #[must_use]
    pub fn calendar_doubts(&self) -> Vec<CalendarDoubt> {
        let counts = self.queues.iter().flat_map(|of| &of.counts);
        let dates = || counts.clone().map(|count| count.start.date()).filter(|date| *date < self.history_until);
        let end = dates().max().and_then(|last| last.succ_opt()).unwrap_or(self.history_until);
        let history = dates().min().unwrap_or(end)..end;
        let planned = self.horizon.first..self.horizon.end();
        self.calendar.doubts(&CalendarUse { history, planned, published_month: self.holidays_published_month })
    }
}
