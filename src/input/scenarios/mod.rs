//! What-if scenarios: named changes to a plan, alone, combined and over grids.

mod changes;
mod contradictions;
mod file;
mod numbers;
mod reader;
mod sweep;
