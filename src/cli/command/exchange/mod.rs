//! Files of other systems in and out.

pub(in crate::cli) mod export;
pub(in crate::cli) mod import;
