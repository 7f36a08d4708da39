//! Three figures that a planner knows by heart: whoever reads an export wrongly sees it here first.

use super::RawCount;
use crate::time::{ClockTime, Interval};
use crate::units::{Contacts, Seconds};
use chrono::Timelike;
use std::collections::BTreeSet;

/// What a queue's planner knows by heart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Mean contacts of the days with any.
    pub a_day: Contacts,
    /// Mean contacts of seven days in a row, from the first row to the last.
    pub a_week: Contacts,
    /// Start of the hour with the most contacts; `None` where rows are whole days.
    pub busiest_hour: Option<ClockTime>,
    /// Mean handling time of all handled contacts; `None` if the export has none.
    pub handling: Option<Seconds>,
}

impl Figures {
    /// Figures of all rows that have so long an interval; `None` if no row has a contact.
    ///
    /// ```
    /// use peakshift::{history::{Figures, RawCount}, time::{Interval, read_stamp}};
    /// let rows = [("2026-11-02T09:00", 20.0), ("2026-11-02T11:00", 40.0), ("2026-11-03T11:00", 24.0)];
    /// let rows: Vec<RawCount> = rows.into_iter().map(|(start, contacts)| RawCount::of(read_stamp(start).unwrap(), contacts)).collect();
    /// let figures = Figures::of(&rows, Interval::HALF_HOUR).unwrap();
    /// assert_eq!((figures.a_day.get(), figures.busiest_hour.unwrap().to_string()), (42.0, "11:00".to_owned()));
    /// ```
    #[must_use]
    pub fn of(rows: &[RawCount], every: Interval) -> Option<Self> {
        let filled = || rows.iter().filter(|row| row.contacts.is_finite() && row.contacts > 0.0);
        let all: f64 = filled().map(|row| row.contacts).sum();
        let days: BTreeSet<_> = filled().map(|row| row.start.date()).collect();
        let (first, last) = (days.first()?, days.last()?);
        let mut by_hour = [0.0; 24];
        filled().for_each(|row| by_hour[row.start.hour() as usize] += row.contacts);
        let busiest = (0..24)
            .rev()
            .max_by(|a, b| f64::total_cmp(&by_hour[*a], &by_hour[*b]))
            .and_then(|hour| ClockTime::from_minutes(hour as u32 * 60));
        let handled = || rows.iter().filter_map(|row| row.handled);
        let (contacts, seconds) =
            handled().fold((0.0, 0.0), |(contacts, seconds), of| (contacts + of.contacts, seconds + of.contacts * of.mean.get()));
        let counted = |contacts: f64| Contacts::new(contacts).expect("a mean of counts above zero");
        Some(Self {
            a_day: counted(all / days.len() as f64),
            a_week: counted(all * 7.0 / ((*last - *first).num_days() + 1) as f64),
            busiest_hour: busiest.filter(|_| every != Interval::DAY),
            handling: (contacts > 0.0).then(|| Seconds::new(seconds / contacts).expect("a mean of handling times")),
        })
    }
}
