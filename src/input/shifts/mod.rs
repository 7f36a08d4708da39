//! Which shifts are there, and which one does a cell mean?

pub(in crate::input) mod file;
