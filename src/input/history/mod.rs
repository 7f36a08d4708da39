//! How many contacts came, in which interval, and who handled them?

mod counted_twice;
pub(super) mod counts;
mod handled;
mod mixed_rows;
mod starts;
