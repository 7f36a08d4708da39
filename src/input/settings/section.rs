//! TOML files as sections of validated keys: all unknown keys and wrong values are reported with their lines, and none stops the reading.

use super::document::Document;
use crate::input::cell::spelling::distance;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use std::cell::RefCell;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of a TOML file, possibly missing.
#[derive(Debug)]
pub(in crate::input) struct Section<'a> {
    document: &'a Document<'a>,
    path: String,
    pub(in crate::input) line: usize,
    table: Option<&'a DeTable<'a>>,
    asked: RefCell<BTreeSet<String>>,
}

impl Document<'_> {
    pub(in crate::input) fn root(&self) -> Section<'_> {
        Section { document: self, path: String::new(), line: 1, table: Some(&self.table), asked: RefCell::default() }
    }
}

impl<'a> Section<'a> {
    pub(super) fn find(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table?.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    pub(super) fn name_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Line of a key, which may be a path of nested keys; for a missing one, of its nearest existing parent.
    pub(in crate::input) fn line_of(&self, key: &str) -> usize {
        self.table.and_then(|table| place_of(table, key)).map_or(self.line, |place| self.document.line_of(place))
    }

    /// Reports a problem with a key.
    pub(in crate::input) fn note(
        &self,
        problems: &mut Problems,
        code: &'static str,
        key: &str,
        value: impl ToString,
        expected: impl ToString,
    ) {
        self.note_at(problems, code, self.line_of(key), (self.name_of(key), value.to_string(), expected.to_string()));
    }

    /// Reports a problem of a line: column, value, expected value.
    pub(in crate::input) fn note_at(
        &self,
        problems: &mut Problems,
        code: &'static str,
        line: usize,
        (column, value, expected): (String, String, String),
    ) {
        problems.push(Problem { line: Some(line), column, value, expected, ..of_file(self.document.file, code) });
    }

    /// Reports a warning on a key.
    pub(in crate::input) fn warn(&self, problems: &mut Problems, code: &'static str, key: &str, expected: impl ToString) {
        let (value, expected, column) = (self.written(key), expected.to_string(), self.name_of(key));
        let line = Some(self.line_of(key));
        problems.push(Problem { is_warning: true, line, column, value, expected, ..of_file(self.document.file, code) });
    }

    pub(super) fn wrong_type(&self, problems: &mut Problems, key: &str, value: &Spanned<DeValue>, expected: &str) {
        let written = self.document.text.get(value.span()).unwrap_or("").lines().next().unwrap_or("").to_owned();
        self.note(problems, "key_type", key, written, expected);
    }

    /// Reports a header of the wrong kind: single where several are possible, or the reverse. Its content is read all the same.
    fn wrong_brackets(&self, problems: &mut Problems, key: &str, (open, close): (&str, &str), (right_open, right_close): (&str, &str)) {
        let name = self.name_of(key);
        self.note(problems, "section_brackets", key, format!("{open}{name}{close}"), format!("{right_open}{name}{right_close}"));
    }

    /// Marks a key that cannot be judged as read.
    pub(in crate::input) fn pass_over(&self, key: &str) {
        self.asked.borrow_mut().insert(key.to_owned());
    }

    pub(in crate::input) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.iter().any(|(name, _)| name.get_ref() == key))
    }

    /// Reports a missing key.
    pub(in crate::input) fn require(&self, key: &str, problems: &mut Problems) {
        if !self.has(key) {
            self.note(problems, "key_missing", key, "", self.name_of(key));
        }
    }

    /// A value as written in the file, without quotation marks.
    pub(super) fn as_written(&self, value: &Spanned<DeValue>) -> String {
        value.get_ref().as_str().unwrap_or(self.document.text.get(value.span()).unwrap_or("")).to_owned()
    }

    /// Value of a key as written.
    pub(in crate::input) fn written(&self, key: &str) -> String {
        self.find(key).map_or_else(String::new, |value| self.as_written(value))
    }

    /// A subsection; if it is missing, so are all its keys.
    pub(in crate::input) fn section(&self, key: &str, problems: &mut Problems) -> Section<'a> {
        self.inline(key, "a section", problems)
    }

    /// A subsection as an inline table of the given form.
    pub(in crate::input) fn inline(&self, key: &str, form: &str, problems: &mut Problems) -> Section<'a> {
        let value = self.find(key);
        let mut table = value.and_then(|value| value.get_ref().as_table());
        if let (Some(value), None) = (value, table) {
            table = value.get_ref().as_array().and_then(|items| items.iter().find_map(|item| item.get_ref().as_table()));
            if table.is_some() {
                self.wrong_brackets(problems, key, ("[[", "]]"), ("[", "]"));
            } else {
                self.wrong_type(problems, key, value, form);
            }
        }
        Section { document: self.document, path: self.name_of(key), line: self.line_of(key), table, asked: RefCell::default() }
    }

    /// All `[[key]]` sections, in order.
    pub(in crate::input) fn sections(&self, key: &str, problems: &mut Problems) -> Vec<Section<'a>> {
        self.list(key, "a list of sections", problems)
    }

    /// All tables of a list of the given form, whether inline or `[[key]]` sections.
    pub(in crate::input) fn list(&self, key: &str, form: &str, problems: &mut Problems) -> Vec<Section<'a>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        if let Some(only) = value.get_ref().as_table() {
            self.wrong_brackets(problems, key, ("[", "]"), ("[[", "]]"));
            let (path, line) = (self.name_of(key), self.document.line_of(value.span().start));
            return vec![Section { document: self.document, path, line, table: Some(only), asked: RefCell::default() }];
        }
        let items = value
            .get_ref()
            .as_array()
            .map_or_else(Vec::new, |array| array.iter().map(|item| (item.span(), item.get_ref().as_table())).collect());
        if items.is_empty() || items.iter().any(|(_, table)| table.is_none()) {
            self.wrong_type(problems, key, value, form);
        }
        // what is no table has no keys that could be missing
        let section = |(span, table): (std::ops::Range<usize>, Option<&'a DeTable<'a>>)| {
            let (path, line) = (self.name_of(key), self.document.line_of(span.start));
            table.map(|table| Section { document: self.document, path, line, table: Some(table), asked: RefCell::default() })
        };
        items.into_iter().filter_map(section).collect()
    }

    /// Names of all keys, known or not.
    pub(in crate::input) fn keys(&self) -> Vec<&'a str> {
        self.table.map_or_else(Vec::new, |table| table.keys().map(|name| name.get_ref().as_ref()).collect())
    }

    /// Reports keys beside a file's list of sections, else a missing list: keys without a header are one problem.
    pub(in crate::input) fn finish_list(&self, list: &str, is_empty: bool, problems: &mut Problems) {
        let header = format!("[[{list}]]");
        let is_asked = |name: &str| self.asked.borrow().contains(name);
        let (mut keys, mut has_other) = (Vec::new(), false);
        for (name, value) in self.table.into_iter().flatten().filter(|(name, _)| !is_asked(name.get_ref())) {
            has_other = true;
            if value.get_ref().as_table().is_none() && !value.get_ref().as_array().is_some_and(|items| items.iter().any(is_section)) {
                keys.push((name.span().start, name.get_ref().to_string()));
            }
        }
        keys.sort();
        if let Some((_, first)) = keys.first() {
            self.pass_over(first);
            keys.iter().for_each(|(_, key)| self.pass_over(key));
            let named: Vec<&str> = keys.iter().map(|(_, key)| key.as_str()).collect();
            self.note(problems, "keys_astray", first, named.join(", "), &header);
        }
        if is_empty && !has_other && !self.has(list) {
            self.note(problems, "key_missing", list, "", header);
        }
        self.finish(problems);
    }

    /// Reports all keys that were not requested.
    pub(in crate::input) fn finish(&self, problems: &mut Problems) {
        let asked = self.asked.borrow();
        self.document.asked.borrow_mut().entry(self.path.clone()).or_default().extend(asked.iter().cloned());
        for name in self.keys().into_iter().filter(|name| !asked.contains(*name)) {
            let small = name.to_lowercase();
            let nearest = asked.iter().min_by_key(|known| distance(known, &small)).cloned().unwrap_or_default();
            let likely =
                if distance(&nearest, &small) <= name.len() / 2 { nearest } else { asked.iter().cloned().collect::<Vec<_>>().join(", ") };
            self.note(problems, "key_unknown", name, name, likely);
        }
    }
}

fn is_section(item: &Spanned<DeValue>) -> bool {
    item.get_ref().as_table().is_some()
}

/// Position of a path of keys, or of its first existing part.
fn place_of(table: &DeTable, path: &str) -> Option<usize> {
    table.iter().find_map(|(name, value)| {
        let rest = path.strip_prefix(name.get_ref().as_ref())?;
        let here = name.span().start;
        if rest.is_empty() {
            return Some(here);
        }
        let below = value.get_ref().as_table().and_then(|table| place_of(table, rest.strip_prefix('.')?));
        rest.starts_with('.').then(|| below.unwrap_or(here))
    })
}
