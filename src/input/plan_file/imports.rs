//! Maps of exports in `[[import]]`: what a planner says of a file that is in no form of ours.

use super::files::{Files, is_one_file};
use crate::input::import::columns::map::{Map, StartColumns, TEXTS};
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;

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
        if !map.is_of_today && !files.history.iter().any(|file| is_one_file(file, &map.file)) {
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
    let mut map = Map::default();
    for key in TEXTS {
        let Some(text) = section.text(key, problems) else { continue };
        if let Err(known) = map.say(key, text) {
            section.note(problems, "unknown_word", key, text, known);
        }
    }
    let first = |(name, of): (String, Vec<String>)| Some((name, of.into_iter().next()?));
    Map {
        start: start(section, problems),
        is_of_today: section.yes("actuals", problems) == Some(true),
        queues: names(section, "queues", problems).into_iter().filter_map(first).collect(),
        includes_wrap: section.yes("includes_wrap", problems),
        filter: names(section, "where", problems).into_iter().collect(),
        except: names(section, "except", problems).into_iter().collect(),
        skip_rows: section.whole("skip_rows", 0.0..=1e6, problems).unwrap_or(0) as usize,
        ..map
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
