//! Rest days: at least `rest_days_week` days of a week (Monday to Sunday) are free.
//!
//! State: days worked in the week so far.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct RestDays;

impl Rule for RestDays {
    fn allows(&self, state: u32, _: &Terms, day: &Day, _: &Choice) -> bool {
        state + day.rules.rest_days_week < 7
    }

    fn next(&self, state: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        let worked = state + u32::from(choice.is_some());
        (if day.date.weekday() == Weekday::Sun { 0 } else { worked }, Hours::ZERO)
    }
}
