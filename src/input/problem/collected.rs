//! Input problems of a user as data: the first ones of each kind, and the number of the others.

use super::single::{MORE, Problem, of_file};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// Number of problems of one kind that are reported individually; further ones are counted.
const TOLD_OF_A_KIND: usize = 40;
/// Number of problems of one kind with similar cells that are reported, because they probably have one cause.
const TOLD_OF_ONE_CAUSE: usize = 5;
/// Number of kinds distinguished by column; beyond it, by file and code alone.
const MOST_KINDS: usize = 2_000;

/// Kind of a problem: file, code, column.
type Kind = (String, &'static str, String);

/// Counts of a kind.
#[derive(Clone, Debug, Default)]
struct Tally {
    told: usize,
    /// Problems that are only counted: their number, the position of the summary, and the last of their lines.
    more: Option<More>,
}

/// A kind as a whole, and by similarity of its cells.
#[derive(Clone, Debug, Default)]
struct OfKind {
    whole: Tally,
    causes: HashMap<String, Tally>,
}

#[derive(Clone, Copy, Debug)]
struct More {
    number: usize,
    place: usize,
    last_line: Option<usize>,
}

/// All problems found so far, in order of occurrence. The first 40 of each kind are kept, the first five of those with similar cells, and
/// the others counted, so that a table full of errors takes little time and memory, and little of its planner's attention.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    told: Vec<Problem>,
    seen: HashSet<Problem>,
    kinds: HashMap<Kind, OfKind>,
}

impl Problems {
    /// Reports a problem once.
    pub fn push(&mut self, problem: Problem) {
        let problem = problem.shortened();
        if self.seen.contains(&problem) {
            return;
        }
        let mut kind = (problem.file.clone(), problem.code, problem.column.clone());
        if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&kind) {
            kind.2.clear();
        }
        let likeness = if problem.code == MORE { problem.expected.clone() } else { likeness(&problem) };
        let OfKind { whole, causes } = self.kinds.entry(kind).or_default();
        let (has_room, is_more) = (whole.told < TOLD_OF_A_KIND, problem.code == MORE);
        let alike = match causes.entry(likeness) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(new) if has_room || is_more => Some(new.insert(Tally::default())),
            Entry::Vacant(_) => None,
        };
        let tally = match alike {
            Some(alike) if is_more || alike.told >= TOLD_OF_ONE_CAUSE => alike,
            Some(alike) if has_room => {
                alike.told += 1;
                whole.told += 1;
                self.seen.insert(problem.clone());
                self.told.push(problem);
                return;
            }
            _ => whole,
        };
        let number = problem.number();
        match &mut tally.more {
            // a file that is read again repeats its problems
            Some(more) if problem.line.is_some() && problem.line <= more.last_line => {}
            Some(more) => {
                more.number += number;
                more.last_line = problem.line;
                self.told[more.place].value = grouped(more.number);
            }
            None => {
                tally.more = Some(More { number, place: self.told.len(), last_line: problem.line });
                let expected = if problem.code == MORE { problem.expected } else { format!("{} {}", problem.code, problem.value) };
                self.told.push(Problem { code: MORE, value: grouped(number), expected, ..problem });
            }
        }
    }

    /// Adds details to the reported problems that only a reader of several files knows.
    pub(in crate::input) fn complete(&mut self, complete: impl Fn(&mut Problem)) {
        self.told.iter_mut().for_each(complete);
    }

    /// Reports all problems of another file.
    pub fn extend(&mut self, others: Self) {
        others.told.into_iter().for_each(|problem| self.push(problem));
    }

    /// Whether there is an error, which prevents planning.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.told.iter().any(|problem| !problem.is_warning)
    }

    /// All problems, by file and line; of a very frequent kind, the first ones and a summary of the others.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        let mut ordered: Vec<&Problem> = self.told.iter().collect();
        ordered.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        ordered.into_iter()
    }

    /// Whether a file has an error.
    #[must_use]
    pub fn refuse(&self, file: &str) -> bool {
        self.told.iter().any(|problem| !problem.is_warning && problem.file == file)
    }

    /// Number of problems, including those only counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.told.iter().map(Problem::number).sum()
    }

    /// Number of errors, including those only counted.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.told.iter().filter(|problem| !problem.is_warning).map(Problem::number).sum()
    }

    /// Whether there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

