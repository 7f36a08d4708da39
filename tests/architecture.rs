//! The house: which room may know which, and what each must never touch. Reads the source itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the library may import from the crate. The arrow goes one way: top to bottom.
const MAY_IMPORT: [(&str, &[&str]); 29] = [
    ("units", &[]),
    ("identifier", &[]),
    ("manifest", &["identifier"]),
    ("spreadsheet", &[]),
    ("time", &[]),
    ("zone", &["time"]),
    ("calendar", &["units"]),
    ("service", &["identifier", "time", "units"]),
    ("event", &["service", "units"]),
    ("budget", &[]),
    ("outcome", &[]),
    ("workforce", &["identifier", "service", "time", "units", "zone"]),
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
            "identifier",
            "manifest",
            "plan",
            "roster",
            "scenario",
            "service",
            "spreadsheet",
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
            "calendar",
            "forecast",
            "hindsight",
            "identifier",
            "manifest",
            "plan",
            "risk",
            "roster",
            "scenario",
            "service",
            "simulate",
            "spreadsheet",
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
    let tests = test_modules(folder);
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !tests.contains(&path) {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            found.push((path, code.join("\n")));
        }
    }
    found
}

/// The files of a folder that its `mod.rs` has for tests only.
fn test_modules(folder: &Path) -> Vec<PathBuf> {
    let declarations = fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
    let for_tests = declarations.split("#[cfg(test)]\nmod ").skip(1);
    for_tests.filter_map(|rest| Some(folder.join(format!("{}.rs", rest.split_once(';')?.0)))).collect()
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

/// Names that follow `crate::` in a text, one by one or in braces.
fn imports(code: &str) -> Vec<String> {
    let name = |rest: &str| rest.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    let of = |rest: &str| if let Some(group) = rest.strip_prefix('{') { heads(group).map(name).collect() } else { vec![name(rest)] };
    code.split("crate::").skip(1).flat_map(of).collect()
}

/// What stands between the commas of a group in braces, up to its end; what inner braces hold goes with its head.
fn heads(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 1;
    let end = group.find(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth == 0
    });
    let mut inner = 0;
    group[..end.unwrap_or(group.len())].split(move |letter| {
        inner += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && inner == 0
    })
}

type Rooms = BTreeMap<String, Vec<(PathBuf, String)>>;

/// One room of one file.
fn room_of(name: &str, code: &str) -> Rooms {
    BTreeMap::from([(name.to_owned(), vec![(PathBuf::from(format!("{name}/planted.rs")), code.to_owned())])])
}

/// What rooms import though the table does not let them.
fn foreign_imports(rooms: &Rooms) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.into_iter().collect();
    let mut found = Vec::new();
    for (room, files) in rooms.iter().filter(|(room, _)| *room != "cli") {
        let may = allowed.get(room.as_str()).copied().unwrap_or_else(|| panic!("room {room} is not in the table"));
        for (path, code) in files {
            let foreign = imports(code).into_iter().filter(|name| name != room && !may.contains(&name.as_str()));
            found.extend(foreign.map(|name| format!("{} imports {name}", path.display())));
        }
    }
    found
}

#[test]
fn every_room_imports_only_what_lies_below_it() {
    assert_eq!(foreign_imports(&code_of_rooms()), [""; 0]);
    assert_eq!(foreign_imports(&room_of("forecast", "use crate::roster::Roster;")), ["forecast/planted.rs imports roster"]);
    assert_eq!(foreign_imports(&room_of("time", "fn f(at: crate::zone::Zone) {}")), ["time/planted.rs imports zone"]);
    assert_eq!(foreign_imports(&room_of("plan", "use crate::{forecast::{Forecast, Facts}, roster};")), [""; 0]);
    let grouped = room_of("forecast", "use crate::{history::{self, Finding}, time::Horizon,\n    plan::Inputs};");
    assert_eq!(foreign_imports(&grouped), ["forecast/planted.rs imports plan"]);
}

/// Where a word stands that only some rooms may hold.
fn outside(word: &str, may: &[&str], rooms: &Rooms) -> Vec<String> {
    let others = rooms.iter().filter(|(room, _)| !may.contains(&room.as_str())).flat_map(|(_, files)| files);
    others.filter(|(_, code)| code.contains(word)).map(|(path, _)| format!("{} holds {word}", path.display())).collect()
}

