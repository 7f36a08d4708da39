//! Consecutive days off: two in a row in every week, Monday to Sunday. Days without records count as free.
//!
//! State: bit 0, the day before was free; bit 1, the week already has two consecutive free days.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct DaysOffRunning;

impl Rule for DaysOffRunning {
    fn allows(&self, state: u32, _: &Terms, day: &Day, _: &Choice) -> bool {
        // two days of the week must be left to rest
        let last_chance = day.date.weekday().num_days_from_monday() > 4;
        !(day.rules.two_days_off_running && last_chance && state & 0b10 == 0)
    }

    fn next(&self, state: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        if !day.rules.two_days_off_running || day.date.weekday() == Weekday::Sun {
            return (0, Hours::ZERO);
        }
        let after = match choice {
            Some(_) => state & 0b10,
            None if state & 0b01 == 1 => 0b11,
            None => state | 0b01,
        };
        (after, Hours::ZERO)
    }
}
