//! A new plan folder from what was imported.

mod hours;
pub(in crate::input) mod learned;
pub(in crate::input) mod map_text;
pub(in crate::input) mod new_folder;
