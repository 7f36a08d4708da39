//! Content of one cell: number, duration, date or no value.

pub(super) mod date_form;
pub(super) mod decimals;
pub(super) mod durations;
pub(super) mod from_utc;
pub(super) mod interval_end;
pub(super) mod marks;
pub(super) mod no_value;
pub(super) mod percent;
pub(super) mod spelling;
pub(super) mod summary_words;
pub(super) mod time_range;
pub(super) mod twelve_hours;
