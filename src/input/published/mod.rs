//! What does a published instance ask? Benchmarks in the forms of their authors.

pub(super) mod nrp;
pub(super) mod tour;
