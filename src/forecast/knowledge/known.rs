//! Input of the forecasting methods: a history, facts, and features derived from them once for all methods.

use super::facts::Facts;
use crate::forecast::methods::structured::FittedStructure;
use crate::history::{ContactHistory, LevelShift, level_shifts, suspected_between};
use std::cell::OnceCell;
use std::rc::Rc;

/// A history and the facts known beside it.
///
/// ```
/// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
/// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
/// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let known = Known::of(&history, &facts);
/// let fitted = LastWeek.fit(&known).unwrap();
/// assert_eq!(fitted.predict(Horizon { first: past.end(), days: 7 })[(0, 0)], 100.0); // first day, only interval
/// ```
pub struct Known<'a> {
    /// Contact history.
    pub history: &'a ContactHistory,
    /// Facts known ahead.
    pub facts: Facts<'a>,
    shifts: OnceCell<Vec<LevelShift>>,
    outlying: OnceCell<Vec<usize>>,
    structure: OnceCell<Option<Rc<FittedStructure>>>,
}

impl<'a> Known<'a> {
    /// Input from a history and facts.
    #[must_use]
    pub const fn of(history: &'a ContactHistory, facts: &Facts<'a>) -> Self {
        Self { history, facts: *facts, shifts: OnceCell::new(), outlying: OnceCell::new(), structure: OnceCell::new() }
    }

    /// Level shifts; none are sought if there are drivers, which may explain them.
    pub(in crate::forecast) fn shifts(&self) -> &[LevelShift] {
        let seek = || if self.facts.drivers.is_empty() { level_shifts(self.history, self.facts.events) } else { Vec::new() };
        self.shifts.get_or_init(seek)
    }

    /// First days of each new level.
    pub(in crate::forecast) fn starts(&self) -> Vec<usize> {
        self.shifts().iter().map(|shift| shift.day).collect()
    }

    /// Days that look like an event not entered; none if there are drivers, which may explain them.
    pub(in crate::forecast) fn outlying_days(&self) -> &[usize] {
        let seek = || {
            let is_told = self.facts.drivers.is_empty();
            if is_told { suspected_between(self.history, self.facts.events, self.shifts()) } else { Vec::new() }
        };
        self.outlying.get_or_init(seek)
    }

    /// Days from which day totals are learned: complete, and not suspected of an event not entered.
    pub(in crate::forecast) fn usable_days(&self) -> Vec<usize> {
        let complete = (0..self.history.days()).filter(|&day| self.history.is_complete(day));
        complete.filter(|day| self.outlying_days().binary_search(day).is_err()).collect()
    }

    /// The structured model; `None` if the history is too short.
    pub(in crate::forecast) fn structure(&self) -> Option<Rc<FittedStructure>> {
        self.structure
            .get_or_init(|| FittedStructure::learn(self.history, &self.facts, self.usable_days(), self.starts()).map(Rc::new))
            .clone()
    }
}
