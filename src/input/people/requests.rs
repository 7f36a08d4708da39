//! `requests.csv`: weighted requests for days off and shifts.

use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::shifts::wish::{Shifts, wished};
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::time::Horizon;
use crate::units::Factor;
use crate::workforce::{AgentId, Employee, Request};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

const REQUESTS: Shape =
    Shape { required: &["agent_id", "date", "wish"], optional: &["weight"], numbers: Numbers::Of(&["weight"]), closed: true };
/// Largest weight of a request, relative to an ordinary one.
const MOST_WEIGHT: f64 = 100.0;

/// Reads `agent_id,date,wish,weight` and adds each row to its employee's requests. The request is a shift's code or name, or a word for a
/// day off, which is void on days in `freeze`. A file with none of the plan's days probably belongs to another year.
pub(in crate::input) fn read(
    folder: &Path,
    file: &str,
    shifts: Shifts,
    (horizon, freeze): (Horizon, &[NaiveDate]),
    (employees, agents): (&mut [Employee], &Names),
    problems: &mut Problems,
) {
    let Some(table) = Table::read(folder, file, REQUESTS, problems) else { return };
    let places: BTreeMap<AgentId, usize> = employees.iter().enumerate().map(|(place, employee)| (employee.id.clone(), place)).collect();
    let mut asked: BTreeMap<(usize, NaiveDate), Request> = BTreeMap::new();
    let (mut of_other_days, mut any_of_these) = (None, false);
    for row in table.rows() {
        row.text("date", problems);
        let date = row.date("date", problems);
        match date.map(|date| horizon.day_of(date)) {
            Some(None) => drop(of_other_days.get_or_insert_with(|| row.clone())),
            Some(Some(_)) => any_of_these = true,
            None => {}
        }
        let Some((agent, request)) = request(&row, date, shifts, problems) else { continue };
        if request.shift.is_none() && freeze.contains(&request.date) {
            row.note_as(problems, "request_in_freeze", "date", request.date, true);
            continue;
        }
        match places.get(&agent) {
            // the later entry counts
            Some(place) => drop(asked.insert((*place, request.date), request)),
            None if agents.lack(agent.as_str()) => row.note(problems, "unknown_agent", "agent_id", ""),
            None => {}
        }
    }
    // an unreadable row may lie on these days
    if let Some(row) = of_other_days.filter(|_| !any_of_these && !problems.refuse(file)) {
        row.note_as(problems, "requests_other_days", "date", horizon, true);
    }
    for ((place, date), request) in asked {
        employees[place].requests.retain(|earlier| earlier.date != date);
        employees[place].requests.push(request);
    }
}

fn request(row: &Row, date: Option<NaiveDate>, shifts: Shifts, problems: &mut Problems) -> Option<(AgentId, Request)> {
    let agent = row.agent("agent_id", problems);
    let weight = row.number("weight", 0.0..=MOST_WEIGHT, problems).unwrap_or(1.0);
    let wish = row.text("wish", problems)?;
    let wanted = wished(row, "wish", wish, shifts, problems);
    if !wanted.is_clear() {
        return None;
    }
    Some((
        agent?,
        Request { date: date?, shift: wanted.code(), weight: Factor::new(weight).expect("its range was checked when it was read") },
    ))
}
