//! A published shift-scheduling instance: sections of comma-separated lines (schedulingbenchmarks.org).

use super::folder::read_text;
use super::problem::{Problem, Problems};
use crate::roster::published::{NrpEmployee, NrpInstance, NrpShift};
use std::path::Path;

/// Reads an instance.
///
/// # Errors
/// Every problem of the file.
pub fn read_nrp_instance(path: &Path) -> Result<NrpInstance, Problems> {
    let mut problems = Problems::default();
    let file = path.to_string_lossy().into_owned();
    let Some(text) = read_text(Path::new(""), &file, &mut problems) else { return Err(problems) };
    let mut note = |line: Option<usize>, column: &str, (value, expected): Misfit| {
        let (file, column) = (file.clone(), column.to_owned());
        problems.push(Problem { code: "bad_instance", is_warning: false, file, line, column, value, expected });
    };
    let mut draft = Draft::default();
    let mut section = String::new();
    let lines = text.lines().enumerate().map(|(number, line)| (number + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with("SECTION_") {
            line.clone_into(&mut section);
            continue;
        }
        if let Err(misfit) = draft.take_line(&section, &Cells(line.split(',').map(str::trim).collect())) {
            note(Some(number), &section, misfit);
        }
    }
    let instance = draft.closed();
    if instance.days == 0 || instance.staff.is_empty() || instance.shifts.is_empty() {
        note(None, "", (String::new(), "sections HORIZON, SHIFTS and STAFF with lines in them".into()));
    }
    if problems.has_errors() { Err(problems) } else { Ok(instance) }
}

/// What was found and what was expected.
type Misfit = (String, String);

/// A line's cells.
struct Cells<'a>(Vec<&'a str>);

impl Cells<'_> {
    fn text(&self, place: usize) -> &str {
        self.0.get(place).copied().unwrap_or("")
    }

    fn number(&self, place: usize, most: usize) -> Result<usize, Misfit> {
        let text = self.text(place);
        text.parse().ok().filter(|number| *number <= most).ok_or_else(|| (text.to_owned(), format!("a whole number up to {most}")))
    }

    fn one_of<'a>(&self, place: usize, mut known: impl Iterator<Item = &'a String>) -> Result<usize, Misfit> {
        let text = self.text(place);
        known.position(|id| id == text).ok_or_else(|| (text.to_owned(), "a name from the sections before".into()))
    }
}

const MOST_DAYS: usize = 3660;
const MOST_MINUTES: usize = 10_000_000;
const MOST_WEIGHT: usize = 1_000_000_000;

/// An instance whose barred successors are still names: they may be named before their own line.
#[derive(Default)]
struct Draft {
    instance: NrpInstance,
    barred: Vec<Vec<String>>,
}

impl Draft {
    fn take_line(&mut self, section: &str, cells: &Cells) -> Result<(), Misfit> {
        let Self { instance, barred } = self;
        let day = |place: usize| cells.number(place, instance.days.saturating_sub(1));
        let person = || cells.one_of(0, instance.staff.iter().map(|employee| &employee.id));
        let shift = |place: usize| cells.one_of(place, instance.shifts.iter().map(|shift| &shift.id));
        match section {
            "SECTION_HORIZON" => instance.days = cells.number(0, MOST_DAYS)?,
            "SECTION_SHIFTS" => {
                let minutes = cells.number(1, 2880)?;
                instance.shifts.push(NrpShift { id: cells.text(0).to_owned(), minutes, not_followed_by: Vec::new() });
                barred.push(split(cells.text(2)));
            }
            "SECTION_STAFF" => {
                let employee = employee(instance, cells)?;
                instance.staff.push(employee);
            }
            "SECTION_DAYS_OFF" => {
                let person = person()?;
                let days = (1..cells.0.len()).filter(|&place| !cells.text(place).is_empty()).map(day).collect::<Result<Vec<_>, _>>()?;
                instance.staff[person].days_off.extend(days);
            }
            "SECTION_SHIFT_ON_REQUESTS" => {
                let wish = (person()?, day(1)?, shift(2)?, cells.number(3, MOST_WEIGHT)? as f64);
                instance.wishes.push(wish);
            }
            "SECTION_SHIFT_OFF_REQUESTS" => {
                let aversion = (person()?, day(1)?, shift(2)?, cells.number(3, MOST_WEIGHT)? as f64);
                instance.aversions.push(aversion);
            }
            "SECTION_COVER" => {
                let number = |place: usize| cells.number(place, MOST_WEIGHT).map(|number| number as f64);
                let cover = (day(0)?, shift(1)?, number(2)?, number(3)?, number(4)?);
                if instance.cover.iter().any(|known| (known.0, known.1) == (cover.0, cover.1)) {
                    return Err((cells.0.join(","), "one line for each day and shift".into()));
                }
                instance.cover.push(cover);
            }
            _ => return Err((section.to_owned(), "a section of this format before the first line".into())),
        }
        Ok(())
    }

    fn closed(mut self) -> NrpInstance {
        let ids: Vec<String> = self.instance.shifts.iter().map(|shift| shift.id.clone()).collect();
        for (shift, barred) in self.instance.shifts.iter_mut().zip(&self.barred) {
            shift.not_followed_by = barred.iter().filter_map(|barred| ids.iter().position(|id| id == barred)).collect();
        }
        self.instance
    }
}

fn split(text: &str) -> Vec<String> {
    text.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn employee(instance: &NrpInstance, cells: &Cells) -> Result<NrpEmployee, Misfit> {
    // a type without a limit may be worked every day
    let mut most_shifts = vec![instance.days; instance.shifts.len()];
    for limit in split(cells.text(1)) {
        let (id, number) = limit.split_once('=').ok_or_else(|| (limit.clone(), "TYPE=NUMBER".to_owned()))?;
        let pair = Cells(vec![id, number]);
        most_shifts[pair.one_of(0, instance.shifts.iter().map(|shift| &shift.id))?] = pair.number(1, MOST_DAYS)?;
    }
    Ok(NrpEmployee {
        id: cells.text(0).to_owned(),
        most_shifts,
        most_minutes: cells.number(2, MOST_MINUTES)?,
        least_minutes: cells.number(3, MOST_MINUTES)?,
        most_running: cells.number(4, MOST_DAYS)?,
        least_running: cells.number(5, MOST_DAYS)?,
        least_off: cells.number(6, MOST_DAYS)?,
        most_weekends: cells.number(7, MOST_DAYS)?,
        days_off: Vec::new(),
    })
}
