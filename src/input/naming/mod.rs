//! What is a thing called, and which one does a word mean?

pub(super) mod levels;
pub(super) mod names;
pub(super) mod queue_names;
pub(super) mod weekdays;
