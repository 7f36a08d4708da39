//! Rest between shifts: end(d) + rest ≤ start(d′) for any two shifts that follow one another; and the day off after a shift
//! for volunteers.
//!
//! State: the earliest start on the next day in minutes after its midnight, plus one (0: any). A day off clears whatever lies
//! within it.

use super::{Choice, Day, Person, Rule};
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::Money;

pub(super) struct RestBetweenShifts;

impl Rule for RestBetweenShifts {
    fn step(&self, state: u16, _: &Person, day: &Day, choice: Option<&Choice>) -> Option<(u16, Money)> {
        let earliest = i64::from(state);
        let midnight = ClockTime::MIDNIGHT.on(day.date);
        let Some(choice) = choice else {
            return Some((earliest.saturating_sub(i64::from(DAY_MINUTES)).max(0) as u16, Money::ZERO));
        };
        if (choice.start - midnight).num_minutes() < earliest {
            return None;
        }
        let next_midnight = ClockTime::DAY_END.on(day.date);
        let rested = (choice.end - next_midnight).num_minutes() + (day.rules.rest.get() * 60.0).round() as i64;
        let ready = if choice.next_day_off { rested.max(i64::from(DAY_MINUTES)) } else { rested };
        // shifts that start later in the day than anybody needs to wait are all alike
        Some((ready.clamp(0, i64::from(u16::MAX)) as u16, Money::ZERO))
    }
}
