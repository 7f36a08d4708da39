//! Times of rows, each of which is read once.

use crate::input::import::cells::memory::Memory;
use crate::input::import::cells::moments::{Form, Moment, clock_of, iso};
use crate::time::{ClockTime, Written};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
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

/// A local time with a time of day.
pub(in crate::input) fn local(stamp: NaiveDateTime) -> Moment {
    Moment { written: Written::Local(stamp), has_clock: true }
}

/// A time in the form that a map names: a date and time, with or without an offset, or a date alone.
pub(in crate::input) fn by_format(text: &str, format: &str) -> Option<Moment> {
    let utc = DateTime::parse_from_str(text, format).ok().map(|stamp| Written::Utc(stamp.naive_utc()));
    let date = || NaiveDate::parse_from_str(text, format).ok().map(|date| date.and_time(NaiveTime::MIN));
    let written = utc.or_else(|| NaiveDateTime::parse_from_str(text, format).ok().or_else(date).map(Written::Local))?;
    Some(Moment { written, has_clock: true })
}
