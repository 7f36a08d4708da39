//! `requests.csv`: days off and shifts that people ask for, with how much each means.

use super::names::Names;
use super::pins::{Shifts, wished};
use super::problem::Problems;
use super::row::Row;
use super::table::Table;
use super::table_header::{Numbers, Shape};
use crate::units::Factor;
use crate::workforce::{AgentId, Employee, Request};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

const REQUESTS: Shape =
    Shape { required: &["agent_id", "date", "wish"], optional: &["weight"], numbers: Numbers::Of(&["weight"]), closed: true };
/// How much a request may mean against an ordinary one.
const MOST_WEIGHT: f64 = 100.0;

/// Reads `agent_id,date,wish,weight` and adds each to its employee's requests; the wish is a shift's code or name, or a word for a day
/// off, which counts for nothing on the days of a `freeze`.
pub(super) fn read(
    folder: &Path,
    file: &str,
    shifts: Shifts,
    freeze: &[NaiveDate],
    (employees, agents): (&mut [Employee], &Names),
    problems: &mut Problems,
) {
    let Some(table) = Table::read(folder, file, REQUESTS, problems) else { return };
    let places: BTreeMap<AgentId, usize> = employees.iter().enumerate().map(|(place, employee)| (employee.id.clone(), place)).collect();
    let mut asked: BTreeMap<(usize, NaiveDate), Request> = BTreeMap::new();
    for row in table.rows() {
        let Some((agent, request)) = request(&row, shifts, problems) else { continue };
        if request.shift.is_none() && freeze.contains(&request.date) {
            row.note_as(problems, "request_in_freeze", "date", request.date, true);
            continue;
        }
        match places.get(&agent) {
            // the later word counts
            Some(place) => drop(asked.insert((*place, request.date), request)),
            None if agents.lack(agent.as_str()) => row.note(problems, "unknown_agent", "agent_id", ""),
            None => {}
        }
    }
    for ((place, date), request) in asked {
        employees[place].requests.retain(|earlier| earlier.date != date);
        employees[place].requests.push(request);
    }
}

fn request(row: &Row, shifts: Shifts, problems: &mut Problems) -> Option<(AgentId, Request)> {
    row.text("date", problems);
    let (agent, date) = (row.agent("agent_id", problems), row.date("date", problems));
    let weight = row.number("weight", 0.0..=MOST_WEIGHT, problems).unwrap_or(1.0);
    let wish = row.text("wish", problems)?;
    let wanted = wished(row, "wish", wish, shifts, problems);
    if !wanted.is_clear() {
        return None;
    }
    Some((agent?, Request { date: date?, shift: wanted.code(), weight: Factor::new(weight).unwrap_or(Factor::ONE) }))
}
