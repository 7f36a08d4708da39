//! What is wrong with an input, where, why, and what helps?

pub(in crate::input) mod collected;
pub(in crate::input) mod single;
