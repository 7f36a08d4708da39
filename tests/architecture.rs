//! Architecture: permitted dependencies between modules, and what each must never touch. Reads the source itself.

#[path = "support/source.rs"]
mod source;

use source::{files, folder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// Permitted imports of each module from the crate. Dependencies go one way: top to bottom.
const MAY_IMPORT: [(&str, &[&str]); 33] = [
    ("units", &[]),
    ("identifier", &[]),
    ("manifest", &["identifier"]),
    ("spreadsheet", &[]),
    ("time", &["units"]),
    ("zone", &["time"]),
    ("diary", &["zone"]),
    ("workbook", &["workforce"]),
    ("outside", &["workforce"]),
    ("calendar", &["units"]),
    ("service", &["identifier", "time", "units"]),
    ("event", &["service", "units"]),
    ("budget", &[]),
    ("outcome", &[]),
    ("workforce", &["identifier", "service", "time", "units", "zone"]),
    ("messages", &[]),
    ("law", &["units", "messages", "workforce"]),
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
            "law",
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
    ("intraday", &["forecast", "history", "plan", "roster", "service", "time", "units", "zone"]),
    ("review", &["event", "forecast", "history", "plan", "risk", "roster", "service", "staffing", "time", "units"]),
    ("scenario", &["budget", "event", "forecast", "plan", "roster", "service", "simulate", "staffing", "time", "units", "workforce"]),
    (
        "input",
        &[
            "calendar",
            "capacity",
            "diary",
            "event",
            "forecast",
            "review",
            "history",
            "identifier",
            "law",
            "manifest",
            "outside",
            "plan",
            "roster",
            "scenario",
            "service",
            "spreadsheet",
            "staffing",
            "time",
            "intraday",
            "units",
            "messages",
            "workbook",
            "workforce",
            "zone",
        ],
    ),
    (
        "report",
        &[
            "budget",
            "calendar",
            "diary",
            "forecast",
            "review",
            "identifier",
            "manifest",
            "outside",
            "plan",
            "risk",
            "roster",
            "scenario",
            "service",
            "simulate",
            "spreadsheet",
            "staffing",
            "time",
            "intraday",
            "units",
            "messages",
            "workbook",
            "workforce",
            "zone",
        ],
    ),
    ("lib", &[]),
    ("main", &[]),
    ("cli", &[]),
];

/// The module of a file: its folder or its own name below `src`.
fn room(path: &Path) -> String {
    let first = path.strip_prefix(folder()).unwrap().components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn code_of_rooms() -> Rooms {
    let mut rooms = Rooms::new();
    for (path, code) in files(&folder()) {
        rooms.entry(room(&path)).or_default().push((path, code));
    }
    rooms
}

/// Names that follow `crate::` in a text, singly or in braces.
fn imports(code: &str) -> Vec<String> {
    let name = |rest: &str| rest.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    let of = |rest: &str| if let Some(group) = rest.strip_prefix('{') { heads(group).map(name).collect() } else { vec![name(rest)] };
    code.split("crate::").skip(1).flat_map(of).collect()
}

/// The parts between commas of a group in braces, up to its end; the content of inner braces belongs to its head.
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

/// A single module with a single file.
fn room_of(name: &str, code: &str) -> Rooms {
    BTreeMap::from([(name.to_owned(), vec![(PathBuf::from(format!("{name}/planted.rs")), code.to_owned())])])
}

/// Imports that the table does not permit.
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

/// Occurrences of a word outside the modules that may contain it.
fn outside(word: &str, may: &[&str], rooms: &Rooms) -> Vec<String> {
    let others = rooms.iter().filter(|(room, _)| !may.contains(&room.as_str())).flat_map(|(_, files)| files);
    others.filter(|(_, code)| code.contains(word)).map(|(path, _)| format!("{} holds {word}", path.display())).collect()
}

/// Asserts that only the named modules contain the words, and that a line planted elsewhere is found.
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
    only(&["clap::", "anstream", "indicatif", "comfy_table", "ctrlc", "tracing_subscriber"], &["cli", "main"]);
    only(&["minijinja"], &["report"]);
    only(&["nalgebra"], &["forecast"]);
    only(&["jiff"], &["zone"]);
    only(&["quick_xml"], &["workbook"]);
    only(&["gauss_quad"], &["staffing"]);
}

/// Types and constants of the roster module that its checker may use. No functions.
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
/// Names of functions in the roster module that standard containers and strings have too, and the opening hours of a site, which are
/// queried minute by minute.
const OF_OTHERS: [&str; 10] = ["new", "insert", "push", "take", "clone", "first", "remove", "as_str", "windows", "is_open"];

/// Functions and methods that a file defines, and its local variables.
#[derive(Default)]
struct Defined {
    functions: BTreeSet<String>,
    variables: BTreeSet<String>,
}

impl Defined {
    fn by(code: &str) -> Self {
        let mut defined = Self::default();
        defined.visit_file(&syn::parse_file(code).unwrap());
        defined
    }
}

impl<'a> Visit<'a> for Defined {
    fn visit_signature(&mut self, signature: &'a syn::Signature) {
        self.functions.insert(signature.ident.to_string());
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        if let syn::Pat::Ident(variable) = &local.pat {
            self.variables.insert(variable.ident.to_string());
        }
        syn::visit::visit_local(self, local);
    }
}

/// Whether a text calls a function.
fn calls(code: &str, name: &str) -> bool {
    let ends_before = |place: usize| !code[..place].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    code.match_indices(&format!("{name}(")).any(|(place, _)| ends_before(place))
}

/// Uses of the search by a file of the checker: functions of the roster module, or its names that are not permitted.
fn borrowed(file: &str, of_checker: &BTreeSet<String>, of_others: &BTreeSet<String>) -> Vec<String> {
    let its_own = Defined::by(file).variables;
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
    let of_check = folder().join("roster/check");
    let of_workforce = source::code(&fs::read_to_string(folder().join("workforce.rs")).unwrap());
    let (mut of_checker, mut of_others) = (BTreeSet::new(), Defined::by(&of_workforce).functions);
    for (path, code) in files(&folder().join("roster")) {
        (if path.starts_with(&of_check) { &mut of_checker } else { &mut of_others }).extend(Defined::by(&code).functions);
    }
    assert_eq!(Defined::by("/// Not fn said().\nfn made() {}").functions, BTreeSet::from(["made".to_owned()]));
    let checker = files(&of_check);
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
        let code = format!("{}\nfn planted() {{ {planted} }}", checker[0].1);
        assert_ne!(borrowed(&code, &of_checker, &of_others), [""; 0], "{planted}");
    }
}

