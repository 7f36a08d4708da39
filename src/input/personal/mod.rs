//! Is it about a person? Columns and values of personal data, which are refused.

pub(super) mod columns;
mod telephone;
pub(super) mod values;
mod words;
