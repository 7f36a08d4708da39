//! A single problem of an input, with its location, cause and remedy.

use super::way::Way;
use crate::messages::{Lang, Part, form, say};
use std::fmt::Write;

/// A problem of an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// Kind, as a key in the message catalogue.
    pub code: &'static str,
    /// Whether planning can go on.
    pub is_warning: bool,
    /// File, as named by the plan.
    pub file: String,
    /// Line, counted from 1; `None` for the file as a whole.
    pub line: Option<usize>,
    /// Column or key.
    pub column: String,
    /// Value found.
    pub value: String,
    /// Expected value.
    pub expected: String,
    /// Ways in which it may be read, where a map of an export can choose one.
    pub readings: Vec<Way>,
}

impl Problem {
    /// The problem in words: location, cause, ways to read it, remedy.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let expected = form(lang, &self.expected);
        let mut text = self.stated(lang);
        if !self.readings.is_empty() {
            let ways = self.readings.iter().map(|reading| say(lang, Part::Text, "reading", &[&reading.example, &reading.line()]));
            text += &say(lang, Part::Text, "readings", &[&ways.collect::<Vec<_>>().join("; ")]);
        }
        let _ = write!(text, " — {}", say(lang, Part::Cure, self.code, &[&self.value, &expected]));
        text
    }

    /// The problem without what helps: location and cause.
    #[must_use]
    pub fn stated(&self, lang: Lang) -> String {
        let expected = form(lang, &self.expected);
        let fill = [self.value.as_str(), expected.as_str()];
        let mut text = self.file.clone();
        if let Some(line) = self.line {
            let _ = write!(text, ":{line}");
        }
        if !self.column.is_empty() {
            let _ = write!(text, " [{}]", self.column);
        }
        let cause = say(lang, Part::Cause, self.code, &fill);
        let _ = write!(text, " {}: {cause}", self.code);
        if !cause.contains(&self.value) && self.code != MORE {
            text += &say(lang, Part::Text, "problem_value", &[&self.value]);
        }
        text
    }

    /// Its code, or that of the problems it stands for.
    pub(in crate::input) fn kind(&self) -> &str {
        if self.code == MORE { self.expected.split(' ').next().unwrap_or("") } else { self.code }
    }

    /// Number of problems it stands for.
    pub(in crate::input) fn number(&self) -> usize {
        if self.code == MORE { self.value.replace(',', "").parse().unwrap_or(1) } else { 1 }
    }

    pub(super) fn shortened(self) -> Self {
        let Self { file, column, value, expected, mut readings, .. } = self;
        for reading in &mut readings {
            reading.example = shown(std::mem::take(&mut reading.example), MOST_SHOWN);
        }
        Self {
            file: shown(file, MOST_OF_PATH),
            column: shown(column, MOST_SHOWN),
            value: shown(value, MOST_SHOWN),
            expected: shown(expected, MOST_LISTED),
            readings,
            ..self
        }
    }
}

/// A problem with a file as a whole.
pub(in crate::input) fn of_file(file: &str, code: &'static str) -> Problem {
    let (column, value, expected) = (String::new(), String::new(), String::new());
    Problem { code, is_warning: false, file: file.to_owned(), line: None, column, value, expected, readings: Vec::new() }
}

/// Characters of a cell that are shown: a cell may hold a book.
const MOST_SHOWN: usize = 120;
/// Characters of a path that are shown: a plan may name any file.
const MOST_OF_PATH: usize = 1_000;
/// Characters shown of a list of permitted values.
const MOST_LISTED: usize = 600;
/// Code of the summary of further problems of a kind.
pub(super) const MORE: &str = "more_like_this";

/// Beginning of a text on one line, with control characters made visible.
fn shown(text: String, most: usize) -> String {
    if text.len() <= most && !text.contains(char::is_control) { text } else { shortened_to(&text, most) }
}

fn shortened_to(text: &str, most: usize) -> String {
    let visible = |c: char| match c {
        '\n' | '\r' => '⏎',
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    let mut short: String = text.chars().take(most).map(visible).collect();
    if text.chars().nth(most).is_some() {
        short.push('…');
    }
    short
}