/// What engines are: they know no country and no language.
const ENGINES: [&str; 6] = ["roster", "simulate", "staffing", "forecast", "capacity", "workforce"];

/// Where a Chinese character stands in a text, comments included and tests left out.
fn chinese_lines(path: &Path, text: &str) -> Vec<String> {
    let is_chinese = |letter: char| ('\u{2e80}'..='\u{9fff}').contains(&letter) || ('\u{f900}'..='\u{faff}').contains(&letter);
    let lines = source::without_tests(text);
    lines.into_iter().filter(|(_, line)| line.contains(is_chinese)).map(|(number, _)| format!("{}:{number}", path.display())).collect()
}

#[test]
fn no_engine_knows_a_word_of_chinese() {
    let mut seen = BTreeSet::new();
    for path in source::all_files(&folder()) {
        if let Some(engine) = ENGINES.into_iter().find(|engine| room(&path) == *engine) {
            seen.insert(engine);
            assert_eq!(chinese_lines(&path, &fs::read_to_string(&path).unwrap()), [""; 0]);
        }
    }
    assert_eq!(seen.len(), ENGINES.len(), "the engines are where this test looks");
    for planted in ["let kind = \"培训\";", "// 早班", "/// 工号\n    fn f() {}"] {
        let text = format!("fn g() {{}}\nmod m {{\n    {planted}\n}}\n#[cfg(test)]\nmod tests {{\n    // 春节\n}}\n");
        let text = if planted.starts_with("let") { text.replace("mod m", "fn h()") } else { text };
        assert_eq!(chinese_lines(Path::new("planted.rs"), &text), ["planted.rs:3"], "{planted}");
    }
}

/// Names that say nothing about the content of a module.
const NO_NAMES: [&str; 7] = ["utils", "util", "common", "helpers", "misc", "prelude", "types"];

