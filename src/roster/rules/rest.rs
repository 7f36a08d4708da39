//! Rest between shifts: end(d) + rest ≤ start(d′) for any two shifts that follow one another; and the day off after a shift
//! for volunteers.

use super::{Choice, Day};
use crate::time::{ClockTime, DAY_MINUTES};

/// The earliest start on the day after a shift, in minutes after its midnight. A day off lets a day of it pass.
pub(super) fn ready(day: &Day, choice: &Choice) -> u32 {
    let beyond_midnight = (choice.end - ClockTime::DAY_END.on(day.date)).num_minutes();
    let rested = (beyond_midnight + (day.rules.rest.get() * 60.0).round() as i64).max(0);
    let ready = if choice.next_day_off { rested.max(i64::from(DAY_MINUTES)) } else { rested };
    u32::try_from(ready).unwrap_or(u32::MAX)
}
