//! Cells of exports: times, durations and numbers in the form of their column.

pub(in crate::input) mod durations;
pub(in crate::input) mod memory;
pub(in crate::input) mod moment_evidence;
pub(in crate::input) mod moments;
pub(in crate::input) mod numbered;
pub(in crate::input) mod numbers;
pub(in crate::input) mod plausible;
pub(in crate::input) mod zone_names;
