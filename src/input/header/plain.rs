//! Normalised headers for comparison.

/// A letter of full width in its usual width.
pub(in crate::input) fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        letter => letter,
    }
}

/// A header without case, spaces, brackets and full-width characters.
pub(super) fn plain(header: &str) -> String {
    let narrowed: String = header.chars().map(narrow).collect();
    let name = narrowed.split(['(', '[', '【']).next().unwrap_or("");
    name.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '/')).collect()
}
