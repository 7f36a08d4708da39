//! Questions to the queueing calculator.

pub(super) mod batch;
pub(super) mod question;
pub(super) mod share;
