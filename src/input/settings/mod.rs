//! What do the keys of a TOML file say? Its form, its sections, its values, each problem on its line.

pub(super) mod document;
mod form;
mod identifiers;
pub(super) mod section;
pub(super) mod values;
