//! What does a plan folder say as a whole?

pub(in crate::input) mod examination;
pub(in crate::input) mod facts;
pub(in crate::input) mod place;
pub(in crate::input) mod queue_inputs;
pub(in crate::input) mod read_files;
pub(in crate::input) mod rosters;
pub(in crate::input) mod whole;
pub(in crate::input) mod write_back;
