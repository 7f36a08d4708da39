//! What is known ahead: calendar, day curves, events and drivers of flat files.

use super::promotions::{Families, SIZES, same_family};
use crate::calendar::{Calendar, DayKind, SpecialDay};
use crate::event::{DayCurve, Event, Expectation, Family};
use crate::forecast::Driver;
use crate::input::cell::from_utc::FromUtc;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::plan_file::sections::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::units::Factor;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CALENDAR: Shape =
    Shape { required: &["date", "kind"], optional: &["name", "overtime_rate"], numbers: Numbers::Of(&["overtime_rate"]), closed: true };

pub(in crate::input) fn calendar(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> Calendar {
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

const CURVES: Shape = Shape { required: &["hour"], optional: &[], numbers: Numbers::Unnamed, closed: false };

/// The curves, and what all are called, those included that are refused.
pub(in crate::input) fn day_curves(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> (Vec<DayCurve>, Names) {
    let Some(file) = &plan.files.day_curves else {
        // a plan with mistakes may have meant to name one
        return (Vec::new(), if problems.has_errors() { Names::default() } else { Names::none() });
    };
    let Some(table) = Table::read(folder, file, CURVES, problems) else { return Default::default() };
    let names: Vec<String> = table.form.columns.iter().filter(|name| *name != "hour").cloned().collect();
    let mut curves: Vec<DayCurve> = names.into_iter().map(|name| DayCurve { name, hours: [0.0; 24] }).collect();
    table.form.refuse_twins(problems);
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
            problems.push(Problem {
                code: "curve_weights",
                is_warning: false,
                file,
                line: Some(table.form.header_line),
                column,
                value,
                expected,
            });
        }
    }
    let names = Names::of(curves.iter().map(|curve| &curve.name));
    (curves, names)
}

const EVENTS: Shape =
    Shape { required: &["event", "family", "start", "end"], optional: &["size"], numbers: Numbers::Of(&["size"]), closed: false };

/// The flat form of events: `event,family,start,end,size`.
pub(in crate::input) fn events(text: &str, file: &str, problems: &mut Problems) -> Vec<Event> {
    let Some(table) = Table::parse(file, text, EVENTS, problems) else { return Vec::new() };
    let event = |row: &Row, problems: &mut Problems| {
        row.text("event", problems);
        let (name, family) = (row.name("event", problems), row.text("family", problems));
        let (start, end) = (row.stamp("start", problems), row.end_stamp("end", problems));
        let size = row.factor("size", SIZES, problems).unwrap_or(Factor::ONE);
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
    let mut families = Families::default();
    let mut events = Vec::new();
    for row in table.rows() {
        let Some(mut event) = event(&row, problems) else { continue };
        same_family(&row, &mut event, &mut families, problems);
        events.push(event);
    }
    events
}

const DRIVERS: Shape = Shape { required: &["start"], optional: &[], numbers: Numbers::Unnamed, closed: false };

/// The flat form of drivers: `start` and a column for each; rows of one day add up.
pub(in crate::input) fn drivers(text: &str, file: &str, clocks: FromUtc, problems: &mut Problems) -> Vec<Driver> {
    let Some(table) = Table::parse(file, text, DRIVERS, problems) else { return Vec::new() };
    let table = table.in_clocks(clocks);
    table.form.refuse_twins(problems);
    let names = table.form.columns.iter().filter(|name| *name != "start");
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
