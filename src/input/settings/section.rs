//! A TOML file as sections of checked keys: every unknown key and every wrong value is noted with its line, none stops the
//! reading.

use super::form::{LineStarts, first_slip};
use crate::input::cell::percent::{in_percent, is_change};
use crate::input::cell::spelling::distance;
use crate::input::personal::values::looks_personal;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::time::{ClockTime, Written, read_date, read_stamp, read_written};
use crate::units::Factor;
use chrono::{NaiveDate, NaiveDateTime};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A TOML text that could be parsed.
#[derive(Debug)]
pub(in crate::input) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    lines: LineStarts,
    table: DeTable<'a>,
    /// Whether its form is free of mistakes.
    pub(in crate::input) is_whole: bool,
    /// What was asked of each section that has been read.
    asked: RefCell<KnownKeys>,
}

impl<'a> Document<'a> {
    /// Parses a text and notes a mistake of form, if there is any: the first, for others may follow from it.
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

    /// Notes every text, and every key, that looks like personal data: names of plans, queues, sites, scenarios.
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

    /// What stands in it.
    pub(in crate::input) fn table(&self) -> &DeTable<'a> {
        &self.table
    }

    /// The line on which a place lies.
    pub(in crate::input) fn line_of(&self, place: usize) -> usize {
        self.lines.line_of(place)
    }

    /// Every key that was asked for, by section, once all of it has been read.
    pub(in crate::input) fn asked(self) -> KnownKeys {
        self.asked.into_inner()
    }

    pub(in crate::input) fn root(&self) -> Section<'_> {
        Section { document: self, path: String::new(), line: 1, table: Some(&self.table), asked: RefCell::default() }
    }
}

