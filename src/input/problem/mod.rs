//! Problems of inputs: location, cause and remedy.

pub(super) mod collected;
pub(super) mod single;
pub(super) mod way;
