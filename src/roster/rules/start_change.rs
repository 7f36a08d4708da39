//! Steady starts: from one day to the next the start moves by at most `most_start_change`; a day off lifts the limit.
//!
//! State: the start of the day before in minutes after midnight, plus one; 0 after a day off or where there is no limit.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;
use chrono::Timelike;

pub(in crate::roster) struct StartChange;

fn start(choice: &Choice) -> u32 {
    choice.start.hour() * 60 + choice.start.minute()
}

impl Rule for StartChange {
    fn allows(&self, state: u32, _: &Terms, day: &Day, choice: &Choice) -> bool {
        let (Some(most), Some(before)) = (day.rules.most_start_change, state.checked_sub(1)) else { return true };
        f64::from(start(choice).abs_diff(before)) <= most.get() * 60.0 + 1e-6
    }

    fn next(&self, _: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        (day.rules.most_start_change.and(choice).map_or(0, |choice| start(choice) + 1), Hours::ZERO)
    }
}
