//! What do the keys of a TOML file say? Its form, its sections, its values, each problem on its line.

pub(in crate::input) mod document;
pub(in crate::input) mod form;
pub(in crate::input) mod identifiers;
pub(in crate::input) mod section;
pub(in crate::input) mod values;
