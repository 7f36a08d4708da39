//! Is it about a person? Columns and values of personal data, which are refused.

pub(in crate::input) mod columns;
pub(in crate::input) mod telephone;
pub(in crate::input) mod values;
pub(in crate::input) mod words;
