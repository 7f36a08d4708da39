//! Reader of published shift-scheduling instances: sections of comma-separated lines (schedulingbenchmarks.org).

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::text::file::read_text;
use crate::roster::published::{NrpEmployee, NrpInstance, NrpShift};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The sections in order of processing, wherever they stand, with the maximum number of cells of their lines.
const SECTIONS: [(&str, usize); 7] = [
    ("SECTION_HORIZON", 1),
    ("SECTION_SHIFTS", 3),
    ("SECTION_STAFF", 8),
    ("SECTION_DAYS_OFF", usize::MAX),
    ("SECTION_SHIFT_ON_REQUESTS", 4),
    ("SECTION_SHIFT_OFF_REQUESTS", 4),
    ("SECTION_COVER", 5),
];
/// Required sections.
const NEEDED: [&str; 3] = ["SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF"];
const MOST_DAYS: usize = 3660;
const MOST_SHIFTS: usize = 1000;
/// Limit on days × shifts × people, more than ten times the largest published instance.
const MOST_CHOICES: usize = 50_000_000;
/// Limit on the combinations of shift counts of limited types for a person, all of which the search distinguishes.
const MOST_COMBINATIONS: usize = 1_000_000;
const MOST_MINUTES: usize = 10_000_000;
const MOST_WEIGHT: usize = 1_000_000_000;

/// Reads an instance.
///
/// # Errors
/// All problems of the file.
pub fn read_nrp_instance(path: &Path) -> Result<NrpInstance, Problems> {
    let mut problems = Problems::default();
    let file = path.to_string_lossy().into_owned();
    let Some(text) = read_text(Path::new(""), &file, &mut problems) else { return Err(problems) };
    let mut note = |line: Option<usize>, column: &str, (value, expected): Misfit| {
        problems.push(Problem { line, column: column.to_owned(), value, expected, ..of_file(&file, "bad_instance") });
    };
    let sections = sections(&text, &mut note);
    let mut draft = Draft::default();
    for (name, most_cells) in SECTIONS {
        for (line, cells) in sections.get(name).map_or(&[][..], |section| &section.lines) {
            let taken = match cells.0.get(most_cells..).and_then(|more| more.iter().find(|cell| !cell.is_empty())) {
                Some(more) => Err(((*more).to_owned(), format!("at most {most_cells} cells"))),
                None => draft.take_line(name, *line, cells),
            };
            if let Err(misfit) = taken {
                note(Some(*line), name, misfit);
            }
        }
        if draft.instance.days > 0 && draft.choices() > MOST_CHOICES {
            note(None, name, (draft.choices().to_string(), format!("at most {MOST_CHOICES} days × shifts × people")));
            return Err(problems);
        }
    }
    for name in NEEDED.iter().filter(|name| sections.get(**name).is_none_or(|section| section.lines.is_empty())) {
        note(None, name, (String::new(), "sections HORIZON, SHIFTS and STAFF with lines in them".into()));
    }
    draft.barred_names(&mut note);
    if problems.has_errors() { Err(problems) } else { Ok(draft.instance) }
}

/// Value found and value expected.
type Misfit = (String, String);

/// Lines of a section, and its start.
struct SectionLines<'a> {
    line: usize,
    lines: Vec<(usize, Cells<'a>)>,
}

fn sections<'a>(text: &'a str, note: &mut impl FnMut(Option<usize>, &str, Misfit)) -> BTreeMap<&'a str, SectionLines<'a>> {
    let mut sections: BTreeMap<&str, SectionLines> = BTreeMap::new();
    let mut current: Option<&str> = None;
    let lines = text.lines().enumerate().map(|(number, line)| (number + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with("SECTION_") {
            if let Some(first) = sections.get(line).map(|section| section.line) {
                note(Some(number), line, (line.to_owned(), format!("each section once; it is in line {first} already")));
            } else if !SECTIONS.iter().any(|(name, _)| *name == line) {
                note(Some(number), line, (line.to_owned(), SECTIONS.map(|(name, _)| name).join(", ")));
            }
            sections.entry(line).or_insert(SectionLines { line: number, lines: Vec::new() });
            current = Some(line);
        } else if let Some(section) = current.and_then(|name| sections.get_mut(name)) {
            section.lines.push((number, Cells(line.split(',').map(str::trim).collect())));
        } else {
            note(Some(number), "", (line.to_owned(), "a section of this format before the first line".into()));
        }
    }
    sections
}

/// Cells of a line.
struct Cells<'a>(Vec<&'a str>);

