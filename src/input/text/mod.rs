//! What text does a file hold, and in which encoding?

pub(super) mod bytes;
pub(super) mod decode;
mod encodings;
pub(super) mod file;
mod western;
