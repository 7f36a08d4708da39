//! What does a plan folder say as a whole?

pub(in crate::input) mod read_files;
pub(in crate::input) mod whole;
pub(in crate::input) mod write_back;
