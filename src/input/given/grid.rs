//! A grid of agents by days in a workbook that a planner gives to be filled in. Doubt is an error: nothing is written then.

use super::book::{self, Page};
use super::tables::{Found, known, tables};
use crate::input::naming::weekdays::weekday;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::roster::matrix::is_figure_row;
use crate::input::roster::matrix_days::parts_of;
use crate::input::shifts::wish::{Wish, wish};
use crate::input::table::sheet::name_of;
use crate::plan::Inputs;
use crate::workbook::{DayCell, GivenGrid, Said};
use crate::workforce::AgentId;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Cells that one problem names.
const MOST_NAMED: usize = 12;

/// Reads a workbook with one grid of this plan's agents and days. What stands in other cells is neither looked at nor shown.
#[must_use]
pub fn read_grid(path: &Path, inputs: &Inputs) -> (Option<GivenGrid>, Problems) {
    let mut problems = Problems::default();
    let mut read = || {
        let book = book::read(path, &mut problems)?;
        let mut found: Vec<Found> = book.pages.iter().flat_map(|page| tables(page, inputs)).collect();
        let mut given = Given { file: path.to_string_lossy().into_owned(), inputs, problems: &mut problems };
        let table = match found.len() {
            0 => {
                given.error("grid_missing", String::new(), inputs.horizon.to_string());
                return None;
            }
            1 => found.remove(0),
            _ => {
                let places = found.iter().map(|table| name_of(&table.page.name, table.heading, table.days.first().map_or(0, |day| day.0)));
                given.error("grid_twice", listed(places), String::new());
                return None;
            }
        };
        let (numbers, days) = (given.numbers(&table)?, given.days(&table)?);
        let people = given.people(&table, numbers)?;
        given.check_cells(table.page, numbers, &people, &days)?;
        let said = given.said(table.page, &people, &days);
        Some((table.page.name.clone(), people, days, said)).map(|(sheet, people, days, said)| GivenGrid {
            book: book.bytes.clone(),
            sheet,
            people,
            days,
            said,
        })
    };
    let grid = read();
    (grid, problems)
}

/// Names of the first cells, and how many more there are.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(MOST_NAMED);
    let shown = names[..names.len().min(MOST_NAMED)].join(", ");
    if more > 0 { format!("{shown}, … (+{more})") } else { shown }
}

/// A grid that is being read.
struct Given<'i, 'p> {
    file: String,
    inputs: &'i Inputs,
    problems: &'p mut Problems,
}

impl Given<'_, '_> {
    fn error(&mut self, code: &'static str, value: String, expected: String) {
        self.problems.push(Problem { value, expected, ..of_file(&self.file, code) });
    }

    fn warn(&mut self, code: &'static str, value: String, expected: String) {
        self.problems.push(Problem { is_warning: true, value, expected, ..of_file(&self.file, code) });
    }

    /// Column of the numbers.
    fn numbers(&mut self, table: &Found) -> Option<u32> {
        if let [only] = table.numbers.as_slice() {
            return Some(*only);
        }
        let places = table.numbers.iter().map(|column| name_of(&table.page.name, table.heading, *column));
        self.error("grid_numbers_twice", listed(places), String::new());
        None
    }

    /// Columns of the days.
    fn days(&mut self, table: &Found) -> Option<BTreeMap<NaiveDate, u32>> {
        let cell = |column: u32| name_of(&table.page.name, table.heading, column);
        let before = self.problems.errors();
        if let Some((text, dates)) = &table.doubtful {
            self.error("date_order_doubtful", text.clone(), dates.map(|date| date.to_string()).join(", "));
        }
        let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for (column, date) in &table.days {
            if let Some(first) = days.insert(*date, *column) {
                self.error("grid_day_twice", format!("{}, {}", cell(first), cell(*column)), date.to_string());
            }
            let text = table.page.text(table.heading, *column).unwrap_or_default();
            if weekday(parts_of(text).1).is_some_and(|weekday| weekday != date.weekday()) {
                self.error("grid_weekday", format!("{} {}", cell(*column), parts_of(text).1), format!("{date} {}", date.weekday()));
            }
        }
        if self.problems.errors() > before {
            return None;
        }
        if !table.others.is_empty() {
            self.warn("grid_days_outside", listed(table.others.iter().map(|column| cell(*column))), self.inputs.horizon.to_string());
        }
        let missing: Vec<String> =
            self.inputs.horizon.dates().filter(|date| !days.contains_key(date)).map(|date| date.to_string()).collect();
        if !missing.is_empty() {
            self.warn("grid_days_missing", listed(missing.into_iter()), String::new());
        }
        Some(days)
    }

