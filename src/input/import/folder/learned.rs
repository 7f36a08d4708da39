//! What an export teaches about a queue: when it is open, and what it counts by.

use crate::history::{Figures, RawCount, interval_of};
use crate::time::{ClockTime, DAY_MINUTES, Interval};
use chrono::{Datelike, NaiveDate, Timelike};

/// Share of the mean hour, or of the mean weekday, below which contacts are strays: calls that came in although nobody was there.
const STRAYS: f64 = 0.02;

/// A queue as its export shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedQueue {
    /// Name in the file.
    pub name: String,
    /// Figures that its planner knows by heart.
    pub figures: Figures,
    /// Interval of its counts.
    pub every: Interval,
    /// First hour with contacts and end of the last; `None` where rows are whole days.
    pub hours: Option<(ClockTime, ClockTime)>,
    /// Weekdays with contacts, Monday to Sunday.
    pub weekdays: [bool; 7],
    /// Last day with contacts.
    pub last: NaiveDate,
    /// Mean patience in seconds and the number of contacts who gave up, where a log of contacts tells it.
    pub patience: Option<(f64, u32)>,
}

/// What the rows of a queue teach; `None` if no row has a contact, or starts fit no interval.
pub(in crate::input) fn learned(name: &str, rows: &[RawCount], patience: Option<(f64, u32)>) -> Option<LearnedQueue> {
    let every = interval_of(rows)?;
    let figures = Figures::of(rows, every)?;
    let filled = || rows.iter().filter(|row| row.contacts > 0.0);
    let last = filled().map(|row| row.start.date()).max()?;
    Some(LearnedQueue {
        name: name.to_owned(),
        figures,
        every,
        hours: (every != Interval::DAY).then(|| hours(rows, every)),
        weekdays: weekdays(rows),
        last,
        patience,
    })
}

/// The busy part of the day, to the interval.
fn hours(rows: &[RawCount], every: Interval) -> (ClockTime, ClockTime) {
    let mut by_slot = vec![0.0; every.per_day()];
    rows.iter().for_each(|row| by_slot[((row.start.hour() * 60 + row.start.minute()) / every.minutes()) as usize] += row.contacts);
    let busy = by_slot.iter().filter(|contacts| **contacts > 0.0).count().max(1);
    let strays = STRAYS * by_slot.iter().sum::<f64>() / busy as f64;
    let first = by_slot.iter().position(|contacts| *contacts > strays).unwrap_or(0);
    let last = by_slot.iter().rposition(|contacts| *contacts > strays).unwrap_or(by_slot.len() - 1);
    let clock = |slot: usize| ClockTime::from_minutes((slot as u32 * every.minutes()).min(DAY_MINUTES)).expect("a slot of a day");
    (clock(first), clock(last + 1))
}

fn weekdays(rows: &[RawCount]) -> [bool; 7] {
    let mut by_weekday = [0.0; 7];
    rows.iter().for_each(|row| by_weekday[row.start.weekday().num_days_from_monday() as usize] += row.contacts);
    let strays = STRAYS * by_weekday.iter().sum::<f64>() / 7.0;
    by_weekday.map(|contacts| contacts > strays)
}
