//! How many contacts came, in which interval, and who handled them?

pub(in crate::input) mod counted_twice;
pub(in crate::input) mod counts;
pub(in crate::input) mod mixed_rows;
