//! The interval of raw counts.

use super::RawCount;
use super::ordinary::RECENT_DAYS;
use super::regrid;
use crate::time::Interval;
use chrono::{Days, NaiveDateTime, Timelike};

/// Interval of raw counts: the most common distance of two starts within a day that divides a day, over the latest twelve weeks, or a
/// part of it that puts all starts on its grid. A day if there is one count per day. `None` without counts, if no distance divides a day,
/// or for weekly and monthly rows.
///
/// ```
/// use peakshift::{history::{RawCount, interval_of}, time::{Interval, TimeError, read_stamp}};
/// let rows = ["2026-11-02T09:00", "2026-11-02T09:30", "2026-11-02T10:00"].map(|start| Ok(RawCount::of(read_stamp(start)?, 5.0)));
/// let rows: Vec<RawCount> = rows.into_iter().collect::<Result<_, TimeError>>()?;
/// assert_eq!((interval_of(&rows), interval_of(&[])), (Some(Interval::HALF_HOUR), None));
/// # Ok::<(), TimeError>(())
/// ```
#[must_use]
pub fn interval_of(raw: &[RawCount]) -> Option<Interval> {
    let mut starts: Vec<NaiveDateTime> = raw.iter().map(|count| count.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let last = starts.last()?;
    // the latest weeks show the present export format
    let recent = &starts[starts.partition_point(|start| *start < *last - Days::new(RECENT_DAYS as u64))..];
    if recent.windows(2).all(|pair| pair[0].date() != pair[1].date()) {
        let days_apart = recent.windows(2).map(|pair| (pair[1].date() - pair[0].date()).num_days()).min();
        if recent.len() > 2 && days_apart.is_some_and(|days| days >= 7) {
            // weekly or monthly rows
            return None;
        }
        let aligned = starts.iter().all(|start| start.hour() == 0 && start.minute() == 0);
        return Some(if aligned { Interval::DAY } else { Interval::HALF_HOUR });
    }
    let minutes = regrid::cut(recent, regrid::commonest_distance(recent)?);
    Interval::from_minutes(minutes as u32).ok()
}
