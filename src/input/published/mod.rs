//! What does a published instance ask? Benchmarks in the forms of their authors.

pub(in crate::input) mod nrp;
pub(in crate::input) mod tour;
