//! Headers of exports: their words, and what they mean.

mod foreign;
mod foreign_lists;
pub(in crate::input) mod kinds;
pub(in crate::input) mod lists;
pub(in crate::input) mod meaning;
pub(in crate::input) mod numbered;
pub(in crate::input) mod queue_names;
pub(in crate::input) mod words;
