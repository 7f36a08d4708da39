//! A parsed TOML text: positions of its keys, and strings that look like personal data.

use super::form::{LineStarts, first_slip};
use crate::input::personal::values::looks_personal;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A parsed TOML text.
#[derive(Debug)]
pub(in crate::input) struct Document<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) lines: LineStarts,
    pub(super) table: DeTable<'a>,
    /// Whether it is well-formed.
    pub(in crate::input) is_whole: bool,
    /// Keys requested of each section that has been read.
    pub(super) asked: RefCell<KnownKeys>,
}

impl<'a> Document<'a> {
    /// Parses a text and reports the first syntax error, if any: others may follow from it.
    pub(in crate::input) fn parse(file: &'a str, text: &'a str, problems: &mut Problems) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let lines = LineStarts::of(text);
        if let Some(slip) = first_slip(text, &lines, &errors) {
            let value = if looks_personal(&slip.value) { String::new() } else { slip.value };
            problems.push(Problem { line: slip.line, column: slip.key, value, expected: slip.expected, ..of_file(file, slip.code) });
        }
        let (table, is_whole) = (table.into_inner(), errors.is_empty());
        let document = Self { file, text, lines, table, is_whole, asked: RefCell::default() };
        document.note_personal_data("", &document.table, problems);
        document
    }

    /// Reports all strings and keys that look like personal data: names of plans, queues, sites, scenarios.
    fn note_personal_data(&self, path: &str, table: &DeTable, problems: &mut Problems) {
        for (key, value) in table {
            let name = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
            if looks_personal(key.get_ref()) {
                self.note_personal_value(path, key.span().start, problems);
            }
            self.note_personal_values(&name, value, problems);
        }
    }

    fn note_personal_values(&self, name: &str, value: &Spanned<DeValue>, problems: &mut Problems) {
        match value.get_ref() {
            DeValue::String(text) if looks_personal(text) => self.note_personal_value(name, value.span().start, problems),
            DeValue::Array(items) => items.iter().for_each(|item| self.note_personal_values(name, item, problems)),
            DeValue::Table(table) => self.note_personal_data(name, table, problems),
            _ => {}
        }
    }

    fn note_personal_value(&self, name: &str, place: usize, problems: &mut Problems) {
        let (line, column) = (Some(self.lines.line_of(place)), name.to_owned());
        problems.push(Problem { line, column, ..of_file(self.file, "personal_value") });
    }

    /// Its root table.
    pub(in crate::input) fn table(&self) -> &DeTable<'a> {
        &self.table
    }

    /// Line of a position.
    pub(in crate::input) fn line_of(&self, place: usize) -> usize {
        self.lines.line_of(place)
    }

    /// All requested keys by section, once everything has been read.
    pub(in crate::input) fn asked(self) -> KnownKeys {
        self.asked.into_inner()
    }
}

/// Possible keys of each section.
pub(in crate::input) type KnownKeys = BTreeMap<String, BTreeSet<String>>;
