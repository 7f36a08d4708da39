//! Decimal sign of a table: inferred from the cells of the whole table, which one program wrote, else reported as ambiguous.

use super::form::{Form, Sample};
use super::row::Row;
use crate::input::cell::decimals::{Decimals, Shown, readings, shown};
use crate::input::problem::collected::Problems;

/// First cells of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    point: Option<Sample>,
    comma: Option<Sample>,
    either_comma: Option<Sample>,
    either_point: Option<Sample>,
}

impl Evidence {
    /// Records the evidence of a row.
    pub(super) fn see(&mut self, row: &Row<'_>) {
        for (place, text) in row.numerals() {
            let Some(shown) = shown(text) else { continue };
            let first = match shown {
                Shown::Point => &mut self.point,
                Shown::Comma => &mut self.comma,
                Shown::EitherComma => &mut self.either_comma,
                Shown::EitherPoint => &mut self.either_point,
            };
            first.get_or_insert_with(|| Sample { line: row.line, place, text: text.to_owned() });
        }
    }

    /// The decimal sign of the table; an ambiguity is reported once. Where commas separate cells, points are decimal and commas group
    /// digits unless all cells say otherwise; another separator suggests that the comma was needed for numbers.
    pub(super) fn form(self, form: &Form, has_commas_between: bool, problems: &mut Problems) -> Decimals {
        let either = self.either_comma.or(self.either_point);
        match (self.comma, self.point.or_else(|| either.clone().filter(|_| has_commas_between))) {
            (Some(comma), Some(other)) => {
                form.ask(&comma, "decimals_mixed", format!("'{}' (line {})", other.text, other.line), problems);
                Decimals::Doubtful
            }
            (Some(_), None) => Decimals::Comma,
            (None, Some(_)) => Decimals::Point,
            (None, None) => either.map_or(Decimals::Point, |either| {
                form.ask(&either, "decimal_doubtful", readings(&either.text).join(", "), problems);
                Decimals::Doubtful
            }),
        }
    }
}
