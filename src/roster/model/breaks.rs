//! Meals and rests: their placement and their windows.

use chrono::{NaiveDateTime, TimeDelta};

/// A meal with its length and its possible starts, in minutes after the start of the shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MealWindow {
    /// Length of the meal.
    pub minutes: u32,
    /// Possible starts, ascending.
    pub offsets: Vec<u32>,
}

/// A placed break: a meal or a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Break {
    /// Start.
    pub start: NaiveDateTime,
    /// Length in minutes.
    pub minutes: u32,
}

impl Break {
    /// End.
    #[must_use]
    pub fn end(&self) -> NaiveDateTime {
        self.start + TimeDelta::minutes(i64::from(self.minutes))
    }
}

/// Possible starts of one break of a shift, in minutes after the start of the shift. Windows of a shift never overlap, so each break
/// is placed independently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakWindow {
    /// Length of the break.
    pub minutes: u32,
    /// Whether the break is a meal.
    pub is_meal: bool,
    /// Possible starts, ascending.
    pub offsets: Vec<u32>,
}

/// Length of a paid rest.
pub const REST_MINUTES: u32 = 15;
