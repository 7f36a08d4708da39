//! Files of other systems in and out.

mod doubts;
pub(in crate::cli) mod export;
pub(in crate::cli) mod import;
