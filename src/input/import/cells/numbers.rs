//! Counts of an export, and the decimal sign that its numbers share.

use crate::input::cell::decimals::{Decimals, Shown, read_number, readings, shown};
use crate::input::cell::no_value::is_nothing;
use crate::input::import::cells::plausible::is_plausible;

/// Decimal sign of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::input) enum Sign {
    #[default]
    Point,
    Comma,
    /// Points and commas group digits alone.
    Grouping,
}

impl Sign {
    /// A number, or `None` where the text is none.
    pub(in crate::input) fn number(self, text: &str) -> Option<f64> {
        if let Some(number) = digits(text) {
            return Some(number);
        }
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = match self {
            Self::Point => read_number(text, Decimals::Point),
            Self::Comma => read_number(text, Decimals::Comma),
            Self::Grouping => read_number(&text.replace(['.', ','], ""), Decimals::Point),
        };
        number.filter(|number| number.is_finite())
    }

    /// A count, which may carry the word of what it counts: `12次`.
    pub(in crate::input) fn count(self, text: &str) -> Option<f64> {
        if let Some(number) = digits(text) {
            return Some(number);
        }
        self.number(text.trim_end_matches(['次', '个', '人', '通', '单', '条'])).filter(|count| *count >= 0.0)
    }
}

/// A number of digits alone, at most 15, which is exact.
pub(in crate::input) fn digits(text: &str) -> Option<f64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let number = text.bytes().try_fold(0_u64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))?;
    Some(number as f64)
}

/// Evidence of all numbers of a file.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Evidence {
    point: Option<(usize, String)>,
    comma: Option<(usize, String)>,
    /// A sign before three digits, either decimal or grouping.
    either: Option<(usize, String)>,
    either_is_comma: bool,
    /// A doubtful duration, which is one that contacts have only if its sign is decimal.
    plausible: Option<char>,
    /// Whole numbers of three digits without a sign: the others do not all have three decimals.
    hundreds: usize,
    /// Numbers with a doubtful sign.
    doubtful: usize,
    /// Whether every doubtful number stands in a column of counts.
    of_counts: bool,
}

/// Numbers of either kind that show counts above and below a thousand: decimals would not all have three digits.
const TELLING: usize = 5;

/// What the numbers say.
pub(in crate::input) enum Decided {
    Sign(Sign),
    /// Two numbers contradict each other.
    Torn((usize, String), (usize, String)),
    /// Both readings are possible.
    Doubtful((usize, String)),
}

impl Evidence {
    pub(in crate::input) fn new() -> Self {
        Self { of_counts: true, ..Self::default() }
    }

    pub(in crate::input) fn see(&mut self, line: usize, text: &str, is_count: bool) {
        let bytes = text.as_bytes();
        if bytes.iter().all(u8::is_ascii_digit) {
            self.hundreds += usize::from(is_count && bytes.len() == 3 && bytes[0] != b'0');
            return;
        }
        if is_nothing(text) {
            return;
        }
        let cell = || (line, text.to_owned());
        match shown(text) {
            None => {}
            Some(Shown::Point) => drop(self.point.get_or_insert_with(cell)),
            Some(Shown::Comma) => drop(self.comma.get_or_insert_with(cell)),
            Some(either) => {
                self.doubtful += 1;
                self.of_counts &= is_count;
                let [decimal, grouped] = readings(text).map(|reading| reading.parse().is_ok_and(is_plausible));
                if !is_count && decimal && !grouped {
                    self.plausible = text.chars().find(|sign| [',', '.'].contains(sign));
                }
                self.either_is_comma |= either == Shown::EitherComma;
                self.either.get_or_insert_with(cell);
            }
        }
    }

    /// The sign of all numbers. Where commas separate cells, points are decimal and commas group unless the numbers say otherwise.
    pub(in crate::input) fn decided(self, has_commas_between: bool) -> Decided {
        match (self.comma, self.point, self.either) {
            (Some(comma), Some(point), _) => Decided::Torn(comma, point),
            (Some(_), None, _) => Decided::Sign(Sign::Comma),
            (None, Some(_), _) | (None, None, None) => Decided::Sign(Sign::Point),
            (None, None, Some(_)) if self.plausible == Some(',') => Decided::Sign(Sign::Comma),
            (None, None, Some(_)) if self.plausible == Some('.') => Decided::Sign(Sign::Point),
            (None, None, Some(_)) if self.of_counts && self.hundreds.min(self.doubtful) >= TELLING => Decided::Sign(Sign::Grouping),
            (None, None, Some(_)) if has_commas_between && self.either_is_comma => Decided::Sign(Sign::Point),
            (None, None, Some(either)) => Decided::Doubtful(either),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_of(cells: &[(&str, bool)], has_commas_between: bool) -> Option<Sign> {
        let mut evidence = Evidence::new();
        cells.iter().for_each(|(cell, is_count)| evidence.see(1, cell, *is_count));
        match evidence.decided(has_commas_between) {
            Decided::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    #[test]
    fn a_file_has_one_sign_that_all_its_numbers_decide() {
        assert_eq!(sign_of(&[("1.608", true), ("300,5", false)], false), Some(Sign::Comma));
        assert_eq!(sign_of(&[("1.608", true), ("804", true)].repeat(5), false), Some(Sign::Grouping)); // three decimals would stand everywhere
        assert_eq!(sign_of(&[("1.000", true), ("100", true)], false), None);
        assert_eq!(sign_of(&[("1.608", true)], false), None);
        assert_eq!(sign_of(&[("310,123", false), ("12", true)], false), Some(Sign::Comma)); // three days for a contact are none
        assert_eq!(sign_of(&[("1.123", false), ("12", true)], false), None);
        assert_eq!(sign_of(&[("1,608", true)], true), Some(Sign::Point));
        assert_eq!(sign_of(&[("0.512", true)], false), Some(Sign::Point));
        assert_eq!(sign_of(&[("1,5", false), ("2.5", false)], false), None);
        assert_eq!(Sign::Grouping.number("1.608"), Some(1608.0));
        assert_eq!(Sign::Point.count("1,608次"), Some(1608.0));
        assert_eq!(Sign::Comma.number("1.608,5"), Some(1608.5));
    }
}
