//! A plan's week as the engine's model, free of dates and money, and back.

pub(in crate::roster) mod bonds;
pub(in crate::roster) mod occupied;
pub(in crate::roster) mod rows;
pub(in crate::roster) mod shares;
pub(in crate::roster) mod spare;
pub(in crate::roster) mod statement;
pub(in crate::roster) mod tours;
