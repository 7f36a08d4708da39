//! `pins.csv`: shifts and days off that planners have fixed.

use super::problem::Problems;
use super::table::{Row, Shape, Table};
use crate::plan::{Inputs, roster_problem};
use crate::roster::{Roster, RosterProblem, check, with_shift};
use crate::workforce::Pin;
use std::path::Path;

const PINS: Shape = Shape { required: &["date", "agent_id", "shift"], optional: &["reason", "author"], closed: true };
/// Words for a day off.
pub(super) const OFF: [&str; 5] = ["off", "OFF", "-", "休", "休息"];

/// Reads `date,agent_id,shift`; the shift is a code, a name, or a word for a day off. Pins that cannot be kept, or not beside earlier
/// ones, are noted and left out: the rest is planned.
pub(super) fn read(folder: &Path, file: &str, inputs: &Inputs, problems: &mut Problems) -> Vec<Pin> {
    let Some(table) = Table::read(folder, file, PINS, problems) else { return Vec::new() };
    let problem = roster_problem(inputs, &[]);
    let mut pins: Vec<(usize, Pin)> = Vec::new();
    for row in table.rows() {
        let Some(pin) = pin(&row, inputs, problems) else { continue };
        if let Some((line, _)) = pins.iter().find(|(_, known)| (known.date, &known.agent) == (pin.date, &pin.agent)) {
            row.note_as(problems, "pin_contradicts", "shift", line, true);
        } else if let Some(reason) = broken(&problem, pins.iter().map(|(_, pin)| pin), &pin) {
            row.note_as(problems, "pin_illegal", "shift", reason, true);
        } else {
            pins.push((row.line, pin));
        }
    }
    pins.into_iter().map(|(_, pin)| pin).collect()
}

fn pin(row: &Row, inputs: &Inputs, problems: &mut Problems) -> Option<Pin> {
    row.text("date", problems);
    let (date, agent) = (row.date("date", problems), row.agent("agent_id", problems));
    let text = row.text("shift", problems)?;
    let (date, agent) = (date?, agent?);
    if inputs.horizon.day_of(date).is_none() {
        row.note_as(problems, "roster_other_week", "date", format!("{}..{}", inputs.horizon.first, inputs.horizon.end()), true);
        return None;
    }
    if !inputs.employees.iter().any(|employee| employee.id == agent) {
        row.note(problems, "unknown_agent", "agent_id", "");
        return None;
    }
    if OFF.contains(&text) {
        return Some(Pin { agent, date, shift: None });
    }
    let known = inputs.shifts.iter().find(|shift| shift.goes_by(text));
    if known.is_none() {
        row.note(problems, "unknown_shift", "shift", "");
    }
    Some(Pin { agent, date, shift: Some(known?.id.clone()) })
}

/// The rule that a pin breaks by itself or beside earlier ones. All rules are kept by working less, so pins that break none together
/// can be kept together.
pub(super) fn broken<'a>(problem: &RosterProblem, earlier: impl Iterator<Item = &'a Pin>, pin: &'a Pin) -> Option<&'static str> {
    let person = problem.people.iter().find(|person| person.employee.id == pin.agent)?;
    let template = |pin: &Pin| problem.shift_of(person, pin.date, pin.shift.as_deref()?);
    let together = earlier.filter(|other| other.agent == pin.agent).chain([pin]);
    let assignments = together.filter_map(|pin| Some(with_shift(problem, person, template(pin)?, pin.date))).collect();
    check(problem, &Roster { assignments }).first().map(|violation| violation.rule)
}
