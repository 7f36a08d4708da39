//! Late shifts: at most `most_late_shifts_week` per week, Monday to Sunday. Part-time contracts are exempt: people hired for evenings
//! work no other hours.
//!
//! State: late shifts of the week so far.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::roster::model::rules::is_late;
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct LateShifts;

impl LateShifts {
    fn counts(terms: &Terms, day: &Day, choice: &Choice) -> bool {
        !terms.contract.part_time && is_late(day.rules, day.date, choice.end)
    }
}

impl Rule for LateShifts {
    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool {
        !Self::counts(terms, day, choice) || state < day.rules.most_late_shifts_week
    }

    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        let lates = state + u32::from(choice.is_some_and(|choice| Self::counts(terms, day, choice)));
        (if day.date.weekday() == Weekday::Sun { 0 } else { lates }, Hours::ZERO)
    }
}
