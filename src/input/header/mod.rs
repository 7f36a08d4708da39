//! What does a column mean, and in which unit is it?

pub(in crate::input) mod examined;
pub(in crate::input) mod halves;
pub(in crate::input) mod plain;
pub(in crate::input) mod shape;
pub(in crate::input) mod split_times;
pub(in crate::input) mod synonyms;
pub(in crate::input) mod units;
