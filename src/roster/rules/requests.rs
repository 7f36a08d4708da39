//! Days off that were asked for: working on one has a price.

use super::{Choice, Day, Person, Rule};
use crate::units::Money;

pub(super) struct DayOffRequests;

impl Rule for DayOffRequests {
    fn step(&self, _: u16, person: &Person, day: &Day, choice: Option<&Choice>) -> Option<(u16, Money)> {
        let refused = choice.is_some() && person.employee.days_off.contains(&day.date);
        Some((0, if refused { day.prices.refused_day_off } else { Money::ZERO }))
    }
}
