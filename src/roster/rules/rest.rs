//! Rest between shifts: end(d) + rest ≤ start(d′) for any two shifts that follow one another; and the day off after a shift
//! for volunteers.
//!
//! State: the earliest start on the next day in minutes after its midnight. A day off lets a day of it pass.

use super::{Choice, Day, Person, Rule};
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::Money;

pub(super) struct RestBetweenShifts;

impl Rule for RestBetweenShifts {
    fn allows(&self, state: u32, _: &Person, day: &Day, choice: &Choice) -> bool {
        (choice.start - ClockTime::MIDNIGHT.on(day.date)).num_minutes() >= i64::from(state)
    }

    fn next(&self, state: u32, _: &Person, day: &Day, choice: Option<&Choice>) -> (u32, Money) {
        let Some(choice) = choice else { return (state.saturating_sub(DAY_MINUTES), Money::ZERO) };
        let beyond_midnight = (choice.end - ClockTime::DAY_END.on(day.date)).num_minutes();
        let rested = (beyond_midnight + (day.rules.rest.get() * 60.0).round() as i64).max(0);
        let ready = if choice.next_day_off { rested.max(i64::from(DAY_MINUTES)) } else { rested };
        (u32::try_from(ready).unwrap_or(u32::MAX), Money::ZERO)
    }
}
