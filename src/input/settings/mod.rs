//! TOML settings: syntax, sections and values, with each problem on its line.

pub(super) mod document;
mod form;
mod identifiers;
pub(super) mod section;
pub(super) mod values;
