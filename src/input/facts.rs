//! What is known ahead: calendar, promotions, day curves.

use super::folder::read_text;
use super::from_utc::FromUtc;
use super::names::Names;
use super::plan_file::PlanFile;
use super::problem::Problems;
use super::row::Row;
use super::table::Table;
use super::table_header::Shape;
use crate::calendar::{Calendar, DayKind, SpecialDay};
use crate::event::{DayCurve, Event, Expectation, Family};
use crate::forecast::Driver;
use crate::time::ClockTime;
use crate::units::{Factor, Share};
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CALENDAR: Shape = Shape { required: &["date", "kind"], optional: &["name", "overtime_rate"], closed: true };

pub(super) fn calendar(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> Calendar {
    let mut calendar = Calendar::default();
    let mut lines: BTreeMap<chrono::NaiveDate, usize> = BTreeMap::new();
    for file in &plan.files.calendar {
        let Some(table) = Table::read(folder, file, CALENDAR, problems) else { continue };
        for row in table.rows() {
            row.text("date", problems);
            let date = row.date("date", problems);
            let kind = day_kind(&row, problems);
            let standard = if kind == Some(DayKind::Statutory) { 3.0 } else { 1.0 };
            let rate = row.factor("overtime_rate", 0.0..=10.0, problems);
            let (Some(date), Some(kind)) = (date, kind) else { continue };
            let overtime_rate = rate.or(Factor::new(standard).ok()).unwrap_or(Factor::ONE);
            let day = SpecialDay { kind, name: row.name("name", problems).unwrap_or("").to_owned(), overtime_rate };
            if calendar.enter(date, day).is_err() {
                row.note(problems, "twice", "date", lines.get(&date).copied().unwrap_or(0));
            } else {
                lines.insert(date, row.line);
            }
        }
    }
    calendar
}

fn day_kind(row: &Row, problems: &mut Problems) -> Option<DayKind> {
    match row.text("kind", problems)?.to_lowercase().as_str() {
        "statutory" | "法定" | "法定节假日" | "法定假日" => Some(DayKind::Statutory),
        "bridge_off" | "调休" | "调休放假" => Some(DayKind::BridgeOff),
        "makeup_work" | "补班" | "调休上班" | "调休补班" => Some(DayKind::MakeupWork),
        _ => {
            row.note(problems, "unknown_word", "kind", "statutory, bridge_off, makeup_work");
            None
        }
    }
}

pub(super) const PROMOTIONS: Shape = Shape {
    required: &["event", "start", "end"],
    optional: &["phase", "family", "queue", "size", "volume_multiplier", "handle_time_multiplier", "bot_deflection", "day_curve"],
    closed: true,
};

pub(super) fn promotions(folder: &Path, plan: &PlanFile, curves: &(Vec<DayCurve>, Names), problems: &mut Problems) -> Vec<Event> {
    let Some(file) = &plan.files.promotions else { return Vec::new() };
    read_text(folder, file, problems).map_or_else(Vec::new, |text| promotions_in(&text, file, plan, curves, problems))
}

/// Notes promotions of which nothing can be learned and for which nothing is planned: over before the first count, or so long after the
/// plan that a year is likely to be wrong.
pub(super) fn note_idle(folder: &Path, plan: &PlanFile, first_count: NaiveDateTime, problems: &mut Problems) {
    let mut unheard = Problems::default();
    let text = plan.files.promotions.as_ref().and_then(|file| Some((file, read_text(folder, file, &mut unheard)?)));
    let Some((file, text)) = text else { return };
    let Some(table) = Table::parse(file, &text, PROMOTIONS, &mut unheard) else { return };
    let table = table.in_clocks(plan.clocks());
    let late = ClockTime::MIDNIGHT.on(plan.horizon.end()) + TimeDelta::days(MOST_DAYS_AHEAD);
    for row in table.rows() {
        let (start, end) = (row.stamp("start", &mut unheard), row.end_stamp("end", &mut unheard));
        let (Some(start), Some(end)) = (start, end) else { continue };
        if end > start && (end <= first_count || start >= late) {
            row.note_as(problems, "event_other_days", "start", format!("{}..{}", first_count.date(), late.date()), true);
        }
    }
}

/// Whoever plans months ahead enters promotions of the next year or two.
const MOST_DAYS_AHEAD: i64 = 732;

/// The promotions of a text.
pub(super) fn promotions_in(
    text: &str,
    file: &str,
    plan: &PlanFile,
    curves: &(Vec<DayCurve>, Names),
    problems: &mut Problems,
) -> Vec<Event> {
    let Some(table) = Table::parse(file, text, PROMOTIONS, problems) else { return Vec::new() };
    let table = table.in_clocks(plan.clocks());
    let mut events: Vec<(usize, Event)> = Vec::new();
    let mut places = BTreeMap::new();
    for row in table.rows() {
        let Some(event) = promotion(&row, &plan.names.queues, curves, problems) else { continue };
        let what = (event.name.clone(), event.family.clone(), event.queue.clone(), event.start, event.end);
        match places.get(&what).and_then(|place: &usize| events.get(*place)) {
            // its effect would count twice
            Some((line, known)) if *known == event => row.note_as(problems, "event_twice", "event", line, true),
            Some((line, _)) => row.note(problems, "event_contradicts", "event", line),
            None => {
                places.insert(what, events.len());
                events.push((row.line, event));
            }
        }
    }
    events.into_iter().map(|(_, event)| event).collect()
}

/// A promotion or closure of more days is no event: a year.
const MOST_DAYS: i64 = 366;

fn promotion(row: &Row, queues: &Names, (curves, curve_names): &(Vec<DayCurve>, Names), problems: &mut Problems) -> Option<Event> {
    row.text("event", problems);
    let (name, phase) = (row.name("event", problems), row.name("phase", problems));
    let (start, end) = (row.stamp("start", problems), row.end_stamp("end", problems));
    let queue = row.queue("queue", problems);
    if queue.as_ref().is_some_and(|queue| queues.lack(queue.as_str())) {
        row.note(problems, "unknown_queue", "queue", queues.listed());
    }
    let mut factor = |column| row.factor(column, 0.0..=100.0, problems);
    let (volume, handling, size) = (factor("volume_multiplier"), factor("handle_time_multiplier"), factor("size"));
    let bot_share = row.number("bot_deflection", 0.0..=1.0, problems).and_then(|share| Share::new(share).ok());
    let curve_name = row.get("day_curve").filter(|name| *name != "normal");
    let curve = curve_name.and_then(|name| curves.iter().find(|curve| curve.name == name)).cloned();
    if curve_name.is_some_and(|name| curve_names.lack(name)) {
        row.note(problems, "unknown_curve", "day_curve", curve_names.listed());
    }
    let (name, start, end) = (name?, start?, end?);
    if end <= start {
        row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
        return None;
    }
    row.at_most_days(start, end, MOST_DAYS, problems);
    let phase = phase.unwrap_or(name);
    Some(Event {
        name: if phase == name { name.to_owned() } else { format!("{name} {phase}") },
        family: Family::of_name(row.get("family").unwrap_or(phase)),
        start,
        end,
        queue,
        size: size.unwrap_or(Factor::ONE),
        expected: Expectation { volume, handling, bot_share, curve },
    })
}

const CURVES: Shape = Shape { required: &["hour"], optional: &[], closed: false };

/// The curves, and what all are called, those included that are refused.
pub(super) fn day_curves(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> (Vec<DayCurve>, Names) {
    let Some(file) = &plan.files.day_curves else {
        // a plan with mistakes may have meant to name one
        return (Vec::new(), if problems.has_errors() { Names::default() } else { Names::none() });
    };
    let Some(table) = Table::read(folder, file, CURVES, problems) else { return Default::default() };
    let names: Vec<String> = table.columns.iter().filter(|name| *name != "hour").cloned().collect();
    let mut curves: Vec<DayCurve> = names.into_iter().map(|name| DayCurve { name, hours: [0.0; 24] }).collect();
    table.refuse_twins(problems);
    let mut lines = [None; 24];
    // weights of which some are refused add up to nothing that could be judged
    let mut refused: BTreeSet<String> = BTreeSet::new();
    let mut all_hours = table.is_whole();
    for row in table.rows() {
        row.text("hour", problems);
        let Some(hour) = row.whole("hour", 0.0..=23.0, problems) else {
            all_hours = false;
            continue;
        };
        if let Some(line) = lines[hour as usize].replace(row.line) {
            row.note(problems, "twice", "hour", line);
            all_hours = false;
        }
        for curve in &mut curves {
            let weight = row.number(&curve.name, 0.0..=1.0, problems);
            if weight.is_none() && row.get(&curve.name).is_some() {
                refused.insert(curve.name.clone());
            }
            curve.hours[hour as usize] = weight.unwrap_or(0.0);
        }
    }
    for curve in curves.iter().filter(|curve| all_hours && !refused.contains(&curve.name)) {
        let sum: f64 = curve.hours.iter().sum();
        if (sum - 1.0).abs() > 0.01 {
            let (value, expected) = (curve.name.clone(), format!("{sum:.4}"));
            let (file, column) = (file.clone(), curve.name.clone());
            problems.push(super::problem::Problem {
                code: "curve_weights",
                is_warning: false,
                file,
                line: Some(table.header_line),
                column,
                value,
                expected,
            });
        }
    }
    let names = Names::of(curves.iter().map(|curve| &curve.name));
    (curves, names)
}

const EVENTS: Shape = Shape { required: &["event", "family", "start", "end"], optional: &["size"], closed: false };

/// The flat form of events: `event,family,start,end,size`.
pub(super) fn events(text: &str, file: &str, problems: &mut Problems) -> Vec<Event> {
    let Some(table) = Table::parse(file, text, EVENTS, problems) else { return Vec::new() };
    let event = |row: Row, problems: &mut Problems| {
        row.text("event", problems);
        let (name, family) = (row.name("event", problems), row.text("family", problems));
        let (start, end) = (row.stamp("start", problems), row.end_stamp("end", problems));
        let size = row.factor("size", 0.0..=1e6, problems).unwrap_or(Factor::ONE);
        let (start, end) = (start?, end?);
        if end <= start {
            row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
            return None;
        }
        Some(Event {
            name: name?.to_owned(),
            family: Family::of_name(family?),
            start,
            end,
            queue: None,
            size,
            expected: Expectation::default(),
        })
    };
    table.rows().filter_map(|row| event(row, problems)).collect()
}

const DRIVERS: Shape = Shape { required: &["start"], optional: &[], closed: false };

/// The flat form of drivers: `start` and a column for each; rows of one day add up.
pub(super) fn drivers(text: &str, file: &str, clocks: FromUtc, problems: &mut Problems) -> Vec<Driver> {
    let Some(table) = Table::parse(file, text, DRIVERS, problems) else { return Vec::new() };
    let table = table.in_clocks(clocks);
    table.refuse_twins(problems);
    let names = table.columns.iter().filter(|name| *name != "start");
    let mut drivers: Vec<Driver> = names.map(|name| Driver { name: name.clone(), days: BTreeMap::new() }).collect();
    for row in table.rows() {
        let Some(start) = row.stamp("start", problems) else { continue };
        for driver in &mut drivers {
            if let Some(value) = row.number(&driver.name, -1e12..=1e12, problems) {
                *driver.days.entry(start.date()).or_default() += value;
            }
        }
    }
    drivers
}
