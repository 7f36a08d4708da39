//! Which questions are put to the calculator?

pub(super) mod batch;
pub(super) mod question;
pub(super) mod share;
