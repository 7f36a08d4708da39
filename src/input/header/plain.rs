//! A header as headers are compared.

/// A header without what people write differently: case, spaces, brackets, signs of full width.
pub(super) fn plain(header: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let narrowed: String = header.chars().map(narrow).collect();
    let name = narrowed.split(['(', '[', '【']).next().unwrap_or("");
    name.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '/')).collect()
}
