//! One weekend day off in two weeks: of any four weekend days of two weeks running at least one is free.
//!
//! State: bit 0, Saturday of this week was worked; bit 1, both weekend days of the week before were.

use super::{Choice, Day, Person, Rule};
use crate::units::Money;
use chrono::{Datelike, Weekday};

pub(super) struct WeekendDayOff;

impl Rule for WeekendDayOff {
    fn step(&self, state: u16, _: &Person, day: &Day, choice: Option<&Choice>) -> Option<(u16, Money)> {
        let (saturday, week_before) = (state & 1, state >> 1 & 1);
        let after = match day.date.weekday() {
            _ if !day.rules.weekend_day_off_in_two_weeks => 0,
            Weekday::Sat => u16::from(choice.is_some()) | week_before << 1,
            Weekday::Sun => {
                let both = u16::from(choice.is_some()) & saturday;
                if both & week_before == 1 {
                    return None;
                }
                both << 1
            }
            _ => state,
        };
        Some((after, Money::ZERO))
    }
}
