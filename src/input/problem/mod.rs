//! What is wrong with an input, where, why, and what helps?

pub(super) mod collected;
pub(super) mod single;
