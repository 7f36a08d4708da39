//! The length of an interval.

use super::clock::{DAY_MINUTES, TimeError};
use crate::units::{Hours, Seconds};

/// Length of one interval of a grid; it divides the day.
///
/// ```
/// use peakshift::{time::{Interval, TimeError}, units::{Hours, Seconds}};
/// let quarter = Interval::from_minutes(15)?;
/// assert_eq!((quarter.seconds(), quarter.hours(), quarter.per_day()), (Seconds::constant(900.0), Hours::constant(0.25), 96));
/// assert_eq!(Interval::from_minutes(7), Err(TimeError::Interval(7)));
/// # Ok::<(), TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval(u32);

impl Interval {
    /// Half an hour, the usual length.
    pub const HALF_HOUR: Self = Self(30);
    /// One day.
    pub const DAY: Self = Self(DAY_MINUTES);

    /// An interval of `minutes`.
    ///
    /// # Errors
    /// [`TimeError::Interval`] if the minutes do not divide a day.
    pub fn from_minutes(minutes: u32) -> Result<Self, TimeError> {
        if minutes > 0 && DAY_MINUTES.is_multiple_of(minutes) { Ok(Self(minutes)) } else { Err(TimeError::Interval(minutes)) }
    }

    /// Length in minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// Length in seconds.
    #[must_use]
    pub fn seconds(self) -> Seconds {
        Seconds::from_minutes(self.0)
    }

    /// Length in hours.
    #[must_use]
    pub fn hours(self) -> Hours {
        Hours::from_minutes(self.0)
    }

    /// Number of intervals in a day.
    #[must_use]
    pub const fn per_day(self) -> usize {
        (DAY_MINUTES / self.0) as usize
    }
}
