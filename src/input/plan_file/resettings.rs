//! Plan files with changed settings.

use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use toml::{Table, Value};

/// A setting with its path: keys joined by dots, with the `id` of a section for lists of sections (`queue.phone.windows`).
#[derive(Clone, Debug, PartialEq)]
pub(in crate::input) struct Setting {
    pub(in crate::input) path: String,
    pub(in crate::input) value: Value,
    /// Line in its own file.
    pub(in crate::input) line: usize,
}

impl Setting {
    /// Whether it sets a key of the plan file, as named in problems: without the `id` of a section of a list.
    pub(in crate::input) fn sets(&self, column: &str) -> bool {
        let steps: Vec<&str> = self.path.split('.').collect();
        let of_list = || [&steps[..1], steps.get(2..).unwrap_or_default()].concat().join(".");
        self.path == column || of_list() == column
    }
}

/// The settings below `key` in `section`, number `number` of the list `list`; nested tables become paths.
pub(in crate::input) fn settings_of(file: &Table, section: &Section, (list, number): (&str, usize), key: &str) -> Vec<Setting> {
    let places = section.section(key, &mut Problems::default());
    let section = file.get(list).and_then(Value::as_array).and_then(|sections| sections.get(number));
    let mut settings = Vec::new();
    if let Some(Value::Table(table)) = section.and_then(|section| section.get(key)) {
        flatten("", table, &mut settings);
        settings.iter_mut().for_each(|setting| setting.line = places.line_of(&setting.path));
    }
    settings
}

fn flatten(prefix: &str, table: &Table, settings: &mut Vec<Setting>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Table(below) => flatten(&path, below, settings),
            value => settings.push(Setting { path, value: value.clone(), line: 0 }),
        }
    }
}

/// Text of a plan file with these settings; a setting without a place in it becomes an unknown key for the reader.
pub(in crate::input) fn with_settings(text: &str, settings: &[Setting]) -> String {
    let Ok(mut table) = toml::from_str::<Table>(text) else { return text.to_owned() };
    for setting in settings {
        let steps: Vec<&str> = setting.path.split('.').collect();
        place(&mut table, &steps, &setting.value);
    }
    toml::to_string(&table).unwrap_or_else(|_| text.to_owned())
}

/// Sets a value at a path, creating missing sections.
fn place(table: &mut Table, steps: &[&str], value: &Value) {
    let Some((first, rest)) = steps.split_first() else { return };
    if rest.is_empty() {
        table.insert((*first).to_owned(), value.clone());
        return;
    }
    let below = table.entry(*first).or_insert_with(|| Value::Table(Table::new()));
    match below {
        Value::Table(below) => place(below, rest, value),
        Value::Array(sections) => {
            let is_meant = |section: &&mut Table| section.get("id").and_then(Value::as_str) == Some(rest[0]);
            match sections.iter_mut().filter_map(Value::as_table_mut).find(is_meant) {
                Some(section) => place(section, &rest[1..], value),
                // no such section: a key unknown to the reader
                None => drop(table.insert(steps.join("."), value.clone())),
            }
        }
        _ => drop(table.insert(steps.join("."), value.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::settings::document::Document;

    #[test]
    fn a_path_leads_through_sections_and_lists() {
        let plan =
            "[rules]\nrest_hours = 11\n[[queue]]\nid = \"phone\"\n[queue.targets]\nmean_wait_seconds = 15\n[[queue]]\nid = \"chat\"\n";
        let scenarios =
            "[[scenario]]\nset = { rules.rest_hours = 10, \"queue.phone.targets\" = { mean_wait_seconds = 30 }, plan.seed = 2 }\n";
        let document = Document::parse("scenarios.toml", scenarios, &mut Problems::default());
        let sections = document.root().sections("scenario", &mut Problems::default());
        let settings = settings_of(&toml::from_str(scenarios).unwrap(), &sections[0], ("scenario", 0), "set");
        let table: Table = toml::from_str(&with_settings(plan, &settings)).unwrap();
        assert_eq!(table["rules"]["rest_hours"].as_integer(), Some(10));
        assert_eq!(table["queue"][0]["targets"]["mean_wait_seconds"].as_integer(), Some(30));
        assert_eq!(table["plan"]["seed"].as_integer(), Some(2));
        assert!(table["queue"][1].get("targets").is_none());
    }
}
