//! A 人×日 matrix as planners edit it, in CSV or XLSX: what differs from a roster becomes pins.

use super::folder::read_text;
use super::pins::{OFF, broken};
use super::problem::{Problem, Problems};
use super::table::{Row, Shape, Table};
use crate::plan::{Inputs, roster_problem};
use crate::roster::Roster;
use crate::workforce::{AgentId, Pin};
use calamine::{Data, DataType, Dimensions, Reader, Xlsx};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::utility::cell_range;
use std::collections::BTreeMap;
use std::path::Path;

const MATRIX: Shape = Shape { required: &["agent_id"], optional: &["team"], closed: false };
/// Words for a day that is free for a reason of its own.
const AWAY: [&str; 4] = ["假", "训", "leave", "training"];

/// Pins for every cell that says something else than the roster; a cell that breaks a rule by itself or beside the others is noted.
pub(super) fn read(path: &Path, inputs: &Inputs, roster: &Roster, problems: &mut Problems) -> Vec<Pin> {
    let name = path.to_string_lossy();
    let text = if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("xlsx")) {
        workbook(path, problems)
    } else {
        read_text(Path::new(""), &name, problems)
    };
    let Some(table) = text.and_then(|text| Table::parse(&name, &text, MATRIX, problems)) else { return Vec::new() };
    let days: Vec<(&String, NaiveDate)> = table.columns.iter().filter_map(|column| Some((column, date_of(column, inputs)?))).collect();
    if days.is_empty() {
        problems.push(Problem {
            code: "matrix_without_days",
            is_warning: false,
            file: name.to_string(),
            line: Some(1),
            column: String::new(),
            value: String::new(),
            expected: format!("{}..{}", inputs.horizon.first, inputs.horizon.end()),
        });
    }
    let of_agent = roster.by_agent();
    let mut pins: Vec<Pin> = Vec::new();
    let mut unpinned = roster_problem(inputs, &[]);
    unpinned.people.iter_mut().for_each(|person| person.pins.clear());
    let mut seen: BTreeMap<AgentId, usize> = BTreeMap::new();
    for row in table.rows() {
        let Some(agent) = row.agent("agent_id", problems) else { continue };
        if let Some(line) = seen.insert(agent.clone(), row.line) {
            row.note(problems, "twice", "agent_id", line);
            continue;
        }
        if !inputs.employees.iter().any(|employee| employee.id == agent) {
            row.note(problems, "unknown_agent", "agent_id", "");
            continue;
        }
        for &(column, date) in &days {
            let Some(pin) = pin(&row, column, &agent, date, inputs, problems) else { continue };
            let before = of_agent.get(&agent).and_then(|duties| duties.iter().find(|assignment| assignment.date == date));
            if before.map(|assignment| &assignment.shift) == pin.shift.as_ref() {
                continue;
            }
            match broken(&unpinned, pins.iter(), &pin) {
                Some(rule) => row.note(problems, "edit_illegal", column, rule),
                None => pins.push(pin),
            }
        }
    }
    pins
}

/// The day of the horizon that a column is for: `12-01 周二`, `12-01 Tue`, `2026-12-01`.
fn date_of(column: &str, inputs: &Inputs) -> Option<NaiveDate> {
    let day = column.split_whitespace().next()?.replace('/', "-");
    let written = |date: &NaiveDate| {
        day == date.to_string() || day == date.format("%m-%d").to_string() || day == format!("{}-{}", date.month(), date.day())
    };
    inputs.horizon.dates().find(written)
}

/// What a cell says, if it says anything.
fn pin(row: &Row, column: &str, agent: &AgentId, date: NaiveDate, inputs: &Inputs, problems: &mut Problems) -> Option<Pin> {
    let text = row.get(column).unwrap_or(OFF[0]);
    let pin = |shift: Option<String>| Some(Pin { agent: agent.clone(), date, shift });
    if OFF.contains(&text) || AWAY.contains(&text) {
        return pin(None);
    }
    let known = inputs.shifts.iter().find(|shift| shift.goes_by(text));
    if known.is_none() {
        row.note(problems, "unknown_shift", column, "");
    }
    pin(Some(known?.id.clone()))
}

/// The first sheet of a workbook as CSV. Merged cells are refused: of what is in them only the first is kept.
fn workbook(path: &Path, problems: &mut Problems) -> Option<String> {
    let mut note = |code, column: String, value: String, expected: &str| {
        let (file, expected) = (path.to_string_lossy().into_owned(), expected.to_owned());
        problems.push(Problem { code, is_warning: false, file, line: None, column, value, expected });
    };
    let book = calamine::open_workbook::<Xlsx<_>, _>(path).ok();
    let read = book.and_then(|mut book| Some((book.worksheet_range_at(0)?.ok()?, book.merge_cells_by_sheet_id(0).ok()?)));
    let Some((sheet, merged)) = read else {
        note("file_unreadable", String::new(), String::new(), "XLSX");
        return None;
    };
    if !merged.is_empty() {
        let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
        let name = |cells: &Dimensions| cell_range(cells.start.0, column(cells.start.1), cells.end.0, column(cells.end.1));
        let shown: Vec<String> = merged.iter().map(name).collect();
        note("merged_cells", String::new(), shown.join(", "), "");
        return None;
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let text = |cell: &Data| cell.as_string().unwrap_or_default();
    // whatever is written can be read back: memory does not fail
    sheet.rows().for_each(|row| writer.write_record(row.iter().map(text)).unwrap_or_default());
    String::from_utf8(writer.into_inner().ok()?).ok()
}
