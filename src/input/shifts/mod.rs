//! Which shifts are there, and which one does a cell mean?

mod days_off;
pub(super) mod shifts_file;
pub(super) mod wish;
