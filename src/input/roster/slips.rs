//! Contradictions of roster rows with the plan or with one another, where one was edited and the other left. Readers would otherwise
//! confuse the two.

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::row::Row;
use crate::plan::Inputs;
use crate::roster::{RESERVE, RosterRow, ShiftTemplate};
use crate::workforce::{Absence, AgentId};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// Reports a row that gives a person a second shift on a day, or overlaps another row of their shift.
pub(super) fn note_twice<'r>(row: &Row, part: &RosterRow, earlier: impl Iterator<Item = &'r RosterRow>, problems: &mut Problems) {
    for other in earlier {
        if other.shift != part.shift {
            return row.note(problems, "two_shifts_in_a_day", "shift", other.line);
        }
        if part.start < other.end && other.start < part.end {
            return row.note(problems, "rows_overlap", "start", other.line);
        }
    }
}

/// Reports queues and activities unknown to the plan.
pub(super) fn note_unknown(row: &Row, part: &RosterRow, activity: Option<&str>, inputs: &Inputs, problems: &mut Problems) {
    for queue in part.queues.iter().filter(|queue| !inputs.queues.iter().any(|known| known.queue.id == **queue)) {
        row.note_of(problems, "unknown_queue", "queue", queue.to_string(), String::new());
    }
    let is_known = |name: &str| name == RESERVE || inputs.activities.iter().any(|known| known.id == name);
    if activity.is_some_and(|name| !is_known(name)) {
        row.note(problems, "unknown_activity", "activity", "");
    }
}

/// Reports shifts whose rows together have other hours than the shift has on that date.
pub(super) fn note_hours(file: &str, rows: &[RosterRow], shifts: &[ShiftTemplate], problems: &mut Problems) {
    let mut of_shift: BTreeMap<(NaiveDate, &AgentId, &str), Vec<&RosterRow>> = BTreeMap::new();
    rows.iter().for_each(|row| of_shift.entry((row.date, &row.agent, row.shift.as_str())).or_default().push(row));
    for ((date, _, code), parts) in of_shift {
        let Some(shift) = shifts.iter().find(|shift| shift.id == code) else { continue };
        let hours = (shift.start_on(date), shift.end_on(date));
        let (Some(start), Some(end)) = (parts.iter().map(|part| part.start).min(), parts.iter().map(|part| part.end).max()) else {
            continue;
        };
        if (start, end) == hours {
            continue;
        }
        let astray = parts.iter().find(|part| part.start < hours.0 || hours.1 < part.end).or(parts.first());
        let others: Vec<&str> = shifts
            .iter()
            .filter(|other| (other.start_on(date), other.end_on(date)) == (start, end))
            .map(|other| other.id.as_str())
            .collect();
        let (code, expected) =
            if others.is_empty() { ("not_its_hours", shown(hours)) } else { ("hours_of_other_shift", others.join(", ")) };
        let (line, column) = (astray.map(|part| part.line), "start".to_owned());
        problems.push(Problem { line, column, value: shown((start, end)), expected, ..of_file(file, code) });
    }
}

fn shown((start, end): (NaiveDateTime, NaiveDateTime)) -> String {
    let format = "%Y-%m-%dT%H:%M";
    format!("{}–{}", start.format(format), end.format(format))
}

/// Warns of shifts during absences.
pub(in crate::input) fn note_away(file: &str, rows: &[RosterRow], absences: &[Absence], problems: &mut Problems) {
    let mut of_agent: BTreeMap<&AgentId, Vec<&Absence>> = BTreeMap::new();
    absences.iter().for_each(|absence| of_agent.entry(&absence.agent).or_default().push(absence));
    for row in rows {
        let mut hers = of_agent.get(&row.agent).into_iter().flatten();
        let Some(absence) = hers.find(|absence| absence.overlaps(row.start, row.end)) else { continue };
        let (line, column, value) = (Some(row.line), "agent_id".to_owned(), row.agent.to_string());
        problems.push(Problem {
            is_warning: true,
            line,
            column,
            value,
            expected: absence.kind.clone(),
            ..of_file(file, "works_while_away")
        });
    }
}
