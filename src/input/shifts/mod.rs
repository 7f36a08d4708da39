//! Which shifts are there, and which one does a cell mean?

pub(in crate::input) mod days_off;
pub(in crate::input) mod shifts_file;
pub(in crate::input) mod wish;