fn is_called_after_nothing(path: &Path) -> bool {
    path.components().any(|part| NO_NAMES.contains(&part.as_os_str().to_string_lossy().trim_end_matches(".rs")))
}

#[test]
fn no_room_is_called_after_nothing() {
    let found: Vec<PathBuf> = files(&folder()).into_iter().map(|(path, _)| path).filter(|path| is_called_after_nothing(path)).collect();
    assert_eq!(found, [""; 0].map(PathBuf::from));
    assert!(is_called_after_nothing(Path::new("src/roster/utils/x.rs")) && is_called_after_nothing(Path::new("src/helpers.rs")));
}

/// Ways to end the program where a caller should receive an error. Invariants may be expected, with the reason why they hold.
const ENDINGS: [&str; 5] = [".unwrap()", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];

#[test]
fn library_code_ends_where_an_invariant_is_broken_and_says_which() {
    for word in ENDINGS {
        assert_eq!(outside(word, &[], &code_of_rooms()), [""; 0]);
        assert_eq!(outside(word, &[], &room_of("plan", &format!("fn f() {{ x{word}) }}"))).len(), 1);
    }
    let unreasoned = |rooms: &Rooms| calls_that(rooms, |calls| calls.unreasoned);
    assert_eq!(unreasoned(&code_of_rooms()), [""; 0]);
    let planted = "fn f() { x.expect(\"\"); y.expect(why); z.expect(\"no\"); Hours::new(1.0).expect(\"an hour has hours\") }";
    assert_eq!(unreasoned(&room_of("plan", planted)).len(), 3);
}

/// Counts over the method calls of a file.
#[derive(Default)]
struct Calls {
    /// Expectations whose reason is no sentence.
    unreasoned: usize,
    /// Invalid quantities silently replaced by zero.
    silent_zeros: usize,
}

const UNITS: [&str; 9] = ["Money", "HourlyPrice", "Hours", "Agents", "Erlangs", "Contacts", "Share", "Factor", "Seconds"];

impl<'a> Visit<'a> for Calls {
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        if call.method == "expect" {
            let is_sentence = |text: &syn::LitStr| text.value().split_whitespace().count() >= 3;
            let is_reasoned =
                matches!(call.args.first(), Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) if is_sentence(text));
            self.unreasoned += usize::from(!is_reasoned);
        }
        self.silent_zeros += usize::from(call.method == "unwrap_or_default" && makes_a_unit(&call.receiver));
        syn::visit::visit_expr_method_call(self, call);
    }
}

/// Whether an expression is `Unit::new(…)`, possibly with its error dropped.
fn makes_a_unit(made: &syn::Expr) -> bool {
    match made {
        syn::Expr::Call(call) => {
            let syn::Expr::Path(function) = &*call.func else { return false };
            let names: Vec<String> = function.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            names.ends_with(&["new".to_owned()]) && names.iter().rev().nth(1).is_some_and(|unit| UNITS.contains(&unit.as_str()))
        }
        syn::Expr::MethodCall(call) => call.method == "ok" && makes_a_unit(&call.receiver),
        _ => false,
    }
}

/// Files with a positive count, repeated by the count.
fn calls_that(rooms: &Rooms, count: fn(&Calls) -> usize) -> Vec<String> {
    let of = |(path, code): &(PathBuf, String)| {
        let mut calls = Calls::default();
        calls.visit_file(&syn::parse_file(code).unwrap());
        std::iter::repeat_n(path.display().to_string(), count(&calls)).collect::<Vec<_>>()
    };
    rooms.values().flatten().flat_map(of).collect()
}

#[test]
fn what_is_no_quantity_never_becomes_nothing() {
    let zeros = |rooms: &Rooms| calls_that(rooms, |calls| calls.silent_zeros);
    assert_eq!(zeros(&code_of_rooms()), [""; 0]);
    for planted in [
        "Hours::new(a).unwrap_or_default()",
        "crate::units::Hours::new(a)\n.ok()\n.unwrap_or_default()",
        "x(|| Share::new(\n1.0).unwrap_or_default())",
    ] {
        assert_eq!(zeros(&room_of("plan", &format!("fn f() {{ let x = {planted}; }}"))).len(), 1, "{planted}");
    }
    assert_eq!(zeros(&room_of("plan", "fn f() { Names::new(a).unwrap_or_default(); }")), [""; 0]);
}
