//! Who works when, by a roster and by what lies beside it?

pub(in crate::input) mod beside;
pub(in crate::input) mod matrix;
pub(in crate::input) mod pins;
pub(in crate::input) mod requirement_file;
pub(in crate::input) mod roster_file;
pub(in crate::input) mod slips;
pub(in crate::input) mod written_with;
