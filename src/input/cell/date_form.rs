//! Dates in the format of their table: with the year first, or in an order established from the whole table.

use crate::time::DateOrder;
use std::borrow::Cow;

/// Date format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum DateForm {
    /// Every date is unambiguous by itself.
    Plain,
    In(DateOrder),
    /// The order is ambiguous and has been reported.
    Doubtful,
}

impl DateForm {
    /// A date, possibly with a time, with its year first; `None` where its order is ambiguous.
    pub(in crate::input) fn year_first(self, text: &str) -> Option<Cow<'_, str>> {
        let (date, clock) = text.split_at(text.find(['T', ' ']).unwrap_or(text.len()));
        match self {
            Self::Plain => Some(Cow::Borrowed(text)),
            Self::In(order) => Some(order.read(date).map_or(Cow::Borrowed(text), |date| Cow::Owned(format!("{date}{clock}")))),
            Self::Doubtful => DateOrder::readings(date).is_empty().then_some(Cow::Borrowed(text)),
        }
    }
}
