//! Names of things, and their resolution.

pub(super) mod levels;
pub(super) mod names;
pub(super) mod queue_names;
pub(super) mod weekdays;
