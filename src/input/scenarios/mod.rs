//! What would be otherwise? Named changes to a plan, alone, together and over grids.

mod changes;
mod contradictions;
mod file;
mod numbers;
mod reader;
mod sweep;
