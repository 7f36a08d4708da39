//! Text that a spreadsheet would run as a formula (CSV injection, OWASP): escaping it in a cell, and undoing that.
//!
//! Each part of a cell's text is escaped, because a spreadsheet that uses another separator than the file begins a new cell at that
//! separator within a text.

use std::borrow::Cow;

/// First characters of a formula; full-width forms count as the others where Chinese or Japanese is written.
const LEADERS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Characters at which some spreadsheet may begin a new cell.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// The text with an apostrophe in front of each part that a spreadsheet would run.
///
/// ```
/// use peakshift::spreadsheet::disarmed;
/// assert_eq!(disarmed("phone;=1+1"), "phone;'=1+1");
/// ```
#[must_use]
pub fn disarmed(text: &str) -> Cow<'_, str> {
    let mut parts = parts(text);
    if !parts.any(|part| part.leads()) {
        return Cow::Borrowed(text);
    }
    let armed = |part: Part| [if part.leads() { "'" } else { "" }, part.text, part.separator].concat();
    Cow::Owned(self::parts(text).map(armed).collect())
}

/// Inverse of [`disarmed`]: removes exactly the apostrophes it added.
#[must_use]
pub fn restored(text: &str) -> Cow<'_, str> {
    if !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    let plain = |part: Part| {
        let without = part.text.strip_prefix('\'').filter(|rest| Part { text: rest, ..part }.leads());
        [without.unwrap_or(part.text), part.separator].concat()
    };
    Cow::Owned(parts(text).map(plain).collect())
}

/// A part of a text between two places where a cell may begin.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    text: &'a str,
    /// The separator after it; empty at the end.
    separator: &'a str,
    is_first: bool,
}

impl Part<'_> {
    /// Whether a spreadsheet would run it: it begins like a formula, ignoring spaces and quotation marks, or the cell begins with a tab or
    /// a line break. Leading apostrophes are ignored, so that those of a text are told apart from those of [`disarmed`].
    fn leads(&self) -> bool {
        let begun = self.text.trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '\u{feff}'));
        let hidden = self.is_first && ["\t", "\r", "\n"].contains(&self.separator) && self.text.chars().all(|letter| letter == '\'');
        hidden || begun.starts_with(LEADERS)
    }
}

fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    text.split_inclusive(SEPARATORS).enumerate().map(|(place, part)| {
        let end = part.strip_suffix(SEPARATORS).map_or(part.len(), str::len);
        Part { text: &part[..end], separator: &part[end..], is_first: place == 0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_is_disarmed_wherever_a_cell_may_begin() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("a;=b;c;@d", "a;'=b;c;'@d"),
            ("\t=x", "'\t'=x"),
            ("\rplain", "'\rplain"),
            (" =x", "' =x"),
            ("＝x;－y", "'＝x;'－y"),
            ("a\n+b", "a\n'+b"),
            ("\"=x", "'\"=x"),
            ("'=x", "''=x"),
        ] {
            assert_eq!(disarmed(text), safe, "{text:?}");
        }
        for text in ["a-b", "3 + 4", "it's", "12:00/60;15:00/15", "", "a;b", "'quoted'"] {
            assert_eq!(disarmed(text), text);
            assert_eq!(restored(text), text);
        }
    }
}
