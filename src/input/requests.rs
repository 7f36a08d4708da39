//! `requests.csv`: days off and shifts that people ask for, with how much each means.

use super::pins::OFF;
use super::problem::Problems;
use super::table::{Row, Shape, Table};
use crate::roster::ShiftTemplate;
use crate::units::Factor;
use crate::workforce::{AgentId, Employee, Request};
use chrono::NaiveDate;
use std::path::Path;

const REQUESTS: Shape = Shape { required: &["agent_id", "date", "wish"], optional: &["weight"], closed: true };
/// How much a request may mean against an ordinary one.
const MOST_WEIGHT: f64 = 100.0;

/// Reads `agent_id,date,wish,weight` and adds each to its employee's requests; the wish is a shift's code or name, or a word for a day
/// off, which counts for nothing on the days of a `freeze`.
pub(super) fn read(
    folder: &Path,
    file: &str,
    shifts: &[ShiftTemplate],
    freeze: &[NaiveDate],
    employees: &mut [Employee],
    problems: &mut Problems,
) {
    let Some(table) = Table::read(folder, file, REQUESTS, problems) else { return };
    for row in table.rows() {
        let Some((agent, request)) = request(&row, shifts, problems) else { continue };
        if request.shift.is_none() && freeze.contains(&request.date) {
            row.note_as(problems, "request_in_freeze", "date", request.date, true);
            continue;
        }
        match employees.iter_mut().find(|employee| employee.id == agent) {
            Some(employee) => {
                // the later word counts
                employee.requests.retain(|earlier| earlier.date != request.date);
                employee.requests.push(request);
            }
            None => row.note(problems, "unknown_agent", "agent_id", ""),
        }
    }
}

fn request(row: &Row, shifts: &[ShiftTemplate], problems: &mut Problems) -> Option<(AgentId, Request)> {
    row.text("date", problems);
    let (agent, date) = (row.agent("agent_id", problems), row.date("date", problems));
    let weight = row.number("weight", 0.0..=MOST_WEIGHT, problems).unwrap_or(1.0);
    let wish = row.text("wish", problems)?;
    let wanted = shifts.iter().find(|shift| shift.goes_by(wish)).map(|shift| shift.id.clone());
    if wanted.is_none() && !OFF.contains(&wish) {
        row.note(problems, "unknown_shift", "wish", "");
        return None;
    }
    Some((agent?, Request { date: date?, shift: wanted, weight: Factor::new(weight).unwrap_or(Factor::ONE) }))
}
