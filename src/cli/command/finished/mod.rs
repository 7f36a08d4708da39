//! Commands on a finished roster.

pub(in crate::cli) mod assign;
pub(in crate::cli) mod simulate;
pub(in crate::cli) mod verify;
