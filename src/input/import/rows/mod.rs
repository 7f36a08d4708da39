//! Rows to counts by queue and interval.

pub(in crate::input) mod blocks;
pub(in crate::input) mod clocks;
pub(in crate::input) mod contacts;
pub(in crate::input) mod counted;
pub(in crate::input) mod dated;
mod figures;
pub(in crate::input) mod halves;
pub(in crate::input) mod listed;
pub(in crate::input) mod measure;
pub(in crate::input) mod queue_log;
pub(in crate::input) mod read;
pub(in crate::input) mod tally;
pub(in crate::input) mod times;
pub(in crate::input) mod waits;
