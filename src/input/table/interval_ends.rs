//! Whether what stands behind the times of a table is when an interval ends (`2026-11-02 09:00-09:30`) or how far they are from UTC
//! (`2026-11-02 09:00-05:00`): the times of the whole table tell, or it is asked.

use super::file::{Sample, Table};
use super::row::Row;
use crate::input::header::split_times::{range, span};
use crate::input::problem::collected::Problems;
use crate::time::{ClockTime, place_of_clock};

/// What stands behind a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Behind {
    Offset,
    End,
    /// That was asked.
    Doubtful,
}

impl Behind {
    /// A date and time without the end of the interval that it begins; `None` where it was asked what stands there.
    pub(in crate::input) fn start_of(self, text: &str) -> Option<&str> {
        match (self, behind(text)) {
            (_, None) | (Self::Offset, _) => Some(text),
            (Self::End, Some((start, _))) => Some(start),
            (Self::Doubtful, Some(_)) => None,
        }
    }
}

/// What a single time shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Offset,
    End,
    Either,
}

/// A date and two times are longer.
const LEAST_BYTES: usize = 16;
/// No clock is farther behind UTC.
const MOST_BEHIND: u32 = 12 * 60;

/// The date and time before another time, and what that may be.
fn behind(text: &str) -> Option<(&str, Shown)> {
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

/// What the times of a table have shown.
#[derive(Debug, Default)]
pub(in crate::input) struct Intervals {
    ends: Option<Sample>,
    offsets: bool,
    either: Option<Sample>,
}

impl Intervals {
    pub(in crate::input) fn see(&mut self, row: &Row<'_>, places: &[usize]) {
        for (place, cell) in places.iter().filter_map(|place| Some((*place, row.cells.get(*place)?))) {
            let sample = || Sample { line: row.line, place, text: cell.to_string() };
            match behind(cell).map(|(_, shown)| shown) {
                None => {}
                Some(Shown::Offset) => self.offsets = true,
                Some(Shown::End) => drop(self.ends.get_or_insert_with(sample)),
                Some(Shown::Either) => drop(self.either.get_or_insert_with(sample)),
            }
        }
    }

    /// What they have shown together; a doubt is told once.
    pub(in crate::input) fn form(self, table: &Table, problems: &mut Problems) -> Behind {
        let asked = match (self.ends, self.offsets) {
            (None, true) => return Behind::Offset,
            (Some(_), false) if !table.has("end") => return Behind::End,
            // what has an end of its own is no interval
            (ends, _) => ends.or(self.either),
        };
        let Some(asked) = asked else { return Behind::Offset };
        table.ask(&asked, "interval_or_offset", String::new(), problems);
        Behind::Doubtful
    }
}
