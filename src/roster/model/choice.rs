//! A shift on a day, as the rules see it.

use crate::units::Hours;
use chrono::NaiveDateTime;

/// A shift that a person could work on a day of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Code of the shift.
    pub shift: String,
    /// Start.
    pub start: NaiveDateTime,
    /// End.
    pub end: NaiveDateTime,
    /// Paid hours, meals excluded.
    pub paid: Hours,
    /// Paid hours before the first midnight, at least and at most: meals may lie on either side of it.
    pub paid_first_day: [Hours; 2],
    /// Whether the next day must be off.
    pub next_day_off: bool,
}
