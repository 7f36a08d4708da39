//! Tables named by a plan file.

use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// The tables.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Files {
    /// Line of the plan that names each of them.
    pub(in crate::input) lines: BTreeMap<String, usize>,
    pub(in crate::input) history: Vec<String>,
    pub(in crate::input) agents: Option<String>,
    pub(in crate::input) absences: Option<String>,
    pub(in crate::input) shifts: Option<String>,
    pub(in crate::input) promotions: Option<String>,
    pub(in crate::input) day_curves: Option<String>,
    pub(in crate::input) calendar: Vec<String>,
    pub(in crate::input) previous_roster: Option<String>,
    pub(in crate::input) drivers: Option<String>,
    pub(in crate::input) overrides: Option<String>,
    pub(in crate::input) pins: Option<String>,
    pub(in crate::input) accounts: Option<String>,
    pub(in crate::input) requests: Option<String>,
}

/// All keys that name files.
const FILES: [&str; 13] = [
    "history",
    "agents",
    "absences",
    "shifts",
    "promotions",
    "day_curves",
    "calendar",
    "previous_roster",
    "drivers",
    "overrides",
    "pins",
    "accounts",
    "requests",
];

/// Whether two paths below one folder are lexically the same file.
pub(super) fn is_one_file(one: &str, other: &str) -> bool {
    let parts = |path: &'_ str| Path::new(path).components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    parts(one) == parts(other)
}

pub(super) fn files(section: &Section, problems: &mut Problems) -> Files {
    for key in ["history", "agents", "shifts"] {
        section.require(key, problems);
    }
    let history = section.texts("history", problems);
    if section.has("history") && history.is_empty() {
        section.note(problems, "list_empty", "history", "", "");
    }
    for key in FILES.iter().filter(|key| section.texts(key, &mut Problems::default()).contains(&"")) {
        section.note(problems, "cell_empty", key, "", "");
    }
    for (place, file) in history.iter().enumerate().filter(|(place, file)| history[..*place].iter().any(|other| is_one_file(other, file))) {
        section.note(problems, "listed_twice", "history", place + 1, file);
    }
    let owned = |texts: Vec<&str>| texts.into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let file = |key, problems: &mut Problems| section.text(key, problems).filter(|text| !text.is_empty()).map(str::to_owned);
    let named =
        FILES.iter().flat_map(|key| section.texts(key, &mut Problems::default()).into_iter().map(|file| (file, section.line_of(key))));
    let files = Files {
        lines: named.map(|(file, line)| (file.to_owned(), line)).collect(),
        history: owned(history),
        agents: file("agents", problems),
        absences: file("absences", problems),
        shifts: file("shifts", problems),
        promotions: file("promotions", problems),
        day_curves: file("day_curves", problems),
        calendar: owned(section.texts("calendar", problems)),
        previous_roster: file("previous_roster", problems),
        drivers: file("drivers", problems),
        overrides: file("overrides", problems),
        pins: file("pins", problems),
        accounts: file("accounts", problems),
        requests: file("requests", problems),
    };
    section.finish(problems);
    files
}
