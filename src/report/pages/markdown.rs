//! Markdown escaping, so that names become no links, tables, headings or HTML.

/// Characters with a meaning anywhere in a line.
const MARKS: [char; 11] = ['\\', '`', '*', '[', ']', '<', '>', '|', '~', '&', '$'];

/// Characters with a meaning at the beginning of a line.
const BEGINNINGS: [char; 4] = ['#', '+', '-', '='];

/// The text on one line, with a backslash before each character that has a meaning in Markdown.
///
/// Numbers with a sign and words with a `_` inside are left as they are: they have no meaning in Markdown.
pub(super) fn escaped(line: &str) -> String {
    let line = line.replace(|letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}'), " ");
    let letters: Vec<char> = line.trim_start().chars().collect();
    let is_word = |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(|letter| letter.is_alphanumeric());
    // `1.` or `1)` would begin a list
    let number = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let ends_number =
        |place: usize, letter: char| number > 0 && place == number && matches!(letter, '.' | ')') && !is_word(Some(place + 1));
    let mut text = String::with_capacity(line.len());
    for (place, &letter) in letters.iter().enumerate() {
        let begins = place == 0 && BEGINNINGS.contains(&letter) && !letters.get(1).is_some_and(char::is_ascii_digit);
        let stresses = letter == '_' && !(is_word(place.checked_sub(1)) && is_word(Some(place + 1)));
        if MARKS.contains(&letter) || begins || stresses || ends_number(place, letter) {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        for (name, safe) in [
            ("[free](https://x)", "\\[free\\](https://x)"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("a|b", "a\\|b"),
            ("# big", "\\# big"),
            ("two\n\n# lines", "two  # lines"),
            ("*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"),
            ("&lt;", "\\&lt;"),
            ("1. first", "1\\. first"),
            ("---", "\\---"),
        ] {
            assert_eq!(escaped(name), safe);
        }
        for plain in ["phone 09:00–10:00: 1.5 of 4.0 agents", "night_shifts", "-12.5 %", "热线（早班）", "1.5 hours", "short by 3 (20 %)"]
        {
            assert_eq!(escaped(plain), plain);
        }
    }
}
