//! Raw rows of an export: contacts offered and, where known, handled by bots and agents.

use crate::units::Seconds;
use chrono::{NaiveDate, NaiveDateTime};

/// One row of an export.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RawCount {
    /// Start of the interval, local time.
    pub start: NaiveDateTime,
    /// Contacts offered; negative or absurd numbers are reported and left out.
    pub contacts: f64,
    /// Contacts among these that bots handled in full, if known.
    pub by_bots: Option<f64>,
    /// Contacts handled by agents, if known.
    pub handled: Option<Handled>,
}

/// Contacts handled by agents in an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handled {
    /// Number of contacts.
    pub contacts: f64,
    /// Mean handling time, after-contact work included.
    pub mean: Seconds,
}

impl RawCount {
    /// A row with nothing but the contacts offered.
    #[must_use]
    pub const fn of(start: NaiveDateTime, contacts: f64) -> Self {
        Self { start, contacts, by_bots: None, handled: None }
    }
}

/// Weeks after which handling times count half: agents learn, and products change.
const HALF_LIFE_WEEKS: f64 = 8.0;

/// Weight of a day's handling times on a later date.
pub(crate) fn recency(day: NaiveDate, until: NaiveDate) -> f64 {
    0.5_f64.powf((until - day).num_days() as f64 / 7.0 / HALF_LIFE_WEEKS)
}

/// Mean handling time of the contacts before `until`, weighted by recency (half after eight weeks); `None` if the export has none.
///
/// ```
/// use peakshift::{history::{Handled, RawCount, usual_handling}, time::{read_date, read_stamp}, units::Seconds};
/// let row = |contacts, mean| -> Result<_, Box<dyn std::error::Error>> {
///     let handled = Some(Handled { contacts, mean: Seconds::new(mean)? });
///     Ok(RawCount { handled, ..RawCount::of(read_stamp("2026-11-02T09:00")?, contacts) })
/// };
/// let mean = usual_handling(&[row(10.0, 300.0)?, row(30.0, 100.0)?], read_date("2026-11-30").unwrap()).unwrap();
/// assert!((mean.get() - 150.0).abs() < 1e-9); // (10 · 300 + 30 · 100) / 40
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
