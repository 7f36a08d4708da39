//! Levels of experience, in English and Chinese.

use crate::workforce::Level;

pub(in crate::input) const LEVELS: &str = "new, regular, senior";

/// The level that a word stands for.
pub(in crate::input) fn level_of(word: &str) -> Option<Level> {
    match word.to_lowercase().as_str() {
        "new" | "新人" => Some(Level::New),
        "regular" | "普通" => Some(Level::Regular),
        "senior" | "资深" => Some(Level::Senior),
        _ => None,
    }
}
