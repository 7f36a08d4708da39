//! Free weekends: at least `free_weekends_in_four` of any four consecutive weekends are wholly free. Weekends without
//! records count as free.
//!
//! State: bits 0 to 2, one of the last three weekends was worked; bit 3, Saturday of this week was.

use super::rule::{Day, Rule, WEEKENDS};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct FreeWeekends;

const LAST_THREE: u32 = 0b111;
const SATURDAY: u32 = 0b1000;

impl Rule for FreeWeekends {
    fn allows(&self, state: u32, _: &Terms, day: &Day, _: &Choice) -> bool {
        let is_weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
        let worked = (state & LAST_THREE).count_ones() + 1;
        // a weekend already worked cannot be lost again
        !is_weekend || state & SATURDAY != 0 || worked + day.rules.free_weekends_in_four <= WEEKENDS
    }

    fn next(&self, state: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        let worked = u32::from(choice.is_some());
        let after = match day.date.weekday() {
            _ if day.rules.free_weekends_in_four == 0 => 0,
            Weekday::Sat => (state & LAST_THREE) | (worked * SATURDAY),
            Weekday::Sun => (state << 1 | worked | state >> 3) & LAST_THREE,
            _ => state,
        };
        (after, Hours::ZERO)
    }
}