impl Cells<'_> {
    fn text(&self, place: usize) -> &str {
        self.0.get(place).copied().unwrap_or("")
    }

    fn number(&self, place: usize, most: usize) -> Result<usize, Misfit> {
        number(self.text(place), most)
    }

    fn one_of(&self, place: usize, known: &HashMap<String, usize>) -> Result<usize, Misfit> {
        one_of(self.text(place), known)
    }
}

fn number(text: &str, most: usize) -> Result<usize, Misfit> {
    text.parse().ok().filter(|number| *number <= most).ok_or_else(|| (text.to_owned(), format!("a whole number up to {most}")))
}

fn one_of(text: &str, known: &HashMap<String, usize>) -> Result<usize, Misfit> {
    known.get(text).copied().ok_or_else(|| (text.to_owned(), "a name from the sections SHIFTS and STAFF".into()))
}

/// Assigns a name the next number; it must be neither empty nor taken.
fn enter(name: &str, known: &mut HashMap<String, usize>) -> Result<(), Misfit> {
    let number = known.len();
    if name.is_empty() || known.contains_key(name) {
        return Err((name.to_owned(), "a name of its own for each line".into()));
    }
    known.insert(name.to_owned(), number);
    Ok(())
}

/// An instance being read. Forbidden successors are kept as names: they may be named before their own line.
#[derive(Default)]
struct Draft {
    instance: NrpInstance,
    /// Line and names for each shift.
    barred: Vec<(usize, Vec<String>)>,
    shifts: HashMap<String, usize>,
    staff: HashMap<String, usize>,
    /// Entries read, to detect duplicates: section, person or none, day, shift or none.
    said: BTreeSet<(&'static str, Option<usize>, usize, Option<usize>)>,
}

impl Draft {
    fn choices(&self) -> usize {
        self.instance.days.saturating_mul(self.instance.shifts.len().max(1)).saturating_mul(self.instance.staff.len().max(1))
    }

    fn take_line(&mut self, section: &'static str, line: usize, cells: &Cells) -> Result<(), Misfit> {
        match section {
            "SECTION_HORIZON" => {
                if self.instance.days > 0 {
                    return Err((cells.text(0).to_owned(), "one line with the number of days".into()));
                }
                let days = cells.number(0, MOST_DAYS)?;
                if days == 0 {
                    return Err(("0".into(), format!("1 to {MOST_DAYS} days")));
                }
                self.instance.days = days;
            }
            "SECTION_SHIFTS" => {
                let minutes = cells.number(1, 2880)?;
                if self.shifts.len() == MOST_SHIFTS {
                    return Err((cells.text(0).to_owned(), format!("at most {MOST_SHIFTS} shift types")));
                }
                enter(cells.text(0), &mut self.shifts)?;
                self.instance.shifts.push(NrpShift { id: cells.text(0).to_owned(), minutes, not_followed_by: Vec::new() });
                self.barred.push((line, split(cells.text(2))));
            }
            "SECTION_STAFF" => {
                let employee = self.employee(cells)?;
                enter(cells.text(0), &mut self.staff)?;
                self.instance.staff.push(employee);
            }
            "SECTION_DAYS_OFF" => {
                let person = cells.one_of(0, &self.staff)?;
                for place in (1..cells.0.len()).filter(|&place| !cells.text(place).is_empty()) {
                    let day = self.day(cells, place)?;
                    self.say_once(section, Some(person), day, None, cells)?;
                    self.instance.staff[person].days_off.push(day);
                }
            }
            "SECTION_COVER" => {
                let (day, shift) = (self.day(cells, 0)?, cells.one_of(1, &self.shifts)?);
                let number = |place: usize| cells.number(place, MOST_WEIGHT).map(|number| number as f64);
                let cover = (day, shift, number(2)?, number(3)?, number(4)?);
                self.say_once(section, None, day, Some(shift), cells)?;
                self.instance.cover.push(cover);
            }
            _ => {
                let (person, day) = (cells.one_of(0, &self.staff)?, self.day(cells, 1)?);
                let shift = cells.one_of(2, &self.shifts)?;
                let request = (person, day, shift, cells.number(3, MOST_WEIGHT)? as f64);
                self.say_once(section, Some(person), day, Some(shift), cells)?;
                let is_wish = section == "SECTION_SHIFT_ON_REQUESTS";
                if is_wish { &mut self.instance.wishes } else { &mut self.instance.aversions }.push(request);
            }
        }
        Ok(())
    }

