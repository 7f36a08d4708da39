//! Detection of a table's separator.

/// Possible separators of cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The first line with content.
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("")
}

/// Separator of a first line `sep=;`, as spreadsheets write and read it.
fn declared(text: &str) -> Option<u8> {
    let line = first_line(text).trim_matches(['"', ' ']);
    let mark = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and(line.get(4..))?;
    let mark = if mark == "\\t" { "\t" } else { mark };
    SEPARATORS.into_iter().find(|separator| mark.as_bytes() == [*separator])
}

/// Whether the first line declares the separator and is no header.
pub(in crate::input) fn declares_separator(text: &str) -> bool {
    declared(text).is_some()
}

/// Maximum number of lines above a header, such as titles and filters.
pub(in crate::input) const MOST_ABOVE: usize = 10;

/// The declared separator, or the one that the first line with any uses most outside quotes: comma, semicolon, tab or bar.
pub(in crate::input) fn separator(text: &str) -> u8 {
    let has_any = |line: &&str| line.bytes().any(|byte| SEPARATORS.contains(&byte));
    // a title may stand above the header
    let header = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(1 + MOST_ABOVE).find(has_any).unwrap_or("");
    declared(text).or_else(|| SEPARATORS.into_iter().rev().max_by_key(|&separator| outside_quotes(header, separator))).unwrap_or(b',')
}

/// How often a separator stands outside quotes in a line.
fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut is_outside = |byte: &u8| {
        quoted ^= *byte == b'"';
        *byte == separator && !quoted
    };
    line.bytes().filter(|byte| is_outside(byte)).count()
}

/// Number of lines from which the separator of an export is inferred.
const LINES: usize = 200;

/// The declared separator, or the one that splits most lines into as many cells as the lines next to them: titles have commas too.
pub(in crate::input) fn likely_separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let even = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        let alike = counts.windows(2).filter(|pair| pair[0] == pair[1] && pair[0] > 0).count();
        (alike, counts.iter().max().copied().unwrap_or(0))
    };
    declared(text).or_else(|| SEPARATORS.into_iter().rev().max_by_key(|separator| even(*separator))).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_marks_the_one_that_stands_most_often_separates() {
        assert_eq!(separator("工号;组别,x;y"), b';');
    }
}
