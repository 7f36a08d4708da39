//! Two times in one cell: start and end of an interval.

use crate::time::{ClockTime, read_written};

/// Signs between the start of an interval and its end.
const UNTIL: [&str; 9] = ["-", "–", "—", "~", "～", "－", "至", "到", " to "];

/// The first of two clock times, `09:00-09:30`, and whether they can be start and end of one interval.
pub(in crate::input) fn range(text: &str) -> Option<(&str, bool)> {
    let (start, end) = parts(text)?;
    let (from, to): (ClockTime, ClockTime) = (start.parse().ok()?, end.parse().ok()?);
    // 1:00-1:30 PM begins in the afternoon
    let has_word = |text: &str| text.contains(char::is_alphabetic);
    Some((start.trim(), has_word(start) == has_word(end) && (from < to || to == ClockTime::MIDNIGHT)))
}

/// The second of two clock times.
pub(in crate::input) fn range_end(text: &str) -> Option<ClockTime> {
    let (_, is_ordered) = range(text)?;
    is_ordered.then(|| parts(text)?.1.parse().ok())?
}

/// Text before and after the first sign between two times.
fn parts(text: &str) -> Option<(&str, &str)> {
    UNTIL.iter().find_map(|until| text.split_once(until))
}

/// Start and end of an interval that both have a date: `2026-11-02 09:00 - 2026-11-02 09:30`.
pub(in crate::input) fn span(text: &str) -> Option<(&str, &str)> {
    let (start, end) = UNTIL.iter().filter(|until| **until != "-").chain(&[" - "]).find_map(|until| text.split_once(until))?;
    let is_stamp = |text: &str| text.contains([':', '：']) && read_written(text.trim()).is_ok();
    (is_stamp(start) && is_stamp(end)).then(|| (start.trim(), end.trim()))
}
