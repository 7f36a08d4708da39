//! Text of files in several encodings.

pub(super) mod bytes;
pub(super) mod decode;
mod encodings;
pub(super) mod file;
mod western;
