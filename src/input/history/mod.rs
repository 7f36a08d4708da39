//! Histories of contacts, by interval, with handling.

mod counted_twice;
pub(super) mod counts;
pub(super) mod exports;
mod handled;
mod mixed_rows;
mod starts;
pub(super) mod today;
