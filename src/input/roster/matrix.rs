//! A person × day matrix (人×日) as edited by planners, in CSV or XLSX: its differences from a roster become pins.

use super::matrix_days::days_of;
use super::pins::broken;
use crate::identifier::folded;
use crate::input::cell::no_value::error_code;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::shifts::wish::wished;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::input::table::sheet;
use crate::input::text::bytes::bytes_of;
use crate::input::text::file::read_text;
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, roster_problem};
use crate::roster::Roster;
use crate::workforce::{AgentId, Pin};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const MATRIX: Shape = Shape { required: &["agent_id"], optional: &["team"], numbers: Numbers::Of(&[]), closed: false };
/// Maximum size of a matrix workbook, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Pins for all cells that differ from the roster, except untouched ones; a cell that breaks a rule by itself or beside the others is
/// reported.
/// others is noted.
pub(in crate::input) fn read(
    path: &Path,
    inputs: &Inputs,
    roster: &Roster,
    is_untouched: &dyn Fn(&Pin) -> bool,
    problems: &mut Problems,
) -> Vec<Pin> {
    let name = path.to_string_lossy();
    let here = Path::new("");
    if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("xlsx")) {
        let sheet = bytes_of(here, &name, MOST_BYTES, problems).and_then(|bytes| sheet::read(&name, bytes, problems));
        let table = sheet.and_then(|sheet| Table::of_sheet(&name, sheet, MATRIX, problems));
        table.map_or_else(Vec::new, |table| pins(&table, inputs, roster, is_untouched, problems))
    } else {
        let text = read_text(here, &name, problems);
        let table = text.as_deref().and_then(|text| Table::parse(&name, text, MATRIX, problems));
        table.map_or_else(Vec::new, |table| pins(&table, inputs, roster, is_untouched, problems))
    }
}

fn pins(table: &Table, inputs: &Inputs, roster: &Roster, is_untouched: &dyn Fn(&Pin) -> bool, problems: &mut Problems) -> Vec<Pin> {
    let before = problems.len();
    let Some(days) = days_of(table, inputs, problems) else { return Vec::new() };
    // a missing day may stand under a header that is no day
    let is_sound = problems.len() == before;
    let respelt = note_respelt(table, inputs, problems);
    note_missing(table, if is_sound { &days } else { &[] }, &respelt, inputs, problems);
    let of_agent = roster.by_agent();
    let known: BTreeSet<&AgentId> = inputs.employees.iter().map(|employee| &employee.id).collect();
    let (mut pins, mut legal): (Vec<Pin>, Vec<Pin>) = (Vec::new(), Vec::new());
    let mut unpinned = roster_problem(inputs, &[]);
    unpinned.people.iter_mut().for_each(|person| person.pins.clear());
    let mut seen: BTreeMap<AgentId, usize> = BTreeMap::new();
    for row in table.rows() {
        if row.get("agent_id").is_some_and(is_figure_row) {
            continue;
        }
        let Some(agent) = row.agent("agent_id", problems) else { continue };
        if let Some(line) = seen.insert(agent.clone(), row.line) {
            row.note(problems, "twice", "agent_id", line);
            continue;
        }
        if respelt.contains_key(&agent) {
            continue;
        }
        if !known.contains(&agent) {
            row.note(problems, "unknown_agent", "agent_id", "");
            continue;
        }
        for &(column, date) in &days {
            let Some(pin) = pin(&row, column, &agent, date, inputs, problems) else { continue };
            let before = of_agent.get(&agent).and_then(|duties| duties.iter().find(|assignment| assignment.date == date));
            if before.map(|assignment| &assignment.shift) == pin.shift.as_ref() || is_untouched(&pin) {
                continue;
            }
            match broken(&unpinned, legal.iter(), &pin) {
                Some(rule) => row.note_as(problems, "edit_illegal", column, rule, true),
                None => legal.push(pin.clone()),
            }
            pins.push(pin);
        }
    }
    pins
}

/// Whether a row's head is that of the figures that our workbooks have below the agents.
pub(in crate::input) fn is_figure_row(head: &str) -> bool {
    let titles = ["matrix_required", "matrix_understaffed"];
    titles.iter().any(|title| [Lang::En, Lang::Zh].iter().any(|lang| say(*lang, Part::Text, title, &[]) == head))
}

/// Numbers in the matrix that differ from a person's only by case or width, with that person's number.
type Respelt = BTreeMap<AgentId, AgentId>;

/// Reports numbers that differ from those of the agents file by case or width, all at once: such a difference is usually systematic.
fn note_respelt(table: &Table, inputs: &Inputs, problems: &mut Problems) -> Respelt {
    let known: BTreeMap<String, &AgentId> = inputs.employees.iter().map(|employee| (folded(employee.id.as_str()), &employee.id)).collect();
    let mut respelt = Respelt::new();
    let mut first = None;
    for row in table.rows() {
        let Some(agent) = row.get("agent_id").and_then(|text| AgentId::parse(text).ok()) else { continue };
        if let Some(meant) = known.get(&folded(agent.as_str())).filter(|meant| ***meant != agent) {
            first = first.or(Some(row.line));
            respelt.insert(agent, (*meant).clone());
        }
    }
    if first.is_some() {
        let listed = |ids: &mut dyn Iterator<Item = &AgentId>| ids.map(AgentId::as_str).collect::<Vec<_>>().join(", ");
        let (value, expected) = (listed(&mut respelt.keys()), listed(&mut respelt.values()));
        problems.push(Problem {
            line: first,
            column: "agent_id".into(),
            value,
            expected,
            ..of_file(&table.form.file, "agents_in_other_case")
        });
    }
    respelt
}

/// Reports people without a row and days without a column, which the matrix leaves open.
fn note_missing(table: &Table, days: &[(&String, NaiveDate)], respelt: &Respelt, inputs: &Inputs, problems: &mut Problems) {
    let mut note = |code, missing: Vec<String>| {
        if !missing.is_empty() {
            problems.push(Problem { is_warning: true, value: missing.join(", "), ..of_file(&table.form.file, code) });
        }
    };
    let rows = table.names("agent_id", |text| AgentId::parse(text).is_ok());
    let is_respelt = |id: &&str| respelt.values().any(|meant| meant.as_str() == *id);
    let without_row = inputs.employees.iter().map(|employee| employee.id.as_str()).filter(|id| rows.lack(id) && !is_respelt(id));
    note("matrix_without_person", without_row.map(str::to_owned).collect());
    let has_column = |date: &NaiveDate| days.is_empty() || days.iter().any(|(_, day)| day == date);
    note("matrix_without_day", inputs.horizon.dates().filter(|date| !has_column(date)).map(|date| date.to_string()).collect());
}

/// The entry of a cell, if readable; an empty one is a day off.
fn pin(row: &Row, column: &str, agent: &AgentId, date: NaiveDate, inputs: &Inputs, problems: &mut Problems) -> Option<Pin> {
    let pin = |shift: Option<String>| Some(Pin { agent: agent.clone(), date, shift });
    let Some(text) = row.get(column) else { return pin(None) };
    if let Some(code) = error_code(text) {
        row.note(problems, code, column, "");
        return None;
    }
    let wish = wished(row, column, text, (&inputs.shifts, &Names::none()), problems);
    if wish.is_clear() { pin(wish.code()) } else { None }
}
