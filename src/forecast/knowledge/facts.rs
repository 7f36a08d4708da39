//! Facts known ahead: calendar, events, drivers.

use crate::calendar::Calendar;
use crate::event::Event;
use crate::history::ContactHistory;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Calendar, events and drivers of a series, past and future.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Holidays and make-up days.
    pub calendar: &'a Calendar,
    /// Promotions, mailings, closures.
    pub events: &'a [Event],
    /// Known quantities that move contacts.
    pub drivers: &'a [Driver],
}

/// A quantity known ahead for every day: planned orders, reservations, the size of a mailing.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Name of the driver.
    pub name: String,
    /// Daily sums. A missing day counts as the median of all known days.
    pub days: BTreeMap<NaiveDate, f64>,
}

/// Owned [`Facts`], kept by a fitted method.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct OwnedFacts {
    calendar: Calendar,
    events: Vec<Event>,
    drivers: Vec<Driver>,
}

impl OwnedFacts {
    pub(in crate::forecast) fn of(facts: &Facts) -> Self {
        Self { calendar: facts.calendar.clone(), events: facts.events.to_vec(), drivers: facts.drivers.to_vec() }
    }

    pub(in crate::forecast) fn borrow(&self) -> Facts<'_> {
        Facts { calendar: &self.calendar, events: &self.events, drivers: &self.drivers }
    }
}

/// Whether contacts are expected on a date: an ordinary weekday that events do not close entirely.
pub(in crate::forecast) fn is_open_day(history: &ContactHistory, facts: &Facts, date: NaiveDate) -> bool {
    history.is_ordinary_day(date) && !history.is_closed(date, facts.events)
}
