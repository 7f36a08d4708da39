//! Holidays, bridge days and make-up working days, as data: no country is in the code.

mod doubts;

pub use doubts::{CalendarDoubt, CalendarUse};

use crate::units::Factor;
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeMap;

/// Kind of a day that differs from its weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayKind {
    /// A public holiday by law (法定节假日).
    Statutory,
    /// A day off around a holiday that another day makes up for (调休).
    BridgeOff,
    /// A weekend day that is worked (补班).
    MakeupWork,
}

/// One entry of a calendar file.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecialDay {
    /// Kind of the day.
    pub kind: DayKind,
    /// Display name.
    pub name: String,
    /// Pay rate of work on the day, as a multiple of the base rate: of the planned shift itself on a statutory holiday, of overtime on any
    /// other.
    pub overtime_rate: Factor,
}

/// Special days; every other day follows its weekday.
///
/// ```
/// use peakshift::{calendar::{Calendar, DayKind, SpecialDay}, time::read_date, units::Factor};
/// let date = |text| read_date(text).unwrap();
/// let day = |kind, rate| SpecialDay { kind, name: "国庆节".into(), overtime_rate: Factor::new(rate).unwrap() };
/// let mut calendar = Calendar::default();
/// assert_eq!(calendar.enter(date("2026-10-01"), day(DayKind::Statutory, 3.0)), Ok(()));
/// assert_eq!(calendar.enter(date("2026-10-10"), day(DayKind::MakeupWork, 2.0)), Ok(()));
/// assert!(!calendar.is_working_day(date("2026-10-01")) && calendar.is_working_day(date("2026-10-10"))); // a Thursday, a Saturday
/// assert_eq!((calendar.pay_rate(date("2026-10-01")).get(), calendar.pay_rate(date("2026-10-10")).get()), (3.0, 1.0));
/// assert_eq!((calendar.iter().count(), calendar.special(date("2026-10-02"))), (2, None));
/// assert!(calendar.enter(date("2026-10-01"), day(DayKind::BridgeOff, 2.0)).is_err()); // the date has an entry
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, SpecialDay>,
}

impl Calendar {
    /// Enters a day. A later entry for the same date is returned and not entered.
    ///
    /// # Errors
    /// The entry itself, if the date already has one.
    pub fn enter(&mut self, date: NaiveDate, day: SpecialDay) -> Result<(), SpecialDay> {
        match self.days.entry(date) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(day);
                Ok(())
            }
            std::collections::btree_map::Entry::Occupied(_) => Err(day),
        }
    }

    /// The entry of a date.
    #[must_use]
    pub fn special(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// All entries in order of date.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDate, &SpecialDay)> {
        self.days.iter().map(|(&date, day)| (date, day))
    }

    /// Whether offices work on that day: Monday to Friday except holidays, and make-up days.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        match self.special(date).map(|day| day.kind) {
            Some(DayKind::MakeupWork) => true,
            Some(DayKind::Statutory | DayKind::BridgeOff) => false,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Pay rate of a planned shift on that day: the statutory rate on a public holiday, else the base rate.
    #[must_use]
    pub fn pay_rate(&self, date: NaiveDate) -> Factor {
        match self.special(date) {
            Some(day) if day.kind == DayKind::Statutory => day.overtime_rate,
            _ => Factor::ONE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_make_up_saturday_is_a_working_day() {
        let saturday = NaiveDate::from_ymd_opt(2026, 10, 10).unwrap();
        let mut calendar = Calendar::default();
        assert!(!calendar.is_working_day(saturday));
        let makeup = SpecialDay { kind: DayKind::MakeupWork, name: "国庆补班".into(), overtime_rate: Factor::ONE };
        calendar.enter(saturday, makeup.clone()).unwrap();
        assert!(calendar.is_working_day(saturday));
        assert_eq!(calendar.enter(saturday, makeup.clone()), Err(makeup));
    }
}
