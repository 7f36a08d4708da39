//! What an export teaches about a queue: when it is open, and what it counts by.

use crate::history::{Figures, RawCount, interval_of};
use crate::input::import::folder::hours::{learned_hours, learned_weekdays};
use crate::service::{OpenSpan, OpeningHours};
use crate::time::{ClockTime, Interval};
use chrono::NaiveDate;

/// Hours of a queue whose rows are whole days.
const OFFICE_HOURS: [u32; 2] = [9 * 60, 18 * 60];

/// A queue as its export shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedQueue {
    /// Name in the file.
    pub name: String,
    /// Figures that its planner knows by heart.
    pub figures: Figures,
    /// Interval of its counts.
    pub every: Interval,
    /// Hours with contacts; where rows are whole days, those of an office on the weekdays with contacts.
    pub hours: OpeningHours,
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
        hours: if every == Interval::DAY { office_hours(rows) } else { learned_hours(rows, every) },
        last,
        patience,
    })
}

fn office_hours(rows: &[RawCount]) -> OpeningHours {
    let [open, close] = OFFICE_HOURS.map(|minutes| ClockTime::from_minutes(minutes).expect("a time of day"));
    let week = learned_weekdays(rows).map(|is_open| if is_open { vec![OpenSpan { open, close }] } else { Vec::new() });
    OpeningHours { week, special: Vec::new() }
}
