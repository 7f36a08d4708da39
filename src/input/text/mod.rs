//! What text does a file hold, and in which encoding?

pub(in crate::input) mod bytes;
pub(in crate::input) mod decode;
pub(in crate::input) mod encodings;
pub(in crate::input) mod file;
pub(in crate::input) mod western;
