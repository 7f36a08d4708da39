//! Meals and rests: where they lie, and where they may.

use chrono::{NaiveDateTime, TimeDelta};

/// A meal: how long, and where it may begin, in minutes after the shift's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MealWindow {
    /// Its length.
    pub minutes: u32,
    /// Each possible beginning, in order.
    pub offsets: Vec<u32>,
}

/// A break of a person, a meal or a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Break {
    /// When it begins.
    pub start: NaiveDateTime,
    /// How long it takes.
    pub minutes: u32,
}

impl Break {
    /// When it ends.
    #[must_use]
    pub fn end(&self) -> NaiveDateTime {
        self.start + TimeDelta::minutes(i64::from(self.minutes))
    }
}

/// Where one break of a shift may begin, in minutes after its start. Windows of a shift never overlap, so each break is
/// placed on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakWindow {
    /// How long the break takes.
    pub minutes: u32,
    /// Whether it is a meal.
    pub is_meal: bool,
    /// Each possible beginning, in order.
    pub offsets: Vec<u32>,
}

/// How long a paid rest takes.
pub const REST_MINUTES: u32 = 15;
