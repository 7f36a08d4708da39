//! Which files a run may read: those that nothing may be written over.

use super::folder::Folder;
use std::path::{Path, PathBuf};

impl Folder {
    /// Every file of the folder, and every file elsewhere that the plan file names, or one of the `others` that a run reads. Whatever
    /// cannot be read names nothing; reading it for what it says tells why.
    #[must_use]
    pub fn inputs(&self, others: &[&Path]) -> Vec<PathBuf> {
        let folder = if self.path().as_os_str().is_empty() { Path::new(".") } else { self.path() };
        let mut inputs: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inputs.retain(|path| path.is_file());
        inputs.sort_unstable();
        let plan = folder.join(self.plan_name());
        for file in others.iter().copied().chain([plan.as_path()]) {
            inputs.push(file.to_owned());
            if file.extension().is_some_and(|ending| ending == "toml") {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                let named = toml::from_str(&text).map(|table| texts(&toml::Value::Table(table))).unwrap_or_default();
                inputs.extend(named.into_iter().map(|name| folder.join(name)).filter(|path| path.is_file()));
            }
            // what a roster's plan required lies beside it
            inputs.push(file.with_file_name("requirement.csv"));
        }
        inputs.retain(|path| path.is_file());
        inputs
    }
}

/// Every text of a value.
fn texts(value: &toml::Value) -> Vec<String> {
    match value {
        toml::Value::String(text) => vec![text.clone()],
        toml::Value::Array(values) => values.iter().flat_map(texts).collect(),
        toml::Value::Table(table) => table.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
