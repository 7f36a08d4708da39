//! What is known ahead: calendar, events, drivers.

use crate::calendar::Calendar;
use crate::event::Event;
use crate::history::ContactHistory;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is known ahead: the calendar and the events that touch this series, past and future.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Holidays and make-up days.
    pub calendar: &'a Calendar,
    /// Promotions, mailings, closures.
    pub events: &'a [Event],
    /// Numbers known ahead that move the contacts with them.
    pub drivers: &'a [Driver],
}

/// A number known ahead for every day: planned orders, reservations, the size of a mailing.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Its name.
    pub name: String,
    /// Its sum over each day. A day that is missing counts as the middle one of all days that are there.
    pub days: BTreeMap<NaiveDate, f64>,
}

/// [`Facts`] kept by a fitted method.
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

/// Whether contacts are expected at all on a date: an ordinary weekday, not wholly closed by events.
pub(in crate::forecast) fn is_open_day(history: &ContactHistory, facts: &Facts, date: NaiveDate) -> bool {
    history.is_ordinary_day(date) && !history.is_closed(date, facts.events)
}
