//! Published benchmark instances in their authors' formats.

pub(super) mod nrp;
pub(super) mod tour;