/// Similarity key of cells with one cause: equal names, or, where a cell is no number or time at all, equal form.
fn likeness(problem: &Problem) -> String {
    if !problem.code.starts_with("not_a_") {
        return problem.value.clone();
    }
    // a number of any length: 9:00 and 10:00 have one form
    let mut form = String::new();
    for sign in problem.value.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }) {
        if !(sign == '0' && form.ends_with('0')) {
            form.push(sign);
        }
    }
    form
}

/// A number with digits grouped by commas.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(in crate::input) fn note_file(file: &str, code: &'static str, problems: &mut Problems) {
    problems.push(of_file(file, code));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

    fn bad_cell(line: usize, value: &str) -> Problem {
        let (file, column) = ("history.csv".to_owned(), "offered".to_owned());
        Problem {
            code: "not_a_number",
            is_warning: false,
            file,
            line: Some(line),
            column,
            value: value.into(),
            expected: String::new(),
            readings: Vec::new(),
        }
    }

    #[test]
    fn of_a_kind_with_very_many_the_first_are_told_and_the_others_counted() {
        let mut problems = Problems::default();
        // each of another form
        for line in 2..=40_001 {
            problems.push(bad_cell(line, &"x".repeat(line % 100)));
        }
        problems.push(Problem { is_warning: true, column: "queue".into(), ..bad_cell(7, "y") });
        assert_eq!((problems.iter().count(), problems.len(), problems.errors()), (42, 40_001, 40_000));
        let told: Vec<String> = problems.iter().map(|problem| problem.describe(Lang::En)).collect();
        assert!(told[41].starts_with("history.csv:42 [offered] more_like_this: and 39,960 more like this"), "{}", told[41]);
        let mut all = Problems::default();
        all.extend(problems.clone());
        all.extend(problems.clone());
        assert_eq!((all.len(), all.errors()), (40_001, 40_000), "told twice, counted once");
    }

    #[test]
    fn one_cause_in_many_cells_is_told_by_its_first_lines() {
        let mut problems = Problems::default();
        for line in (2..=1000).step_by(3) {
            problems.push(bad_cell(line, &format!("00:{:02}:{:02}", line % 60, line % 7)));
            problems.push(Problem { code: "unknown_queue", ..bad_cell(line + 1, "chat7") });
            problems.push(Problem { code: "unknown_agent", ..bad_cell(line + 2, &format!("A{line}")) });
        }
        let told = |code: &str| problems.iter().filter(|problem| problem.code == code).count();
        assert_eq!([told("not_a_number"), told("unknown_queue"), told("unknown_agent"), told(MORE)], [5, 5, 40, 3]);
        assert_eq!(problems.len(), 999);
    }

    #[test]
    fn a_second_reading_of_the_same_lines_counts_nothing_again() {
        let mut problems = Problems::default();
        for _ in 0..2 {
            (2..=1001).for_each(|line| problems.push(bad_cell(line, "x")));
        }
        assert_eq!(problems.len(), 1000);
    }

    #[test]
    fn a_problem_is_one_line_however_long_the_cell_and_whatever_is_in_it() {
        let mut problems = Problems::default();
        problems.push(Problem { file: "a\nb.csv".into(), ..bad_cell(2, "x") });
        assert!(!problems.iter().next().unwrap().describe(Lang::En).contains('\n'));
        let mut problems = Problems::default();
        problems.push(bad_cell(2, &format!("\u{1b}[2Ja\nb{}", "长".repeat(1000))));
        let told = problems.iter().next().unwrap().describe(Lang::En);
        assert!(told.chars().count() < 600 && !told.contains(char::is_control), "{told}");
    }
}
