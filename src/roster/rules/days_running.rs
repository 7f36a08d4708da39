//! Days running: no more than so many days worked without a day off between.
//!
//! State: days worked up to and with the last one.

use super::{Choice, Day, Person, Rule};
use crate::units::Money;

pub(super) struct DaysRunning;

impl Rule for DaysRunning {
    fn step(&self, state: u16, _: &Person, day: &Day, choice: Option<&Choice>) -> Option<(u16, Money)> {
        match choice {
            None => Some((0, Money::ZERO)),
            Some(_) => (u32::from(state) < day.rules.most_days_running).then_some((state + 1, Money::ZERO)),
        }
    }
}
