//! Opening hours in a section of `plan.toml`: daily hours, weekdays, and exceptional days.

use crate::input::naming::weekdays::{WEEKDAYS, weekday};
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::service::{OpeningHours, SpecialHours};
use crate::time::ClockTime;
use chrono::Weekday;

/// Reads the opening hours of a queue or a site, with `unsaid` as their default; `None` if there are none.
pub(super) fn opening_hours(section: &Section, unsaid: Option<(ClockTime, ClockTime)>, problems: &mut Problems) -> Option<OpeningHours> {
    let (open, close) = (section.clock("open", problems), section.clock("close", problems));
    let mut weekdays = [true; 7];
    if section.has("weekdays") {
        weekdays = [false; 7];
        let named = section.texts("weekdays", problems);
        if named.is_empty() {
            section.note(problems, "list_empty", "weekdays", "", "");
        }
        for day in named {
            if let Some(weekday) = weekday(day) {
                weekdays[weekday.num_days_from_monday() as usize] = true;
            } else {
                section.note(problems, "unknown_word", "weekdays", day, WEEKDAYS);
                // any day may have been meant, so none is treated as closed
                weekdays = [true; 7];
            }
        }
    }
    let special = section.sections("special_hours", problems);
    let special = special.iter().filter_map(|section| special_hours(section, problems)).collect();
    let (open, close) = open.zip(close).or(unsaid)?;
    if close <= open {
        section.note(problems, "opening_hours_empty", "close", close, open);
    }
    Some(OpeningHours { open, close, weekdays, special })
}

fn special_hours(section: &Section, problems: &mut Problems) -> Option<SpecialHours> {
    for key in ["first", "last", "open", "close"] {
        section.require(key, problems);
    }
    let (first, last) = (section.date("first", problems), section.date("last", problems));
    let (open, close): (Option<ClockTime>, Option<ClockTime>) = (section.clock("open", problems), section.clock("close", problems));
    section.finish(problems);
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        section.note(problems, "end_before_start", "last", last, first);
    }
    Some(SpecialHours { first: first?, last: last?, open: open?, close: close? })
}

pub(super) fn weekdays(section: &Section, problems: &mut Problems) -> Vec<Weekday> {
    let mut weekdays = Vec::new();
    for word in section.texts("weekdays", problems) {
        match weekday(word) {
            Some(weekday) => weekdays.push(weekday),
            None => section.note(problems, "unknown_word", "weekdays", word, WEEKDAYS),
        }
    }
    weekdays
}
