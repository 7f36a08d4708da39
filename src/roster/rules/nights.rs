//! Night shifts: at most `most_nights_week` per week, Monday to Sunday.
//!
//! State: night shifts of the week so far; 0 where there is no limit.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::roster::model::rules::{NO_LIMIT, is_night};
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct Nights;

impl Rule for Nights {
    fn allows(&self, state: u32, _: &Terms, day: &Day, choice: &Choice) -> bool {
        state < day.rules.most_nights_week || !is_night(day.rules, choice.start, choice.end)
    }

    fn next(&self, state: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        if day.rules.most_nights_week >= NO_LIMIT || day.date.weekday() == Weekday::Sun {
            return (0, Hours::ZERO);
        }
        (state + u32::from(choice.is_some_and(|choice| is_night(day.rules, choice.start, choice.end))), Hours::ZERO)
    }
}
