//! Which questions are put to the calculator?

pub(in crate::input) mod batch;
