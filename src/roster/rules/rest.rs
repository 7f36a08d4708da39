//! Rest between shifts: end(d) + rest ≤ start(d′) for any two consecutive shifts; and the day off after a shift for volunteers. Rest is
//! elapsed time: it takes an hour more by the clocks on the night on which they go forward.

use super::rule::Day;
use crate::roster::model::choice::Choice;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::zone::Zone;
use chrono::{NaiveDateTime, TimeDelta};

/// Earliest start on the day after a shift, in minutes after its midnight. A day off takes a day off this time.
pub(in crate::roster) fn ready(day: &Day, choice: &Choice, zone: Option<&Zone>) -> u32 {
    let rested = rested(choice.end, i64::from(day.rules.rest.minutes()), zone);
    let rested = (rested - ClockTime::DAY_END.on(day.date)).num_minutes().max(0);
    let ready = if choice.next_day_off { rested.max(i64::from(DAY_MINUTES)) } else { rested };
    u32::try_from(ready).unwrap_or(u32::MAX)
}

/// First local time from which on the elapsed time since `end` is at least `minutes`.
fn rested(end: NaiveDateTime, minutes: i64, zone: Option<&Zone>) -> NaiveDateTime {
    let by_clock = end + TimeDelta::minutes(minutes);
    let Some(zone) = zone else { return by_clock };
    let mut rested = zone.local_at(zone.utc_at(end) + TimeDelta::minutes(minutes));
    // a start at an ambiguous time is the first of the two
    while rested < by_clock + TimeDelta::minutes(i64::from(DAY_MINUTES)) && zone.elapsed_minutes(end, rested) < minutes {
        rested += TimeDelta::minutes(1);
    }
    rested
}
