//! A number as its table writes it: with a decimal point, or with a decimal comma as half of the world does; and what one number alone
//! shows of that.

use std::borrow::Cow;

/// The sign between whole numbers and decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Decimals {
    Point,
    Comma,
    /// Nobody knows: numbers with either sign are not read.
    Doubtful,
}

/// What a number shows of the sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Shown {
    Point,
    Comma,
    /// `62,500`: a comma before three digits.
    EitherComma,
    /// `1.206`: a point before three digits.
    EitherPoint,
}

/// What a number shows of its table's decimal sign; nothing if it has neither sign, or is no number.
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

/// Of a number whose last such sign stands at a place: what it shows if that is decimal, if it groups digits, and if it may do either.
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

/// Whether a sign stands between groups of three digits, of which the first may be shorter and begins with none of 0.
fn is_grouped(digits: &str, sign: char) -> bool {
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = digits.split(sign);
    let head = groups.next().unwrap_or("");
    (1..=3).contains(&head.len()) && is_digits(head) && !head.starts_with('0') && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// A number without its sign.
fn bare(text: &str) -> &str {
    text.trim().strip_suffix(['%', '％']).unwrap_or(text).trim().trim_start_matches(['+', '-', '−', '－'])
}

/// Spaces and apostrophes that group digits.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// A number without the spaces that group its digits; `None` where they do not.
fn without_spaces(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(SPACES) {
        return Some(Cow::Borrowed(text));
    }
    let end = text.find([',', '.']).unwrap_or(text.len());
    let (whole, decimals) = text.split_at(end);
    let sign = whole.chars().find(|letter| SPACES.contains(letter))?;
    (is_grouped(whole, sign) && !decimals.contains(SPACES)).then(|| Cow::Owned(text.replace(SPACES, "")))
}

/// A number as a table with this sign writes it.
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

/// Both readings of a number whose sign may be of either kind.
pub(in crate::input) fn readings(text: &str) -> [String; 2] {
    [text.replace(',', "."), text.replace(['.', ','], "")]
}
