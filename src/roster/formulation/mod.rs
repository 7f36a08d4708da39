//! Translation of a roster problem into the engine's model, free of dates and money, and back.

pub(in crate::roster) mod couplings;
pub(in crate::roster) mod offline;
pub(in crate::roster) mod problem_model;
pub(in crate::roster) mod rows;
pub(in crate::roster) mod shares;
pub(in crate::roster) mod spare;
pub(in crate::roster) mod tours;
