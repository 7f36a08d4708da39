//! Files that a run may read, over which nothing may be written.

use super::place::Folder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Files that are read with a roster beside them.
const BESIDE_A_ROSTER: [&str; 5] = ["requirement.csv", "coverage.csv", "excused.csv", "pins.csv", "absences.csv"];

impl Folder {
    /// All files of the folder, and all files elsewhere that the plan file names, a roster with the files read beside it, and the `others`
    /// that a run reads. An unreadable file contributes none; reading it for its content reports the reason.
    #[must_use]
    pub fn inputs(&self, roster: Option<&Path>, others: &[&Path]) -> Vec<PathBuf> {
        let folder = if self.path().as_os_str().is_empty() { Path::new(".") } else { self.path() };
        let mut inputs: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inputs.retain(|path| path.is_file());
        inputs.sort_unstable();
        let plan = folder.join(self.plan_name());
        for file in roster.into_iter().chain(others.iter().copied()).chain([plan.as_path()]) {
            inputs.push(file.to_owned());
            if file.extension().is_some_and(|ending| ending == "toml") {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                let named = toml::from_str(&text).map(|table| texts(&toml::Value::Table(table))).unwrap_or_default();
                inputs.extend(named.into_iter().map(|name| folder.join(name)).filter(|path| path.is_file()));
            }
        }
        // beside a roster lie the requirement of its plan and the records of repairs
        inputs.extend(roster.iter().flat_map(|roster| BESIDE_A_ROSTER.map(|name| roster.with_file_name(name))));
        inputs.retain(|path| path.is_file());
        let mut seen = BTreeSet::new();
        inputs.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
        inputs
    }
}

/// All strings of a value.
fn texts(value: &toml::Value) -> Vec<String> {
    match value {
        toml::Value::String(text) => vec![text.clone()],
        toml::Value::Array(values) => values.iter().flat_map(texts).collect(),
        toml::Value::Table(table) => table.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
