//! Weekend day off: at least one of the four weekend days of two consecutive weeks is free.
//!
//! State: bit 0, Saturday of this week was worked; bit 1, both weekend days of the week before were.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct WeekendDayOff;

impl Rule for WeekendDayOff {
    fn allows(&self, state: u32, _: &Terms, day: &Day, _: &Choice) -> bool {
        let third_of_three = day.date.weekday() == Weekday::Sun && state == 0b11;
        !(day.rules.weekend_day_off_in_two_weeks && third_of_three)
    }

    fn next(&self, state: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        let worked = u32::from(choice.is_some());
        let after = match day.date.weekday() {
            _ if !day.rules.weekend_day_off_in_two_weeks => 0,
            Weekday::Sat => worked | state & 0b10,
            Weekday::Sun => (worked & state & 1) << 1,
            _ => state,
        };
        (after, Hours::ZERO)
    }
}
