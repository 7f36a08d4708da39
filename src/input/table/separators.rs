//! Which mark a table has between its cells.

/// Marks that may separate cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The first line that holds something.
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("")
}

/// What a first line `sep=;` says, as spreadsheets write and read it.
fn declared(text: &str) -> Option<u8> {
    let line = first_line(text).trim_matches(['"', ' ']);
    let mark = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and(line.get(4..))?;
    let mark = if mark == "\\t" { "\t" } else { mark };
    SEPARATORS.into_iter().find(|separator| mark.as_bytes() == [*separator])
}

/// Whether the first line says which separator the others use, and is no header.
pub(in crate::input) fn declares_separator(text: &str) -> bool {
    declared(text).is_some()
}

/// A title, a filter and the like may stand above a header in so many lines.
pub(in crate::input) const MOST_ABOVE: usize = 10;

/// The separator that the first line names, or that the first line with any uses most outside quotes: comma, semicolon, tab or bar.
pub(in crate::input) fn separator(text: &str) -> u8 {
    let has_any = |line: &&str| line.bytes().any(|byte| SEPARATORS.contains(&byte));
    // a title may stand above the header
    let header = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(1 + MOST_ABOVE).find(has_any).unwrap_or("");
    let count = |separator: u8| {
        let mut quoted = false;
        let mut outside = |byte: &u8| {
            quoted ^= *byte == b'"';
            *byte == separator && !quoted
        };
        header.as_bytes().iter().filter(|byte| outside(byte)).count()
    };
    declared(text).or_else(|| SEPARATORS.into_iter().rev().max_by_key(|&separator| count(separator))).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_marks_the_one_that_stands_most_often_separates() {
        assert_eq!(separator("工号;组别,x;y"), b';');
    }
}
