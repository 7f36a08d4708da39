//! A shift on a day, as rules look at it.

use chrono::NaiveDateTime;

/// A shift that a person could work on a day of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its code.
    pub shift: String,
    /// When it starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Paid hours.
    pub paid_hours: f64,
    /// Of these, hours before its first midnight, at least and at most (meals may lie on either side of it).
    pub paid_first_day: [f64; 2],
    /// Whether the day after must be free.
    pub next_day_off: bool,
}
