//! Whether the calendar says enough for the days that are planned and for those that are learned from.

use super::Inputs;
use crate::calendar::{CalendarDoubt, CalendarUse};

impl Inputs {
    /// What the calendar ought to say of the plan's years and of the history's, and does not.
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
