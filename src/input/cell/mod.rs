//! What does one cell say: a number, a duration, a date, nothing?

pub(in crate::input) mod date_form;
pub(in crate::input) mod decimals;
pub(in crate::input) mod durations;
pub(in crate::input) mod from_utc;
pub(in crate::input) mod interval_end;
pub(in crate::input) mod no_value;
pub(in crate::input) mod percent;
pub(in crate::input) mod spelling;
pub(in crate::input) mod summary_words;
pub(in crate::input) mod time_range;
