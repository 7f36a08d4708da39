//! Rows as an export gives them: contacts offered, and where it says so what bots and people did with them.

use crate::units::Seconds;
use chrono::{NaiveDate, NaiveDateTime};

/// One row as it came: when the interval began, how many contacts were offered, and who answered them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RawCount {
    /// Start of the interval, local time.
    pub start: NaiveDateTime,
    /// Contacts offered; a negative or absurd number is reported and left out.
    pub contacts: f64,
    /// Of these, contacts that bots answered in full, where the export tells.
    pub by_bots: Option<f64>,
    /// What people handled, where the export tells.
    pub handled: Option<Handled>,
}

/// What people handled in an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handled {
    /// Contacts.
    pub contacts: f64,
    /// Their mean handling time, after-contact work included.
    pub mean: Seconds,
}

impl RawCount {
    /// A row that tells nothing but the contacts offered.
    #[must_use]
    pub const fn of(start: NaiveDateTime, contacts: f64) -> Self {
        Self { start, contacts, by_bots: None, handled: None }
    }
}

/// Weeks after which handling times count half: people learn, products change.
const HALF_LIFE_WEEKS: f64 = 8.0;

/// How much a day's handling times count on a later date.
pub(crate) fn recency(day: NaiveDate, until: NaiveDate) -> f64 {
    0.5_f64.powf((until - day).num_days() as f64 / 7.0 / HALF_LIFE_WEEKS)
}

/// The mean handling time of the contacts before `until`, recent ones counting more (half after eight weeks); `None` if the export
/// does not tell.
#[must_use]
pub fn usual_handling(counts: &[RawCount], until: NaiveDate) -> Option<Seconds> {
    let before = counts.iter().filter(|count| count.start.date() < until);
    let (weights, sum) = before.fold((0.0, 0.0), |(weights, sum), count| match count.handled {
        Some(handled) => {
            let weight = handled.contacts * recency(count.start.date(), until);
            (weights + weight, sum + weight * handled.mean.get())
        }
        None => (weights, sum),
    });
    if weights > 0.0 { Seconds::new(sum / weights).ok() } else { None }
}
