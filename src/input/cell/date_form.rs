//! A date as its table writes it: with the year first, or in an order that the whole table has shown.

use crate::time::DateOrder;
use std::borrow::Cow;

/// How a table writes its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum DateForm {
    /// Each can be read by itself.
    Plain,
    In(DateOrder),
    /// In which order was asked.
    Doubtful,
}

impl DateForm {
    /// A date, perhaps with a time, with its year first; `None` where its order was asked.
    pub(in crate::input) fn year_first(self, text: &str) -> Option<Cow<'_, str>> {
        let (date, clock) = text.split_at(text.find(['T', ' ']).unwrap_or(text.len()));
        match self {
            Self::Plain => Some(Cow::Borrowed(text)),
            Self::In(order) => Some(order.read(date).map_or(Cow::Borrowed(text), |date| Cow::Owned(format!("{date}{clock}")))),
            Self::Doubtful => DateOrder::readings(date).is_empty().then_some(Cow::Borrowed(text)),
        }
    }
}
