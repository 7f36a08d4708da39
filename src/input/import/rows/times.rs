//! Times of rows, each of which is read once.

use crate::input::import::cells::memory::Memory;
use crate::input::import::cells::moments::{Form, Moment, clock_of, iso, local};
use crate::time::{ClockTime, Written};
use chrono::{NaiveDate, TimeDelta};
use std::cell::RefCell;

/// Times read so far, in the form of their column.
#[derive(Debug, Default)]
pub(in crate::input) struct Times {
    hours: RefCell<Memory<Option<Moment>>>,
    dates: RefCell<Memory<Option<NaiveDate>>>,
    clocks: RefCell<Memory<Option<ClockTime>>>,
}

impl Times {
    pub(in crate::input) fn date(&self, form: Form, text: &str) -> Option<NaiveDate> {
        self.dates.borrow_mut().of(text, |text| form.date(text))
    }

    pub(in crate::input) fn clock(&self, text: &str) -> Option<ClockTime> {
        self.clocks.borrow_mut().of(text, clock_of)
    }

    /// The time of a cell with a date.
    pub(in crate::input) fn moment(&self, form: Form, text: &str) -> Option<Moment> {
        if let Some(stamp) = iso(text.as_bytes()) {
            return Some(local(stamp));
        }
        match self.hours.borrow_mut().of_hour(text, |hour| form.moment(hour)) {
            Some((Some(hour), within)) if hour.has_clock => Some(hour.later(within.minute)),
            _ => form.moment(text),
        }
    }
}

impl Moment {
    fn later(self, minutes: u32) -> Self {
        let later = TimeDelta::minutes(minutes.into());
        let written = match self.written {
            Written::Local(stamp) => Written::Local(stamp + later),
            Written::Utc(stamp) => Written::Utc(stamp + later),
        };
        Self { written, ..self }
    }
}