/// A table of a TOML file, perhaps missing.
#[derive(Debug)]
pub(in crate::input) struct Section<'a> {
    document: &'a Document<'a>,
    path: String,
    pub(in crate::input) line: usize,
    table: Option<&'a DeTable<'a>>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Section<'a> {
    fn find(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table?.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    pub(in crate::input) fn name_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The line of a key, which may be a path of keys below one another; of what there is of it, if it is missing.
    pub(in crate::input) fn line_of(&self, key: &str) -> usize {
        self.table.and_then(|table| place_of(table, key)).map_or(self.line, |place| self.document.line_of(place))
    }

    /// Notes a problem with a key.
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

    /// Notes a problem of a line: column, value, what was expected.
    pub(in crate::input) fn note_at(
        &self,
        problems: &mut Problems,
        code: &'static str,
        line: usize,
        (column, value, expected): (String, String, String),
    ) {
        problems.push(Problem { line: Some(line), column, value, expected, ..of_file(self.document.file, code) });
    }

    /// Notes what is odd about a key and forbids nothing.
    pub(in crate::input) fn warn(&self, problems: &mut Problems, code: &'static str, key: &str, expected: impl ToString) {
        let (value, expected, column) = (self.written(key), expected.to_string(), self.name_of(key));
        let line = Some(self.line_of(key));
        problems.push(Problem { is_warning: true, line, column, value, expected, ..of_file(self.document.file, code) });
    }

    fn wrong_type(&self, problems: &mut Problems, key: &str, value: &Spanned<DeValue>, expected: &str) {
        let written = self.document.text.get(value.span()).unwrap_or("").lines().next().unwrap_or("").to_owned();
        self.note(problems, "key_type", key, written, expected);
    }

    /// Notes a header of the wrong kind: of one section where there may be several, or the reverse. What stands under it is read all the same.
    fn wrong_brackets(&self, problems: &mut Problems, key: &str, (open, close): (&str, &str), (right_open, right_close): (&str, &str)) {
        let name = self.name_of(key);
        self.note(problems, "section_brackets", key, format!("{open}{name}{close}"), format!("{right_open}{name}{right_close}"));
    }

    /// Leaves a key that cannot be judged unread.
    pub(in crate::input) fn pass_over(&self, key: &str) {
        self.asked.borrow_mut().insert(key.to_owned());
    }

    pub(in crate::input) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.iter().any(|(name, _)| name.get_ref() == key))
    }

    /// Notes a key that is missing.
    pub(in crate::input) fn require(&self, key: &str, problems: &mut Problems) {
        if !self.has(key) {
            self.note(problems, "key_missing", key, "", self.name_of(key));
        }
    }

    pub(in crate::input) fn number(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        let value = self.find(key)?;
        self.number_of(key, value, as_share(value.get_ref(), &range, MOST_IN_PERCENT), range, problems)
    }

    fn number_of(
        &self,
        key: &str,
        value: &Spanned<DeValue>,
        read: Option<f64>,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Option<f64> {
        let Some(number) = read else {
            self.wrong_type(problems, key, value, "a number");
            return None;
        };
        self.in_range(key, number, range, problems)
    }

    /// What something is multiplied by.
    pub(in crate::input) fn factor(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<Factor> {
        if self.refuses_changes(key, problems) {
            return None;
        }
        let value = self.find(key)?;
        let read = as_share(value.get_ref(), &range, MOST_FACTOR);
        self.number_of(key, value, read, range, problems).and_then(|factor| Factor::new(factor).ok())
    }

    /// Notes what says by how much something changes where it is multiplied, and says whether there was any.
    pub(in crate::input) fn refuses_changes(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(value) = self.find(key) else { return false };
        let written = |value| self.as_written(value);
        let by_name = value.get_ref().as_table().map_or_else(|| vec![written(value)], |table| table.values().map(written).collect());
        let changes: Vec<String> = by_name.into_iter().filter(|written| is_change(written)).collect();
        changes.iter().for_each(|change| self.note(problems, "change_not_factor", key, change, ""));
        !changes.is_empty()
    }

    /// A value as the file writes it, without quotation marks.
    fn as_written(&self, value: &Spanned<DeValue>) -> String {
        value.get_ref().as_str().unwrap_or(self.document.text.get(value.span()).unwrap_or("")).to_owned()
    }

    /// What the file says of a key.
    pub(in crate::input) fn written(&self, key: &str) -> String {
        self.find(key).map_or_else(String::new, |value| self.as_written(value))
    }

    fn in_range(&self, key: &str, number: f64, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        if range.contains(&number) {
            return Some(number);
        }
        self.note(problems, "out_of_range", key, number, format!("{} … {}", range.start(), range.end()));
        None
    }

    /// A whole number.
    pub(in crate::input) fn whole(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<u64> {
        let value = self.find(key)?;
        let Some(number) = as_number(value.get_ref()) else {
            self.wrong_type(problems, key, value, "a number");
            return None;
        };
        let number = self.in_range(key, number, range, problems)?;
        if number.fract() != 0.0 {
            self.note(problems, "not_whole", key, number, "");
            return None;
        }
        Some(number as u64)
    }

    pub(in crate::input) fn numbers(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<Vec<f64>> {
        let value = self.find(key)?;
        let numbers: Option<Vec<f64>> = value
            .get_ref()
            .as_array()
            .and_then(|array| array.iter().map(|item| as_share(item.get_ref(), &range, MOST_IN_PERCENT)).collect());
        if numbers.is_none() {
            self.wrong_type(problems, key, value, "a list of numbers");
        }
        numbers?.into_iter().map(|number| self.in_range(key, number, range.clone(), problems)).collect()
    }

    pub(in crate::input) fn text(&self, key: &str, problems: &mut Problems) -> Option<&'a str> {
        let value = self.find(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(problems, key, value, "text in quotes");
        }
        text
    }

    /// A list of texts; one text is a list of one.
    pub(in crate::input) fn texts(&self, key: &str, problems: &mut Problems) -> Vec<&'a str> {
        let Some(value) = self.find(key) else { return Vec::new() };
        if let Some(text) = value.get_ref().as_str() {
            return vec![text];
        }
        let texts: Option<Vec<&str>> =
            value.get_ref().as_array().and_then(|array| array.iter().map(|item| item.get_ref().as_str()).collect());
        if texts.is_none() {
            self.wrong_type(problems, key, value, "a list of texts");
        }
        texts.unwrap_or_default()
    }

    pub(in crate::input) fn yes(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        let value = self.find(key)?;
        let yes = value.get_ref().as_bool();
        if yes.is_none() {
            self.wrong_type(problems, key, value, "true or false");
        }
        yes
    }

    pub(in crate::input) fn date(&self, key: &str, problems: &mut Problems) -> Option<NaiveDate> {
        let value = self.find(key)?;
        let date = as_date(value.get_ref());
        if date.is_none() {
            self.wrong_type(problems, key, value, "a date such as 2026-11-30");
        }
        date
    }

    pub(in crate::input) fn dates(&self, key: &str, problems: &mut Problems) -> Vec<NaiveDate> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let dates: Option<Vec<NaiveDate>> =
            value.get_ref().as_array().and_then(|array| array.iter().map(|item| as_date(item.get_ref())).collect());
        if dates.is_none() {
            self.wrong_type(problems, key, value, "a list of dates");
        }
        dates.unwrap_or_default()
    }

    pub(in crate::input) fn clock(&self, key: &str, problems: &mut Problems) -> Option<ClockTime> {
        let value = self.find(key)?;
        // a time without quotes is one of TOML's own
        if !matches!(value.get_ref(), DeValue::String(_) | DeValue::Integer(_) | DeValue::Datetime(_)) {
            self.wrong_type(problems, key, value, "text in quotes");
            return None;
        }
        let text = self.as_written(value);
        let time = text.parse().ok();
        if time.is_none() {
            self.note(problems, "not_a_time", key, text, "");
        }
        time
    }

    /// A date, or a date with a time, in quotes or not.
    pub(in crate::input) fn moment(&self, key: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let value = self.find(key)?;
        let text = self.as_written(value);
        let moment = read_stamp(&text).ok().or_else(|| Some(ClockTime::MIDNIGHT.on(read_date(&text)?)));
        if moment.is_none() {
            let is_offset = matches!(read_written(&text), Ok(Written::Utc(_)));
            self.note(problems, if is_offset { "local_time_only" } else { "not_a_date" }, key, text, "");
        }
        moment
    }

    /// A section below this one; it may be missing, then every key of it is.
    pub(in crate::input) fn section(&self, key: &str, problems: &mut Problems) -> Section<'a> {
        self.inline(key, "a section", problems)
    }

    /// The same where it is written in braces on one line, in some form.
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

    /// Every `[[key]]` section, in order.
    pub(in crate::input) fn sections(&self, key: &str, problems: &mut Problems) -> Vec<Section<'a>> {
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
            self.wrong_type(problems, key, value, "a list of sections");
        }
        let section = |(span, table): (std::ops::Range<usize>, Option<&'a DeTable<'a>>)| Section {
            document: self.document,
            path: self.name_of(key),
            line: self.document.line_of(span.start),
            table,
            asked: RefCell::default(),
        };
        items.into_iter().map(section).collect()
    }

    /// A number for everything, or a section of numbers by name: pairs of (name, number), no name meaning everything. None of those with a
    /// range as of factors is anything else.
    pub(in crate::input) fn numbers_by_name(
        &self,
        key: &str,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Vec<(Option<&'a str>, f64)> {
        let Some(value) = self.find(key) else { return Vec::new() };
        if let Some(number) = as_share(value.get_ref(), &range, MOST_FACTOR) {
            return self.in_range(key, number, range, problems).map(|number| (None, number)).into_iter().collect();
        }
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(problems, key, value, "a number, or numbers by name");
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (name, value) in table {
            match as_share(value.get_ref(), &range, MOST_FACTOR) {
                Some(number) => {
                    pairs.extend(self.in_range(key, number, range.clone(), problems).map(|number| (Some(name.get_ref().as_ref()), number)));
                }
                None => self.wrong_type(problems, key, value, "a number"),
            }
        }
        pairs
    }

    /// The names of all keys, known or not.
    pub(in crate::input) fn keys(&self) -> Vec<&'a str> {
        self.table.map_or_else(Vec::new, |table| table.keys().map(|name| name.get_ref().as_ref()).collect())
    }

    /// Notes what stands beside a file's list of sections, and that the list is missing if nothing does: keys without a header are one
    /// problem.
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

    /// Notes every key that nobody asked for.
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

/// Where a path of keys leads, or the first part of it that is there.
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

fn as_number(value: &DeValue) -> Option<f64> {
    let text = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}

/// The most that is a share or a factor and may be written in percent.
const MOST_IN_PERCENT: f64 = 10.0;
/// The same where a key is known to be a factor if it is not much larger.
pub(in crate::input) const MOST_FACTOR: f64 = 100.0;

/// A number, also as `"80%"` where it is at most as large as shares and factors are.
fn as_share(value: &DeValue, range: &RangeInclusive<f64>, most: f64) -> Option<f64> {
    as_number(value).or_else(|| value.as_str().filter(|_| *range.end() <= most).and_then(in_percent))
}

fn as_date(value: &DeValue) -> Option<NaiveDate> {
    match value {
        DeValue::Datetime(datetime) => read_date(&datetime.date?.to_string()),
        DeValue::String(text) => read_date(text),
        _ => None,
    }
}

pub(in crate::input) const SHARE: std::ops::RangeInclusive<f64> = 0.0..=1.0;

/// Which keys each section may have.
pub(in crate::input) type KnownKeys = BTreeMap<String, BTreeSet<String>>;
