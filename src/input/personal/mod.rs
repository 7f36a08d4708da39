//! Detection of personal data in columns and values, which are refused.

pub(super) mod columns;
mod telephone;
pub(super) mod values;
mod words;
