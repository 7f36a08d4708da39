//! What would be otherwise? Named changes to a plan, alone, together and over grids.

pub(in crate::input) mod file;
