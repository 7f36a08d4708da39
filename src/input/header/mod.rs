//! What does a column mean, and in which unit is it?

pub(super) mod examined;
pub(super) mod halves;
mod plain;
pub(super) mod shape;
pub(super) mod split_times;
pub(super) mod synonyms;
pub(super) mod units;
