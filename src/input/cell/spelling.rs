//! Spelling variants of a word: full-width characters, capitals, typing errors.

/// The text in half-width characters and lower case.
pub(in crate::input) fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        c => c,
    };
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words whose lengths differ by more bytes are not compared: a key may hold a book.
const FAR: usize = 200;

/// Edit distance with transpositions of neighbouring letters (restricted Damerau-Levenshtein).
pub(in crate::input) fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > FAR { usize::MAX } else { strsim::osa_distance(a, b) }
}
