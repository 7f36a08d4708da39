//! The house: which room may know which, and what each must never touch. Reads the source itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the library may import from the crate. The arrow goes one way: top to bottom.
const MAY_IMPORT: [(&str, &[&str]); 26] = [
    ("units", &[]),
    ("time", &[]),
    ("zone", &["time"]),
    ("calendar", &["units"]),
    ("service", &["time", "units"]),
    ("event", &["service", "units"]),
    ("budget", &[]),
    ("outcome", &[]),
    ("workforce", &["service", "time", "units", "zone"]),
    ("words", &[]),
    ("history", &["event", "time", "units", "zone"]),
    ("forecast", &["calendar", "event", "history", "time", "units"]),
    ("staffing", &["service", "time", "units"]),
    ("roster", &["budget", "calendar", "outcome", "service", "time", "units", "workforce", "zone"]),
    ("simulate", &["budget", "service", "time", "units"]),
    ("capacity", &["budget", "outcome", "units"]),
    (
        "plan",
        &[
            "budget",
            "calendar",
            "capacity",
            "event",
            "forecast",
            "history",
            "outcome",
            "roster",
            "service",
            "simulate",
            "staffing",
            "time",
            "units",
            "workforce",
            "zone",
        ],
    ),
    ("risk", &["plan", "units"]),
    ("today", &["forecast", "history", "plan", "roster", "service", "time", "zone"]),
    ("hindsight", &["event", "forecast", "history", "plan", "risk", "roster", "service", "staffing", "time", "units"]),
    ("scenario", &["budget", "event", "forecast", "plan", "roster", "service", "simulate", "staffing", "time", "units", "workforce"]),
    (
        "input",
        &[
            "calendar",
            "capacity",
            "event",
            "forecast",
            "hindsight",
            "history",
            "plan",
            "roster",
            "scenario",
            "service",
            "staffing",
            "time",
            "today",
            "units",
            "words",
            "workforce",
            "zone",
        ],
    ),
    (
        "report",
        &[
            "budget",
            "forecast",
            "hindsight",
            "input",
            "plan",
            "risk",
            "roster",
            "scenario",
            "service",
            "simulate",
            "staffing",
            "time",
            "today",
            "units",
            "words",
            "workforce",
        ],
    ),
    ("lib", &[]),
    ("main", &[]),
    ("cli", &[]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below a folder with its text, comments and test modules left out.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            found.push((path, code.join("\n")));
        }
    }
    found
}

/// The room a file belongs to: its folder or its own name below `src`.
fn room(path: &Path) -> String {
    let first = path.strip_prefix(source()).unwrap().components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn code_of_rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for (path, code) in files(&source()) {
        rooms.entry(room(&path)).or_default().push((path, code));
    }
    rooms
}

/// Names that follow `crate::` in a text.
fn imports(code: &str) -> Vec<String> {
    let name = |rest: &str| rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    code.split("crate::").skip(1).map(name).collect()
}

#[test]
fn every_room_imports_only_what_lies_below_it() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.into_iter().collect();
    for (room, files) in code_of_rooms() {
        let may = allowed.get(room.as_str()).unwrap_or_else(|| panic!("room {room} is not in the table"));
        for (path, code) in files.iter().filter(|_| room != "cli") {
            for name in imports(code).into_iter().filter(|name| *name != room) {
                assert!(may.contains(&name.as_str()), "{} imports {name}", path.display());
            }
        }
    }
}

/// Only the rooms named may hold the words.
fn only(words: &[&str], rooms: &[&str]) {
    for (room, files) in code_of_rooms() {
        for (path, code) in files {
            for word in words.iter().filter(|_| !rooms.contains(&room.as_str())) {
                assert!(!code.contains(word), "{} holds {word}", path.display());
            }
        }
    }
}

#[test]
fn only_the_edges_touch_the_disk() {
    only(&["std::fs", "File::open"], &["input", "report", "cli"]);
}

#[test]
fn the_library_reads_no_clock_and_no_unseeded_randomness() {
    only(&["Instant::now", "SystemTime", "Local::now", "Utc::now", "rand::rng()", "from_os_rng", "thread_rng"], &["cli"]);
}

#[test]
fn only_the_command_line_prints_or_exits() {
    only(&["println!", "print!(", "eprintln!", "eprint!", "dbg!", "process::exit"], &["cli", "main"]);
}

#[test]
fn each_outside_library_stays_in_its_room() {
    only(&["good_lp", "highs::"], &["capacity", "roster"]);
    only(&["csv::"], &["input", "report"]);
    only(&["plotters"], &["report"]);
    only(&["clap::", "anstream", "indicatif", "comfy_table", "ctrlc"], &["cli", "main"]);
    only(&["minijinja"], &["report"]);
    only(&["nalgebra"], &["forecast"]);
    only(&["jiff"], &["zone"]);
    only(&["gauss_quad"], &["staffing"]);
}

#[test]
fn the_checker_shares_only_shapes_and_numbers_with_the_search() {
    let check = fs::read_to_string(source().join("roster/check.rs")).unwrap();
    for forbidden in
        ["super::tour", "super::team", "super::cover", "super::master", "super::bound", "super::solve", "super::improve", "CATALOGUE"]
    {
        assert!(!check.contains(forbidden), "check.rs knows {forbidden}");
    }
}

#[test]
fn no_room_is_called_after_nothing() {
    for (path, _) in files(&source()) {
        for name in ["utils", "util", "common", "helpers", "misc", "prelude"] {
            assert!(
                !path.components().any(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs") == name),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn library_code_never_unwraps() {
    for (path, code) in files(&source()) {
        for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("] {
            assert!(!code.contains(word), "{} holds {word}", path.display());
        }
    }
}
