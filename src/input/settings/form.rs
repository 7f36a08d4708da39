//! Syntax errors of a TOML text: line starts, and the one error from which the others follow.

use toml::de::Error;

/// Starts of all lines but the first.
#[derive(Debug)]
pub(super) struct LineStarts(Vec<usize>);

impl LineStarts {
    pub(super) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(place, _)| place + 1).collect())
    }

    /// Line of a position, counted from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset) + 1
    }
}

/// A syntax error: code, line, key, value found and expected.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) code: &'static str,
    pub(super) line: Option<usize>,
    /// The key or section of the line.
    pub(super) key: String,
    pub(super) value: String,
    pub(super) expected: String,
}

/// The parser's message for a key that has a value already.
const TWICE: &str = "duplicate key";

/// The first syntax error of a text. A missing bracket or quotation mark makes everything after it look wrong, so only the first error is
/// reported. Where it lies in a list that began on an earlier line and another key begins there, that list was not closed.
pub(super) fn first_slip(text: &str, lines: &LineStarts, errors: &[Error]) -> Option<Slip> {
    let place_of = |error: &Error| error.span().map_or(usize::MAX, |span| span.start);
    let is_twice = |error: &Error| error.message().starts_with(TWICE);
    // `[queue]]` looks like a duplicate because of its missing bracket
    let first = errors.iter().min_by_key(|error| (lines.line_of(place_of(error)), is_twice(error), place_of(error)))?;
    let place = first.span().map(|span| span.start);
    let line = place.map(|place| lines.line_of(place));
    let said = first.message().lines().next().unwrap_or("").to_owned();
    let written = |line: Option<usize>| line.and_then(|line| text.lines().nth(line - 1)).unwrap_or("").trim();
    let slip = |code, line: Option<usize>, value, expected| {
        let key = written(line);
        let key = key_of(key).or_else(|| is_header(key).then(|| name_of(key))).unwrap_or("").to_owned();
        Some(Slip { code, line, key, value, expected })
    };
    let (Some(place), Some(at)) = (place, line) else { return slip("toml_syntax", line, String::new(), said) };
    let mut opened = open_brackets(text, place).into_iter().rev().map(|(opening, bracket)| (lines.line_of(opening), bracket));
    if let Some((from, bracket)) = opened.find(|(from, _)| *from < at).filter(|_| begins_something(text, place)) {
        return slip("toml_unclosed", Some(from), bracket.to_string(), at.to_string());
    }
    if is_twice(first) {
        let key = first.span().and_then(|span| text.get(span)).unwrap_or("").to_owned();
        if let Some(before) = line_of_first(text, at, &key) {
            // a list of sections with a bracket missing in one of its headers
            let is_single = |line| is_header(written(line)) && !written(line).starts_with("[[") && name_of(written(line)) == key;
            let code = if is_single(line) || is_single(Some(before)) { "toml_header_twice" } else { "toml_twice" };
            return slip(code, line, key, before.to_string());
        }
    }
    slip("toml_syntax", line, written(line).to_owned(), said)
}

/// Brackets of a value that are open at a position, innermost last, with their positions.
fn open_brackets(text: &str, place: usize) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    let mut begins_line = true;
    while at < place {
        let rest = text.get(at..).unwrap_or("");
        let Some(sign) = rest.chars().next() else { break };
        match sign {
            // a header ends with its line, whatever it lacks
            '[' if begins_line && open.is_empty() => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '"' | '\'' => {
                at += quoted_length(rest, sign);
                begins_line = false;
                continue;
            }
            '[' | '{' => open.push((at, sign)),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
        begins_line = sign == '\n' || begins_line && sign.is_whitespace();
        at += sign.len_utf8();
    }
    open
}

