//! Which questions are put to the calculator?

pub(in crate::input) mod batch;
pub(in crate::input) mod question;
pub(in crate::input) mod share;
