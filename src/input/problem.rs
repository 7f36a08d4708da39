//! A user's input problems as data: what, where, why, and what to do; all together.

use crate::words::{Lang, Part, say};
use std::fmt::Write;

/// One problem of one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind, as the catalogue of words names it.
    pub code: &'static str,
    /// Whether planning can go on.
    pub is_warning: bool,
    /// The file, as the plan names it.
    pub file: String,
    /// The line, counted from 1; `None` where the file as a whole is meant.
    pub line: Option<usize>,
    /// The column or key.
    pub column: String,
    /// What was found.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

impl Problem {
    /// The problem in words: place, cause, cure.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let fill = [self.value.as_str(), self.expected.as_str()];
        let mut text = self.file.clone();
        if let Some(line) = self.line {
            let _ = write!(text, ":{line}");
        }
        if !self.column.is_empty() {
            let _ = write!(text, " [{}]", self.column);
        }
        let _ = write!(text, " {}: {}", self.code, say(lang, Part::Cause, self.code, &fill));
        if !self.value.is_empty() {
            let _ = write!(text, " ({})", self.value);
        }
        let _ = write!(text, " — {}", say(lang, Part::Cure, self.code, &fill));
        text
    }
}

/// All problems found so far, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a problem.
    pub fn push(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Notes all of another file's problems.
    pub fn extend(&mut self, others: Self) {
        others.0.into_iter().for_each(|problem| self.push(problem));
    }

    /// Whether any of them forbids planning.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| !problem.is_warning)
    }

    /// Every problem, by file and line.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        let mut ordered: Vec<&Problem> = self.0.iter().collect();
        ordered.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        ordered.into_iter()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