    /// Rows of the agents.
    fn people(&mut self, table: &Found, numbers: u32) -> Option<BTreeMap<AgentId, u32>> {
        let known = known(self.inputs);
        let before = self.problems.errors();
        let (mut people, mut strange): (BTreeMap<AgentId, u32>, Vec<String>) = (BTreeMap::new(), Vec::new());
        let column = table.page.texts.keys().filter(|(row, column)| *column == numbers && table.rows.contains(row)).map(|(row, _)| *row);
        for row in column {
            let cell = || name_of(&table.page.name, row, numbers);
            let Some(text) = table.page.text(row, numbers).filter(|text| !is_figure_row(text)) else { continue };
            let Some(agent) = known.get(text) else {
                strange.push(cell());
                continue;
            };
            if let Some(first) = people.insert((*agent).clone(), row) {
                self.error("grid_agent_twice", format!("{}, {}", name_of(&table.page.name, first, numbers), cell()), agent.to_string());
            }
        }
        if self.problems.errors() > before {
            return None;
        }
        let missing: Vec<String> = known.values().filter(|agent| !people.contains_key(**agent)).map(ToString::to_string).collect();
        // the numbers of strangers are not shown: they may be anything
        if !strange.is_empty() {
            self.warn("grid_people_unknown", listed(strange.into_iter()), String::new());
        }
        if !missing.is_empty() {
            self.warn("grid_people_missing", listed(missing.into_iter()), String::new());
        }
        Some(people)
    }

    /// Refuses a grid with merged cells or formulas where something would be written.
    fn check_cells(&mut self, page: &Page, numbers: u32, people: &BTreeMap<AgentId, u32>, days: &BTreeMap<NaiveDate, u32>) -> Option<()> {
        let columns: BTreeSet<u32> = days.values().copied().collect();
        let rows: BTreeSet<u32> = people.values().copied().collect();
        let before = self.problems.errors();
        let touches = |of: &&calamine::Dimensions| {
            let is_in_row = rows.range(of.start.0..=of.end.0).next().is_some();
            let days_in = columns.range(of.start.1..=of.end.1).count();
            // a heading over several days leaves open which of them is meant
            is_in_row && (days_in > 0 || (of.start.1..=of.end.1).contains(&numbers))
        };
        let merged: Vec<String> = page.merged.iter().filter(touches).map(|of| name_of(&page.name, of.start.0, of.start.1)).collect();
        if !merged.is_empty() {
            self.error("grid_merged", listed(merged.into_iter()), String::new());
        }
        let is_day = |place: &&(u32, u32)| rows.contains(&place.0) && columns.contains(&place.1);
        let formulas: Vec<String> = page.formulas.iter().filter(is_day).map(|(row, column)| name_of(&page.name, *row, *column)).collect();
        if !formulas.is_empty() {
            self.error("grid_formulas", listed(formulas.into_iter()), String::new());
        }
        (self.problems.errors() == before).then_some(())
    }

    /// What its cells say so far.
    fn said(&mut self, page: &Page, people: &BTreeMap<AgentId, u32>, days: &BTreeMap<NaiveDate, u32>) -> BTreeMap<(u32, u32), DayCell> {
        let mut said = BTreeMap::new();
        let mut unknown = Vec::new();
        for (row, column) in people.values().flat_map(|row| days.values().map(move |column| (*row, *column))) {
            let Some(text) = page.text(row, column) else { continue };
            let says = match wish(text, &self.inputs.shifts) {
                Wish::Shift(shift) => Said::Shift(shift.id.clone()),
                Wish::Off => Said::Off,
                Wish::Doubtful(_) | Wish::Unknown => Said::Unknown,
            };
            if says == Said::Unknown {
                unknown.push(name_of(&page.name, row, column));
            }
            said.insert((row, column), DayCell { text: text.to_owned(), says });
        }
        if !unknown.is_empty() {
            self.warn("grid_words_unknown", listed(unknown.into_iter()), String::new());
        }
        said
    }
}
