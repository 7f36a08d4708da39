//! Night shifts: at most so many a week, Monday to Sunday.
//!
//! State: night shifts of the week so far; 0 where there is no limit.

use super::{Choice, Day, NO_LIMIT, Rule, Terms, is_night};
use chrono::{Datelike, Weekday};

pub(super) struct Nights;

impl Rule for Nights {
    fn allows(&self, state: u32, _: &Terms, day: &Day, choice: &Choice) -> bool {
        state < day.rules.most_nights_week || !is_night(choice.start, choice.end)
    }

    fn next(&self, state: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, f64) {
        if day.rules.most_nights_week >= NO_LIMIT || day.date.weekday() == Weekday::Sun {
            return (0, 0.0);
        }
        (state + u32::from(choice.is_some_and(|choice| is_night(choice.start, choice.end))), 0.0)
    }
}
