//! Recognition of columns and their units.

pub(super) mod examined;
pub(super) mod halves;
pub(super) mod plain;
pub(super) mod shape;
pub(super) mod split_times;
pub(super) mod synonyms;
pub(super) mod units;
