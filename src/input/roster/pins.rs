//! `pins.csv`: shifts and days off fixed by planners.

use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::shifts::wish::wished;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::plan::{Inputs, roster_problem};
use crate::roster::{Roster, RosterProblem, check, with_shift};
use crate::workforce::{AgentId, Pin};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PINS: Shape =
    Shape { required: &["date", "agent_id", "shift"], optional: &["reason", "author"], numbers: Numbers::Of(&[]), closed: true };

/// Reads `date,agent_id,shift`; the shift is a code, a name, or a word for a day off. Pins that cannot be kept, alone or beside earlier
/// ones, are reported and left out: the rest is planned. No person or shift is reported as unknown that `agents` or `shifts` may hold.
pub(in crate::input) fn read(folder: &Path, file: &str, inputs: &Inputs, names: (&Names, &Names), problems: &mut Problems) -> Vec<Pin> {
    let Some(table) = Table::read(folder, file, PINS, problems) else { return Vec::new() };
    let problem = roster_problem(inputs, &[]);
    let known: BTreeSet<&AgentId> = inputs.employees.iter().map(|employee| &employee.id).collect();
    let mut pins: Vec<Pin> = Vec::new();
    let mut lines: BTreeMap<(NaiveDate, AgentId), usize> = BTreeMap::new();
    // refused rules, people or shifts are no basis for judgement
    let is_judged = !problems.has_errors();
    for row in table.rows() {
        let Some(pin) = pin(&row, inputs, &known, names, problems) else { continue };
        let day = (pin.date, pin.agent.clone());
        if let Some(line) = lines.get(&day) {
            row.note_as(problems, "pin_contradicts", "shift", line, true);
        } else if let Some(reason) = broken(&problem, pins.iter(), &pin).filter(|_| is_judged) {
            row.note_as(problems, "pin_illegal", "shift", reason, true);
        } else {
            lines.insert(day, row.line);
            pins.push(pin);
        }
    }
    pins
}

fn pin(row: &Row, inputs: &Inputs, known: &BTreeSet<&AgentId>, (agents, shifts): (&Names, &Names), problems: &mut Problems) -> Option<Pin> {
    row.text("date", problems);
    let (date, agent) = (row.date("date", problems), row.agent("agent_id", problems));
    let text = row.text("shift", problems)?;
    let (date, agent) = (date?, agent?);
    if inputs.horizon.day_of(date).is_none() {
        row.note_as(problems, "pin_other_days", "date", inputs.horizon, true);
        return None;
    }
    if agents.lack(agent.as_str()) {
        row.note(problems, "unknown_agent", "agent_id", "");
    }
    let wish = wished(row, "shift", text, (&inputs.shifts, shifts), problems);
    if !known.contains(&agent) {
        return None;
    }
    wish.is_clear().then(|| Pin { agent, date, shift: wish.code() })
}

/// The rule that a pin breaks by itself or beside earlier ones. Every rule can be kept by working less, so pins that jointly break none can
/// be kept jointly.
pub(super) fn broken<'a>(problem: &RosterProblem, earlier: impl Iterator<Item = &'a Pin>, pin: &'a Pin) -> Option<&'static str> {
    let person = problem.people.iter().find(|person| person.employee.id == pin.agent)?;
    let template = |pin: &Pin| problem.shift_of(person, pin.date, pin.shift.as_deref()?);
    let together = earlier.filter(|other| other.agent == pin.agent).chain([pin]);
    let assignments = together.filter_map(|pin| Some(with_shift(problem, person, template(pin)?, pin.date))).collect();
    check(problem, &Roster { assignments }).first().map(|violation| violation.rule)
}
