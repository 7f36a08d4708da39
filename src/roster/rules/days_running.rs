//! Days running: no more than so many days worked without a day off between.
//!
//! State: days worked up to and with the last one.

use super::{Choice, Day, Person, Rule};
use crate::units::Money;

pub(super) struct DaysRunning;

impl Rule for DaysRunning {
    fn allows(&self, state: u32, _: &Person, day: &Day, _: &Choice) -> bool {
        state < day.rules.most_days_running
    }

    fn next(&self, state: u32, _: &Person, _: &Day, choice: Option<&Choice>) -> (u32, Money) {
        (if choice.is_some() { state + 1 } else { 0 }, Money::ZERO)
    }
}
