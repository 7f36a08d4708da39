//! Days off that were asked for: working on one has a price.

use super::{Choice, Day, Person, Rule};
use crate::units::Money;

pub(super) struct DayOffRequests;

impl Rule for DayOffRequests {
    fn allows(&self, _: u32, _: &Person, _: &Day, _: &Choice) -> bool {
        true
    }

    fn next(&self, _: u32, person: &Person, day: &Day, choice: Option<&Choice>) -> (u32, Money) {
        let refused = choice.is_some() && person.employee.days_off.contains(&day.date);
        (0, if refused { day.prices.refused_day_off } else { Money::ZERO })
    }
}
