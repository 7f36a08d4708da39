//! The plan folder as a whole.

mod examination;
pub(super) mod facts;
pub(super) mod map_file;
pub(super) mod place;
mod queue_inputs;
mod read_files;
mod rosters;
pub(super) mod whole;
mod write_back;
