//! Late shifts: at most so many a week, Monday to Sunday.
//!
//! State: late shifts of the week so far.

use super::{Choice, Day, Person, Rule, is_late};
use crate::units::Money;
use chrono::{Datelike, Weekday};

pub(super) struct LateShifts;

impl Rule for LateShifts {
    fn step(&self, state: u16, person: &Person, day: &Day, choice: Option<&Choice>) -> Option<(u16, Money)> {
        // whoever is hired for the evening works no other hours
        let counts = !person.employee.contract.part_time;
        let late = counts && choice.is_some_and(|choice| is_late(day.rules, day.date, choice.end));
        let lates = state + u16::from(late);
        let after = if day.date.weekday() == Weekday::Sun { 0 } else { lates };
        (u32::from(lates) <= day.rules.most_late_shifts_week).then_some((after, Money::ZERO))
    }
}
