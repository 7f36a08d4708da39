//! Times of a clock with twelve hours whose AM and PM were lost: the afternoon would be read as night.

use crate::history::RawCount;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::intraday::Counts;
use chrono::Timelike;

/// Whether no time is before one o'clock or after 12:59, and on some day one o'clock follows twelve o'clock.
fn lacks_halves(rows: &[RawCount]) -> Option<&RawCount> {
    if rows.iter().any(|row| !(1..=12).contains(&row.start.hour())) {
        return None;
    }
    let falls_back =
        |pair: &&[RawCount]| pair[0].start.date() == pair[1].start.date() && pair[0].start.hour() == 12 && pair[1].start.hour() == 1;
    rows.windows(2).find(falls_back).map(|pair| &pair[1])
}

/// Asks which half of the day is meant, where a file does not say.
pub(super) fn ask(file: &str, counts: &Counts, problems: &mut Problems) {
    if let Some(row) = counts.values().find_map(|rows| lacks_halves(rows)) {
        let value = row.start.format("%Y-%m-%d %H:%M").to_string();
        problems.push(Problem { value, ..of_file(file, "clock_of_twelve_hours") });
    }
}
