//! Normalised headers for comparison.

/// A header without case, spaces, brackets and full-width characters.
pub(super) fn plain(header: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let narrowed: String = header.chars().map(narrow).collect();
    let name = narrowed.split(['(', '[', '【']).next().unwrap_or("");
    name.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '/')).collect()
}
