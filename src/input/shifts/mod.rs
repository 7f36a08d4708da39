//! Shifts, and references to them in cells.

mod days_off;
pub(super) mod shifts_file;
pub(super) mod wish;
