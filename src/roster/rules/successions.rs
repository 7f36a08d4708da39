//! Forbidden successions: pairs of shifts that must not follow one another on consecutive days.
//!
//! State: index plus one of the first pair that begins with the shift of the day before; 0 if there is none.

use super::rule::{Day, Rule};
use super::terms::Terms;
use crate::roster::model::choice::Choice;
use crate::units::Hours;

pub(in crate::roster) struct Successions;

impl Rule for Successions {
    fn allows(&self, state: u32, _: &Terms, day: &Day, choice: &Choice) -> bool {
        let pairs = &day.rules.forbidden_successions;
        let Some((before, _)) = state.checked_sub(1).and_then(|place| pairs.get(place as usize)) else { return true };
        !pairs.iter().any(|(first, second)| first == before && *second == choice.shift)
    }

    fn next(&self, _: u32, _: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        let begun = |choice: &Choice| day.rules.forbidden_successions.iter().position(|(first, _)| *first == choice.shift);
        (choice.and_then(begun).map_or(0, |place| place as u32 + 1), Hours::ZERO)
    }
}