    fn day(&self, cells: &Cells, place: usize) -> Result<usize, Misfit> {
        cells.number(place, self.instance.days.saturating_sub(1))
    }

    fn say_once(
        &mut self,
        section: &'static str,
        person: Option<usize>,
        day: usize,
        shift: Option<usize>,
        cells: &Cells,
    ) -> Result<(), Misfit> {
        let is_new = self.said.insert((section, person, day, shift));
        if is_new { Ok(()) } else { Err((cells.0.join(","), "one line for each of these".into())) }
    }

    fn employee(&self, cells: &Cells) -> Result<NrpEmployee, Misfit> {
        // a type without a limit may be worked every day
        let mut most_shifts = vec![self.instance.days; self.instance.shifts.len()];
        let mut limited = BTreeSet::new();
        for limit in split(cells.text(1)) {
            let (id, most) = limit.split_once('=').ok_or_else(|| (limit.clone(), "TYPE=NUMBER".to_owned()))?;
            let shift = one_of(id.trim(), &self.shifts)?;
            if !limited.insert(shift) {
                return Err((limit.clone(), "one limit for each type".into()));
            }
            most_shifts[shift] = number(most.trim(), MOST_DAYS)?;
        }
        let employee = NrpEmployee {
            id: cells.text(0).to_owned(),
            most_shifts,
            most_minutes: cells.number(2, MOST_MINUTES)?,
            least_minutes: cells.number(3, MOST_MINUTES)?,
            most_running: cells.number(4, MOST_DAYS)?.min(self.instance.days),
            least_running: cells.number(5, MOST_DAYS)?,
            least_off: cells.number(6, MOST_DAYS)?,
            most_weekends: cells.number(7, MOST_DAYS)?,
            days_off: Vec::new(),
        };
        if self.combinations(&employee) > MOST_COMBINATIONS {
            return Err((cells.text(1).to_owned(), format!("limits with at most {MOST_COMBINATIONS} combinations")));
        }
        Ok(employee)
    }

    /// Number of combinations of shift counts under limits that can bind: those below what the days and the minutes allow anyway.
    fn combinations(&self, employee: &NrpEmployee) -> usize {
        let binds = |(shift, most): (&NrpShift, &usize)| {
            (*most > 0 && *most < self.instance.days.min(employee.most_minutes / shift.minutes.max(1))).then_some(most + 1)
        };
        self.instance.shifts.iter().zip(&employee.most_shifts).filter_map(binds).fold(1, usize::saturating_mul)
    }

    /// Resolves forbidden successors to numbers.
    fn barred_names(&mut self, note: &mut impl FnMut(Option<usize>, &str, Misfit)) {
        for (shift, (line, barred)) in self.instance.shifts.iter_mut().zip(&self.barred) {
            for name in barred {
                match one_of(name, &self.shifts) {
                    Ok(number) => shift.not_followed_by.push(number),
                    Err(misfit) => note(Some(*line), "SECTION_SHIFTS", misfit),
                }
            }
        }
    }
}

fn split(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
