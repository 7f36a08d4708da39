//! What is a thing called, and which one does a word mean?

pub(in crate::input) mod levels;
pub(in crate::input) mod names;
pub(in crate::input) mod queue_names;
pub(in crate::input) mod weekdays;
