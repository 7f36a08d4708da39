//! Lower bounds, and the rosters found on the way.

pub(in crate::roster::engine) mod bound;
pub(in crate::roster::engine) mod dive;
pub(in crate::roster::engine) mod master;
pub(in crate::roster::engine) mod volume;
