//! A grid of agents by days that a planner has given, with the roster's shifts.

use super::schedule::Schedule;
use crate::messages::{Lang, Part, say};
use crate::roster::{RosterProblem, ShiftTemplate};
use crate::workbook::{BookFault, DayCell, Filling, GivenGrid, Said, Value, filled};
use std::collections::BTreeMap;

/// A filled grid.
#[derive(Clone, Debug)]
pub struct FilledGrid {
    /// The workbook.
    pub book: Vec<u8>,
    /// Cells that say something else than before.
    pub changed: usize,
    /// Cells that said it already.
    pub kept: usize,
}

/// The workbook with everybody's shifts in the cells of its grid, and nothing else changed. A cell that says so already, in whatever word,
/// stays as it is: leave remains leave.
///
/// # Errors
/// [`BookFault`] if it cannot be filled in.
pub fn filled_grid(problem: &RosterProblem, schedule: &Schedule, grid: &GivenGrid, lang: Lang) -> Result<FilledGrid, BookFault> {
    let words = Words::of(problem, grid, lang);
    let worked = schedule.shifts.iter().map(|shift| shift.assignment);
    let worked: BTreeMap<_, _> = worked.map(|of| ((&of.agent, of.date), of.shift.as_str())).collect();
    let mut cells = Vec::new();
    let mut kept = 0;
    for (agent, row) in &grid.people {
        for (date, column) in &grid.days {
            let shift = worked.get(&(agent, *date)).copied();
            let is_said = match grid.said.get(&(*row, *column)).map(|cell| &cell.says) {
                Some(Said::Shift(code)) => shift == Some(code.as_str()),
                Some(Said::Off) => shift.is_none(),
                Some(Said::Unknown) | None => false,
            };
            if is_said {
                kept += 1;
            } else {
                cells.push(Filling { row: *row, column: *column, value: Value::Text(words.of_day(shift)) });
            }
        }
    }
    Ok(FilledGrid { book: filled(&grid.book, &grid.sheet, &cells)?, changed: cells.len(), kept })
}

/// The form in which a grid calls shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Name,
    Code,
    Short,
}

impl Form {
    fn of(self, shift: &ShiftTemplate) -> &str {
        match self {
            Self::Name => &shift.name,
            Self::Code => &shift.id,
            Self::Short => &shift.short_name,
        }
    }
}

/// Words of a grid.
struct Words<'p> {
    shifts: BTreeMap<&'p str, &'p ShiftTemplate>,
    form: Form,
    rest: String,
}

impl<'p> Words<'p> {
    /// The words that the grid uses most, else shifts' names and the language's word for rest.
    fn of(problem: &'p RosterProblem, grid: &GivenGrid, lang: Lang) -> Self {
        let shifts: BTreeMap<&str, &ShiftTemplate> = problem.shift_kinds().map(|shift| (shift.id.as_str(), shift)).collect();
        let is_of = |form: Form, cell: &&DayCell| matches!(&cell.says, Said::Shift(code) if shifts.get(code.as_str()).is_some_and(|shift| form.of(shift) == cell.text));
        let used = |form: Form| grid.said.values().filter(|cell| is_of(form, cell)).count();
        // of forms that are used equally, the last
        let form = [Form::Short, Form::Code, Form::Name].into_iter().max_by_key(|form| used(*form)).unwrap_or(Form::Name);
        let usual = say(lang, Part::Text, "code_off", &[]);
        let mut rests: BTreeMap<&str, usize> = BTreeMap::new();
        for cell in grid.said.values().filter(|cell| cell.says == Said::Off && is_rest(&cell.text)) {
            *rests.entry(&cell.text).or_default() += 1;
        }
        let rest = rests.into_iter().max_by_key(|(_, times)| *times).map_or(usual, |(word, _)| word.to_owned());
        Self { shifts, form, rest }
    }

    fn of_day(&self, shift: Option<&str>) -> String {
        let Some(code) = shift else { return self.rest.clone() };
        let word = self.shifts.get(code).map_or(code, |shift| self.form.of(shift));
        // a name of two shifts would be read as neither
        let is_clear = self.shifts.values().filter(|shift| shift.goes_by(word)).count() == 1;
        if is_clear { word } else { code }.to_owned()
    }
}

/// Words for rest: other days off have a reason that this day may not have.
fn is_rest(word: &str) -> bool {
    ["off", "day off", "rest", "rest day", "休", "休息", "轮休", "公休", "-", "–", "—"].contains(&word.to_lowercase().as_str())
}