/// Only the rooms named may hold the words; a line planted elsewhere is found.
fn only(words: &[&str], may: &[&str]) {
    let rooms = code_of_rooms();
    for word in words {
        assert_eq!(outside(word, may, &rooms), [""; 0]);
        assert_eq!(outside(word, may, &room_of("units", &format!("fn f() {{ {word} }}"))).len(), 1, "{word} is looked for");
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

/// Shapes and numbers of the roster room that its checker may know. No functions.
const SHAPES: [&str; 13] = [
    "Assignment",
    "Attendance",
    "Break",
    "MealWindow",
    "Person",
    "RESERVE",
    "REST_MINUTES",
    "Roster",
    "RosterProblem",
    "Rules",
    "ShiftTemplate",
    "Violation",
    "check",
];
/// Names of functions in the roster room that containers and texts of the standard library have too, and the opening hours of a site, which
/// are asked minute by minute.
const OF_OTHERS: [&str; 10] = ["new", "insert", "push", "take", "clone", "first", "remove", "as_str", "windows", "is_open"];

/// Names after a word such as `fn`.
fn named(code: &str, word: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    code.split(word).skip(1).map(name).collect()
}

/// Whether a text calls a function.
fn calls(code: &str, name: &str) -> bool {
    let ends_before = |place: usize| !code[..place].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    code.match_indices(&format!("{name}(")).any(|(place, _)| ends_before(place))
}

/// What a file of the checker borrows from the search: functions of the roster room, or names of it that are no shapes.
fn borrowed(file: &str, of_checker: &BTreeSet<String>, of_others: &BTreeSet<String>) -> Vec<String> {
    let its_own = named(file, "let ");
    let foreign = |name: &&String| !of_checker.contains(*name) && !its_own.contains(*name) && !OF_OTHERS.contains(&name.as_str());
    let called = of_others.iter().filter(foreign).filter(|name| calls(file, name)).cloned();
    let words = |path: &str| {
        let names = path.split(';').next().unwrap_or("").split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        names.filter(|name| name.starts_with(char::is_uppercase)).map(str::to_owned).collect::<Vec<_>>()
    };
    let imported = file.split("roster::").skip(1).flat_map(words).filter(|name| !SHAPES.contains(&name.as_str()));
    let above = file.match_indices("super::super").map(|_| "super::super".to_owned());
    called.chain(imported).chain(above).collect()
}

#[test]
fn the_checker_shares_only_shapes_and_numbers_with_the_search() {
    let folder = source().join("roster/check");
    let (mut of_checker, mut of_others) = (BTreeSet::new(), named(&fs::read_to_string(source().join("workforce.rs")).unwrap(), "fn "));
    for (path, code) in files(&source().join("roster")) {
        (if path.starts_with(&folder) { &mut of_checker } else { &mut of_others }).extend(named(&code, "fn "));
    }
    let checker = files(&folder);
    assert!(checker.len() >= 8 && of_others.len() > 200, "the rooms are where this test looks");
    for (path, code) in &checker {
        assert_eq!(borrowed(code, &of_checker, &of_others), [""; 0], "{}", path.display());
    }
    // and a line of the search would be found
    for planted in [
        "let windows = shift.break_windows();",
        "use crate::roster::engine::Cover;",
        "if crate::roster::rules::is_night(start, end) {}",
        "let worked = worked_before(problem, person);",
        "person.employee.serves(queue)",
        "use super::super::pay::paid_stretches;",
    ] {
        let code = format!("{}\n{planted}", checker[0].1);
        assert_ne!(borrowed(&code, &of_checker, &of_others), [""; 0], "{planted}");
    }
}

/// Names that say nothing of what is in a room.
const NO_NAMES: [&str; 7] = ["utils", "util", "common", "helpers", "misc", "prelude", "types"];

fn is_called_after_nothing(path: &Path) -> bool {
    path.components().any(|part| NO_NAMES.contains(&part.as_os_str().to_string_lossy().trim_end_matches(".rs")))
}

#[test]
fn no_room_is_called_after_nothing() {
    let found: Vec<PathBuf> = files(&source()).into_iter().map(|(path, _)| path).filter(|path| is_called_after_nothing(path)).collect();
    assert_eq!(found, [""; 0].map(PathBuf::from));
    assert!(is_called_after_nothing(Path::new("src/roster/utils/x.rs")) && is_called_after_nothing(Path::new("src/helpers.rs")));
}

/// Ways to end the program where a caller should be told. What holds by construction may be expected, with the reason why it does.
const ENDINGS: [&str; 5] = [".unwrap()", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];

#[test]
fn library_code_ends_where_an_invariant_is_broken_and_says_which() {
    for word in ENDINGS {
        assert_eq!(outside(word, &[], &code_of_rooms()), [""; 0]);
        assert_eq!(outside(word, &[], &room_of("plan", &format!("fn f() {{ x{word}) }}"))).len(), 1);
    }
    assert_eq!(unreasoned(&code_of_rooms()), [""; 0]);
    let planted = "fn f() { x.expect(\"\"); y.expect(why); z.expect(\"no\"); Hours::new(1.0).expect(\"an hour has hours\") }";
    assert_eq!(unreasoned(&room_of("plan", planted)).len(), 3);
}

/// Expectations whose reason is no sentence.
fn unreasoned(rooms: &Rooms) -> Vec<String> {
    let reason = |rest: &str| rest.strip_prefix('"').and_then(|rest| Some(rest.split_once('"')?.0.split_whitespace().count())).unwrap_or(0);
    let of = |(path, code): &(PathBuf, String)| {
        let few = code.split(".expect(").skip(1).filter(|rest| reason(rest) < 3).count();
        std::iter::repeat_n(path.display().to_string(), few).collect::<Vec<_>>()
    };
    rooms.values().flatten().flat_map(of).collect()
}

const UNITS: [&str; 8] = ["Money", "Hours", "Agents", "Erlangs", "Contacts", "Share", "Factor", "Seconds"];

/// Where what is no valid quantity becomes nothing without a word.
fn silent_zeros(rooms: &Rooms) -> Vec<String> {
    let made = |code: &str, unit: &str| {
        let call = format!("{unit}::new(");
        let statements = code.split(&call).skip(1).map(|rest| rest.split([';', '\n']).next().unwrap_or(""));
        statements.filter(|rest| rest.contains(").unwrap_or_default()")).count()
    };
    let of = |(path, code): &(PathBuf, String)| {
        let zeros = UNITS.iter().map(|unit| made(code, unit)).sum::<usize>();
        std::iter::repeat_n(path.display().to_string(), zeros).collect::<Vec<_>>()
    };
    rooms.values().flatten().flat_map(of).collect()
}

#[test]
fn what_is_no_quantity_never_becomes_nothing() {
    assert_eq!(silent_zeros(&code_of_rooms()), [""; 0]);
    assert_eq!(silent_zeros(&room_of("plan", "let x = Hours::new(a).unwrap_or_default();")).len(), 1);
}
