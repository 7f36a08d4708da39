//! Numbers in the format of their table, with a decimal point or a decimal comma, and the evidence that a single number gives for either.

use std::borrow::Cow;

/// Decimal sign of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Decimals {
    Point,
    Comma,
    /// Unknown: numbers with either sign are not read.
    Doubtful,
}

/// Evidence of a number for its decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Shown {
    Point,
    Comma,
    /// `62,500`: a comma before three digits, either decimal or grouping.
    EitherComma,
    /// `1.206`: a point before three digits, either decimal or grouping.
    EitherPoint,
}

/// Evidence of a number for its table's decimal sign; `None` if it has neither sign, or is no number.
pub(in crate::input) fn shown(text: &str) -> Option<Shown> {
    if !text.contains([',', '.']) {
        return None;
    }
    let digits = without_spaces(bare(text))?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (digits.rfind(','), digits.rfind('.')) {
        (Some(comma), Some(point)) => {
            let (last, sign, other) = if comma > point { (comma, Shown::Comma, '.') } else { (point, Shown::Point, ',') };
            (is_grouped(&digits[..last], other) && is_digits(&digits[last + 1..])).then_some(sign)
        }
        (Some(comma), None) => of_one_sign(&digits, comma, (Shown::Comma, Shown::Point, Shown::EitherComma)),
        (None, Some(point)) => of_one_sign(&digits, point, (Shown::Point, Shown::Comma, Shown::EitherPoint)),
        (None, None) => None,
    }
}

/// Evidence of a number whose last sign is at `last`: the given outcomes apply if the sign is decimal, if it groups digits, and if it may
/// do either.
fn of_one_sign(digits: &str, last: usize, (decimal, grouping, either): (Shown, Shown, Shown)) -> Option<Shown> {
    let sign = char::from(digits.as_bytes()[last]);
    let (whole, rest) = (&digits[..last], &digits[last + 1..]);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.contains(sign) {
        return is_grouped(digits, sign).then_some(grouping);
    }
    if !is_digits(whole) || rest.is_empty() || !is_digits(rest) {
        return None;
    }
    Some(if is_grouped(digits, sign) { either } else { decimal })
}

/// Whether a sign separates groups of three digits; the first group may be shorter and does not begin with 0.
fn is_grouped(digits: &str, sign: char) -> bool {
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = digits.split(sign);
    let head = groups.next().unwrap_or("");
    (1..=3).contains(&head.len()) && is_digits(head) && !head.starts_with('0') && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// A number without plus, minus or percent sign.
fn bare(text: &str) -> &str {
    text.trim().strip_suffix(['%', '％']).unwrap_or(text).trim().trim_start_matches(['+', '-', '−', '－'])
}

/// Spaces and apostrophes as digit separators.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// A number without the spaces that group its digits; `None` where they do not form groups.
fn without_spaces(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(SPACES) {
        return Some(Cow::Borrowed(text));
    }
    let end = text.find([',', '.']).unwrap_or(text.len());
    let (whole, decimals) = text.split_at(end);
    let sign = whole.chars().find(|letter| SPACES.contains(letter))?;
    (is_grouped(whole, sign) && !decimals.contains(SPACES)).then(|| Cow::Owned(text.replace(SPACES, "")))
}

/// Reads a number with this decimal sign.
pub(in crate::input) fn read_number(text: &str, decimals: Decimals) -> Option<f64> {
    let text = text.trim();
    if decimals == Decimals::Point && !text.contains(',') && !text.contains(SPACES) {
        return text.parse().ok();
    }
    let sign = text.len() - text.trim_start_matches(['+', '-']).len();
    let number = without_spaces(&text[sign..])?;
    let (decimal, grouping) = match decimals {
        Decimals::Comma => (',', '.'),
        Decimals::Doubtful if number.contains(['.', ',']) => return None,
        Decimals::Point | Decimals::Doubtful => ('.', ','),
    };
    let (whole, rest) = number.split_once(decimal).unwrap_or((&number, ""));
    if rest.contains(grouping) || (whole.contains(grouping) && !is_grouped(whole, grouping)) {
        return None;
    }
    let plain = format!("{}{}", &text[..sign], number.replace(grouping, "").replace(decimal, "."));
    plain.parse().ok()
}

/// Both readings of a number whose sign is ambiguous.
pub(in crate::input) fn readings(text: &str) -> [String; 2] {
    [text.replace(',', "."), text.replace(['.', ','], "")]
}
