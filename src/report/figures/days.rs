//! Dates in display form.

use crate::messages::{Lang, Part, say};
use chrono::{Datelike, NaiveDate, Weekday};

/// Weekday and date, as `Tue 12-01`.
pub(in crate::report) fn day_text(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", say(lang, Part::Text, weekday_key(date.weekday()), &[]), date.format("%m-%d"))
}

pub(in crate::report) fn weekday_key(weekday: Weekday) -> &'static str {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][weekday.num_days_from_monday() as usize]
}
