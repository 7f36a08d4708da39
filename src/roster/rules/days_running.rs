//! Consecutive working days: at most `most_days_running` without a day off between.
//!
//! State: consecutive days worked, up to and including the last one.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;

pub(in crate::roster) struct DaysRunning;

impl Rule for DaysRunning {
    fn allows(&self, state: u32, _: &Terms, day: &Day, _: &Choice) -> bool {
        state < day.rules.most_days_running
    }

    fn next(&self, state: u32, _: &Terms, _: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        (if choice.is_some() { state + 1 } else { 0 }, Hours::ZERO)
    }
}