/// Length of a quoted text; an unclosed one ends with its line.
fn quoted_length(text: &str, mark: char) -> usize {
    let triple = if mark == '"' { "\"\"\"" } else { "'''" };
    if text.starts_with(triple) {
        return text.get(3..).and_then(|rest| rest.find(triple)).map_or(text.len(), |end| end + 6);
    }
    let mut is_escaped = false;
    for (place, sign) in text.char_indices().skip(1) {
        match sign {
            '\n' => return place,
            _ if is_escaped => is_escaped = false,
            '\\' if mark == '"' => is_escaped = true,
            _ if sign == mark => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a key or a header begins on the line of a position, or the text ends there.
fn begins_something(text: &str, place: usize) -> bool {
    let start = text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or("").lines().next().unwrap_or("").trim();
    line.is_empty() || is_header(line) || key_of(line).is_some()
}

/// Whether a line is a header and no nested list.
fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or("").trim();
    let name = line.trim_matches(['[', ']']);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    line.starts_with('[') && line.ends_with(']') && name.contains(char::is_alphabetic) && name.chars().all(is_name)
}

/// Section named by a header.
fn name_of(header: &str) -> &str {
    header.split('#').next().unwrap_or("").trim().trim_matches(['[', ']'])
}

/// Key assigned on a line.
fn key_of(line: &str) -> Option<&str> {
    let key = line.split_once('=')?.0.trim();
    let is_bare = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (is_bare || key.starts_with(['"', '\''])).then_some(key)
}

/// Line of the first occurrence of a key in its section, or of a header, before the line that repeats it.
fn line_of_first(text: &str, again: usize, key: &str) -> Option<usize> {
    let before: Vec<&str> = text.lines().take(again).map(str::trim).collect();
    let (last, earlier) = before.split_last()?;
    let is_header = |line: &str| line.starts_with('[');
    if is_header(last) {
        let name = |line: &str| line.trim_matches(['[', ']']).split(']').next().unwrap_or("").to_owned();
        let (of_last, below) = (name(last), format!("{}.", name(last)));
        // `[[a.b]]` without an `[[a]]` above it takes the name
        let is_it = |line: &&str| is_header(line) && (name(line) == of_last || name(line).starts_with(&below));
        return earlier.iter().position(is_it).map(|place| place + 1);
    }
    let section = earlier.iter().rposition(|line| is_header(line)).map_or(0, |header| header + 1);
    earlier.iter().skip(section).position(|line| key_of(line) == Some(key)).map(|place| section + place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    fn slip(text: &str) -> (&'static str, Option<usize>) {
        let (_, errors) = DeTable::parse_recoverable(text);
        first_slip(text, &LineStarts::of(text), &errors).map(|slip| (slip.code, slip.line)).unwrap()
    }

    #[test]
    fn a_bracket_that_is_missing_is_told_where_the_list_begins() {
        for (text, line) in [
            ("a = [1, 2\nb = 3\nc = 4\n", 1),
            ("x = 1\na = { b = 1\nc = 4\n[d]\ne = 1\n", 2),
            ("x = 1\n\na = [\n  \"b]\", # ]\n  \"c\",\n[d]\ne = 1\n", 3),
            ("[[q]]\nr = [{ a = 1, b = 2 }\nc = [1]\n", 2),
            ("[q]\nr = [[1, 2]\ns = '''\n]]'''\n", 2),
        ] {
            assert_eq!(slip(text), ("toml_unclosed", Some(line)), "{text}");
        }
    }

    #[test]
    fn other_slips_are_told_on_their_own_line() {
        for (text, line) in [
            ("a = [\n  1,\n  2 3,\n]\n", 3),
            ("a = [\n  [1 2],\n]\n", 2),
            ("a = \"b\nc = 1\n", 1),
            ("[a\nb = 1\n", 1),
            ("a = 1\nb 2\n[c]\n", 2),
            ("a = ]\nb = [1]\n", 1),
            ("[[q]]\na = 1\n[q]]\na = 2\n", 3),
        ] {
            assert_eq!(slip(text), ("toml_syntax", Some(line)), "{text}");
        }
    }

    #[test]
    fn what_stands_twice_is_told_with_where_it_stood() {
        let of = |text: &str| {
            let (_, errors) = DeTable::parse_recoverable(text);
            let slip = first_slip(text, &LineStarts::of(text), &errors).unwrap();
            (slip.code, slip.line, slip.value, slip.expected)
        };
        let twice = |line, key: &str, first: &str| ("toml_twice", Some(line), key.to_owned(), first.to_owned());
        assert_eq!(of("[[q]]\nid = 1\nx = 2\n\nid = 3\nx = 4\n"), twice(5, "id", "2"));
        assert_eq!(of("id = 0\n[q]\nid = 1\n[r]\nid = 2\nid = 3\n"), twice(6, "id", "5"));
        let header_twice = |line, key: &str, first: &str| ("toml_header_twice", Some(line), key.to_owned(), first.to_owned());
        assert_eq!(of("[q]\nid = 1\n[r]\n[q]\nid = 2\n"), header_twice(4, "q", "1"));
        assert_eq!(of("[[q]]\nid = 1\n[q]\nid = 2\n"), header_twice(3, "q", "1"));
        assert_eq!(of("[q]\nid = 1\n[[q]]\nid = 2\n"), header_twice(3, "q", "1"));
        assert_eq!(of("id = 1\n[[q.r]]\n[[q]]\nid = 2\n"), twice(3, "q", "2"));
    }
}
