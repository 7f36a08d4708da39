//! What would be otherwise? Named changes to a plan, alone, together and over grids.

pub(in crate::input) mod changes;
pub(in crate::input) mod contradictions;
pub(in crate::input) mod file;
pub(in crate::input) mod numbers;
pub(in crate::input) mod reader;
pub(in crate::input) mod sweep;
