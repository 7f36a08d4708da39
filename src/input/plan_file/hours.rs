//! Opening hours in a section of `plan.toml`: the same every day or by weekday, in parts, past midnight, and on special days.

use crate::input::naming::weekdays::{WEEKDAYS, weekday};
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::service::{OpenSpan, OpeningHours, SpecialHours};
use crate::time::ClockTime;
use chrono::{NaiveDate, Weekday};

/// Hours past midnight that are more likely an opening and a closing time in each other's place.
const LONG_NIGHT_MINUTES: u32 = 12 * 60;

/// Form of `hours`.
const PARTS: &str = r#"a list of parts of days such as [{ weekdays = ["mon"], open = "09:00", close = "18:00" }]"#;

/// Reads the opening hours of a queue or a site, with `unsaid` as their default; `None` if there are none.
pub(super) fn opening_hours(section: &Section, unsaid: Option<OpenSpan>, problems: &mut Problems) -> Option<OpeningHours> {
    let special = special_days(&section.sections("special_hours", problems), problems);
    let parts = section.list("hours", PARTS, problems);
    let week = if section.has("hours") {
        for key in ["open", "close", "weekdays"].into_iter().filter(|key| section.has(key)) {
            section.note(problems, "hours_beside_hours", key, section.written(key), "");
        }
        ["open", "close", "weekdays"].into_iter().for_each(|key| section.pass_over(key));
        week_of_parts(&parts, problems)
    } else {
        let (span, days) = (span(section, problems), open_days(section, problems));
        let span = span.or(unsaid)?;
        days.map(|is_open| if is_open { vec![span] } else { Vec::new() })
    };
    Some(OpeningHours { week, special })
}

/// The parts of each weekday; weekdays without any stay closed.
fn week_of_parts(sections: &[Section], problems: &mut Problems) -> [Vec<OpenSpan>; 7] {
    let mut week: [Vec<OpenSpan>; 7] = [const { Vec::new() }; 7];
    for section in sections {
        ["open", "close"].into_iter().for_each(|key| section.require(key, problems));
        let (span, days) = (span(section, problems), open_days(section, problems));
        section.finish(problems);
        let Some(span) = span else { continue };
        let of_days = || week.iter().zip(days).filter(|(_, is_open)| *is_open).map(|(spans, _)| spans);
        if let Some(other) = of_days().flatten().find(|other| other.overlaps(span)) {
            note_overlap(section, span, *other, problems);
        }
        week.iter_mut().zip(days).filter(|(_, is_open)| *is_open).for_each(|(spans, _)| spans.push(span));
    }
    note_nights_into_mornings(sections, &week, problems);
    week
}

/// Reports an evening that closes after the next day has opened.
fn note_nights_into_mornings(sections: &[Section], week: &[Vec<OpenSpan>; 7], problems: &mut Problems) {
    let Some(section) = sections.first() else { return };
    for (day, evenings) in week.iter().enumerate() {
        let mornings = &week[(day + 1) % 7];
        for evening in evenings {
            if let Some(morning) = mornings.iter().find(|morning| evening.reaches_into(**morning)) {
                section.note(problems, "hours_overlap_next_day", "close", from_to(*evening), morning.open);
            }
        }
    }
}

/// Exceptions; several of the same days are parts of each of them.
fn special_days(sections: &[Section], problems: &mut Problems) -> Vec<SpecialHours> {
    let mut special: Vec<SpecialHours> = Vec::new();
    for section in sections {
        ["first", "last"].into_iter().for_each(|key| section.require(key, problems));
        let is_closed = !section.has("open") && !section.has("close");
        if !is_closed {
            ["open", "close"].into_iter().for_each(|key| section.require(key, problems));
        }
        let (first, last) = (section.date("first", problems), section.date("last", problems));
        let span = if is_closed { None } else { span(section, problems) };
        section.finish(problems);
        let Some((first, last)) = first.zip(last) else { continue };
        if last < first {
            section.note(problems, "end_before_start", "last", last, first);
        }
        if let Some(other) = special.iter().find(|other| crosses(other, (first, last))) {
            section.warn(problems, "special_hours_cross", "first", format!("{} – {}", other.first, other.last));
        }
        let Some(same) = special.iter_mut().find(|other| (other.first, other.last) == (first, last)) else {
            special.push(SpecialHours { first, last, spans: span.into_iter().collect() });
            continue;
        };
        if let Some((span, other)) = span.and_then(|span| Some((span, *same.spans.iter().find(|other| other.overlaps(span))?))) {
            note_overlap(section, span, other, problems);
        }
        if span.is_none() != same.spans.is_empty() {
            section.note(problems, "special_hours_contradict", "first", first, last);
        }
        same.spans.extend(span);
    }
    special
}

/// Whether periods share days while neither lies within the other: an exception to an exception is meant, this may not be.
fn crosses(other: &SpecialHours, (first, last): (NaiveDate, NaiveDate)) -> bool {
    let (earlier, later) =
        if first < other.first { ((first, last), (other.first, other.last)) } else { ((other.first, other.last), (first, last)) };
    earlier.0 < later.0 && later.0 <= earlier.1 && earlier.1 < later.1
}

fn from_to(span: OpenSpan) -> String {
    format!("{}–{}", span.open, span.close)
}

fn note_overlap(section: &Section, span: OpenSpan, other: OpenSpan, problems: &mut Problems) {
    section.note(problems, "hours_overlap", "open", from_to(span), from_to(other));
}

/// From `open` to `close`; `None` if either is missing or wrong.
fn span(section: &Section, problems: &mut Problems) -> Option<OpenSpan> {
    let (open, close): (Option<ClockTime>, Option<ClockTime>) = (section.clock("open", problems), section.clock("close", problems));
    let span = OpenSpan { open: open?, close: close? };
    if span.open == span.close {
        section.note(problems, "opening_hours_empty", "close", span.close, span.open);
    } else if span.minutes() > LONG_NIGHT_MINUTES && span.passes_midnight() {
        section.warn(problems, "opening_hours_long_night", "close", span.open);
    }
    Some(span)
}

/// Weekdays on which a section opens, Monday to Sunday: all where it names none.
fn open_days(section: &Section, problems: &mut Problems) -> [bool; 7] {
    let mut days = [!section.has("weekdays"); 7];
    let before = problems.len();
    let named = weekdays(section, problems);
    if section.has("weekdays") && named.is_empty() && problems.len() == before {
        section.note(problems, "list_empty", "weekdays", "", "");
    }
    named.iter().for_each(|weekday| days[weekday.num_days_from_monday() as usize] = true);
    // any day may have been meant by a word that is none, so none is treated as closed
    if problems.len() == before { days } else { [true; 7] }
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
