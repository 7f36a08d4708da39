//! Suffix of a time: the end of its interval (`2026-11-02 09:00-09:30`), or a UTC offset (`2026-11-02 09:00-05:00`).

use super::time_range::{range, span};
use crate::time::{ClockTime, place_of_clock};

/// Meaning of the suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Behind {
    Offset,
    End,
    /// Ambiguous, and reported.
    Doubtful,
}

impl Behind {
    /// A date and time without the end of the interval that it begins; `None` where the suffix is ambiguous.
    pub(in crate::input) fn start_of(self, text: &str) -> Option<&str> {
        match (self, behind(text)) {
            (_, None) | (Self::Offset, _) => Some(text),
            (Self::End, Some((start, _))) => Some(start),
            (Self::Doubtful, Some(_)) => None,
        }
    }
}

/// Evidence of a single time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Shown {
    Offset,
    End,
    Either,
}

/// Shortest text with a date and two times.
const LEAST_BYTES: usize = 16;
/// Largest offset behind UTC, in minutes.
const MOST_BEHIND: u32 = 12 * 60;

/// The date and time before a second time, and the possible meaning of the latter.
pub(in crate::input) fn behind(text: &str) -> Option<(&str, Shown)> {
    if let Some((start, _)) = span(text) {
        return Some((start, Shown::End));
    }
    let clock = place_of_clock(text).filter(|_| text.len() >= LEAST_BYTES)?;
    let (start, is_ordered) = range(&text[clock..])?;
    let end = clock + text[clock..].find(start)? + start.len();
    let rest = text[end..].trim_start();
    let second = rest.strip_prefix('-').map(str::trim_start);
    let is_offset =
        |text: &str| text.parse().is_ok_and(|time: ClockTime| time.minutes() <= MOST_BEHIND && time.minutes().is_multiple_of(15));
    let has_seconds = |text: &str| text.matches([':', '：']).count() > 1;
    let shown = match second.filter(|second| is_offset(second) && !has_seconds(second)) {
        None => Shown::End,
        Some(_) if !is_ordered || has_seconds(start) => Shown::Offset,
        Some(_) => Shown::Either,
    };
    (shown != Shown::End || is_ordered).then_some((&text[..end], shown))
}
