//! Maps of exports in `[[import]]`: what a planner says of a file that is in no form of ours.

use super::files::{Files, is_one_file};
use crate::input::header::units::seconds_of_word;
use crate::input::import::columns::map::{Map, StartColumns};
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;

/// Name of the clock whose opening hours say which half of the day is meant.
const BY_OPENING_HOURS: &str = "12h_by_opening_hours";

/// Reads all maps; one of a file that the plan does not read is reported.
pub(super) fn imports(sections: &[Section], files: &Files, problems: &mut Problems) -> Vec<Map> {
    let mut maps: Vec<Map> = Vec::new();
    for section in sections {
        section.require("file", problems);
        let map = map(section, problems);
        section.finish(problems);
        if map.file.is_empty() {
            continue;
        }
        if !files.history.iter().any(|file| is_one_file(file, &map.file)) {
            section.note(problems, "map_without_file", "file", &map.file, files.history.join(", "));
        }
        if maps.iter().any(|known| is_one_file(&known.file, &map.file)) {
            section.note(problems, "twice", "file", &map.file, section.line);
        }
        maps.push(map);
    }
    maps
}

/// Reads one map.
pub(in crate::input) fn map(section: &Section, problems: &mut Problems) -> Map {
    let text = |key: &str, problems: &mut Problems| section.text(key, problems).map(str::to_owned);
    let one_of = |key: &str, words: &[&str], problems: &mut Problems| {
        let word = section.text(key, problems);
        if let Some(word) = word.filter(|word| !words.contains(word)) {
            section.note(problems, "unknown_word", key, word, words.join(", "));
        }
        word.map(str::to_owned)
    };
    let stamp = one_of("stamp", &["start", "end"], problems);
    let decimal = one_of("decimal", &[".", ","], problems);
    let clock = one_of("clock", &["24h", BY_OPENING_HOURS], problems);
    let unit = section.text("unit", problems);
    let seconds = unit.and_then(seconds_of_word);
    if let (Some(unit), None) = (unit, seconds) {
        section.note(problems, "unknown_word", "unit", unit, "ms, s, min, h");
    }
    Map {
        file: text("file", problems).unwrap_or_default(),
        start: start(section, problems),
        format: text("format", problems),
        zone: text("zone", problems),
        stamps_are_ends: stamp.as_deref() == Some("end"),
        queue: text("queue", problems),
        fixed_queue: text("queue_id", problems),
        queues: names(section, "queues", problems).into_iter().filter_map(|(name, of)| Some((name, of.into_iter().next()?))).collect(),
        offered: text("offered", problems),
        handled: text("handled", problems),
        abandoned: text("abandoned", problems),
        handling: text("handling", problems),
        unit: seconds,
        includes_wrap: section.yes("includes_wrap", problems),
        filter: names(section, "where", problems).into_iter().collect(),
        skip_rows: section.whole("skip_rows", 0.0..=1e6, problems).unwrap_or(0) as usize,
        sheet: text("sheet", problems),
        decimal: decimal.and_then(|sign| sign.chars().next()),
        clock_by_opening_hours: clock.as_deref() == Some(BY_OPENING_HOURS),
    }
}

/// `start = "…"`, or `start = { date = "…", time = "…" }`.
fn start(section: &Section, problems: &mut Problems) -> Option<StartColumns> {
    if !section.has("start") || !section.written("start").starts_with('{') {
        return section.text("start", problems).map(|name| StartColumns::One(name.to_owned()));
    }
    let parts = section.section("start", problems);
    ["date", "time"].iter().for_each(|key| parts.require(key, problems));
    let (date, time) = (parts.text("date", problems), parts.text("time", problems));
    parts.finish(problems);
    Some(StartColumns::DateAndTime(date?.to_owned(), time?.to_owned()))
}

/// Texts by names of the file's own.
fn names(section: &Section, key: &str, problems: &mut Problems) -> Vec<(String, Vec<String>)> {
    if !section.has(key) {
        section.pass_over(key);
        return Vec::new();
    }
    let of = section.section(key, problems);
    let keys = of.keys();
    let texts = |name: &&str, problems: &mut Problems| of.texts(name, problems).into_iter().map(str::to_owned).collect();
    let read = keys.iter().map(|name| ((*name).to_owned(), texts(name, problems))).collect();
    of.finish(problems);
    read
}
