//! Rosters and the files beside them.

pub(super) mod beside;
pub(super) mod matrix;
pub(super) mod matrix_days;
pub(super) mod pins;
pub(super) mod requirement_file;
pub(super) mod roster_file;
pub(super) mod slips;
pub(super) mod written_with;
