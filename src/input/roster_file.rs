//! A roster file, ours or edited by hand: rows back to assignments.

use super::problem::Problems;
use super::table::{Row, Shape, Table};
use crate::roster::{Assignment, Break, Occupation, PastDuty, Roster};
use crate::time::{ClockTime, Horizon};
use crate::units::Hours;
use crate::workforce::AgentId;
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;
use std::path::Path;

const ROSTER: Shape = Shape {
    required: &["date", "agent_id", "shift", "start", "end", "paid_hours"],
    optional: &["meal_start", "breaks", "activity", "queue", "overtime_hours", "pay_rate", "pinned"],
    closed: false,
};

/// What people do at the desk, as roster files call it.
const WORK: &str = "work";

/// Reads a roster file; agents must be among `known`, unless that is empty. Rows of one person, date and shift are one assignment. Rows outside `horizon` are noted.
pub(super) fn read(folder: &Path, file: &str, horizon: Option<Horizon>, known: &[AgentId], problems: &mut Problems) -> Roster {
    let Some(table) = Table::read(folder, file, ROSTER, problems) else { return Roster::default() };
    if table.is_empty() {
        super::people::note_file(file, "no_rows", problems);
    }
    let mut joined: BTreeMap<(chrono::NaiveDate, AgentId, String), Assignment> = BTreeMap::new();
    for row in table.rows() {
        let Some(part) = assignment(&row, problems) else { continue };
        if horizon.is_some_and(|horizon| horizon.day_of(part.date).is_none()) {
            row.note(
                problems,
                "roster_other_week",
                "date",
                horizon.map(|horizon| format!("{}..{}", horizon.first, horizon.end())).unwrap_or_default(),
            );
            continue;
        }
        if !known.is_empty() && !known.contains(&part.agent) {
            row.note(problems, "unknown_agent", "agent_id", "");
        }
        let key = (part.date, part.agent.clone(), part.shift.clone());
        match joined.get_mut(&key) {
            Some(whole) => join(whole, part),
            None => {
                joined.insert(key, part);
            }
        }
    }
    Roster { assignments: joined.into_values().collect() }
}

fn join(whole: &mut Assignment, part: Assignment) {
    whole.start = whole.start.min(part.start);
    whole.end = whole.end.max(part.end);
    whole.paid += part.paid;
    whole.meals.extend(part.meals);
    whole.rests.extend(part.rests);
    whole.meals.sort();
    whole.rests.sort();
    whole.occupations.extend(part.occupations);
    whole.occupations.sort();
    whole.pinned |= part.pinned;
}

fn assignment(row: &Row, problems: &mut Problems) -> Option<Assignment> {
    row.text("date", problems);
    let date = row.date("date", problems);
    row.text("shift", problems);
    let (agent, shift) = (row.agent("agent_id", problems), row.identifier("shift", problems));
    let (start, end) = (row.stamp("start", problems), row.stamp("end", problems));
    let paid = row.required_number("paid_hours", 0.0..=24.0, problems);
    let pinned = row.yes("pinned", problems);
    let start = start?;
    let (meals, rests) = (breaks(row, "meal_start", start, problems), breaks(row, "breaks", start, problems));
    let end = end?;
    let activity = row.identifier("activity", problems).filter(|activity| *activity != WORK);
    if end <= start {
        row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
        return None;
    }
    Some(Assignment {
        date: date?,
        agent: agent?,
        shift: shift?.to_owned(),
        start,
        end,
        meals,
        rests,
        occupations: activity.into_iter().map(|activity| Occupation { start, end, activity: activity.to_owned() }).collect(),
        queues: row.queues("queue", problems),
        paid: Hours::new(paid?).unwrap_or_default(),
        pinned,
    })
}

/// `12:00/60;…`: each at the first such clock time after the start.
fn breaks(row: &Row, column: &str, start: NaiveDateTime, problems: &mut Problems) -> Vec<Break> {
    let mut breaks = Vec::new();
    for text in row.list(column) {
        let parsed = text.split_once('/').and_then(|(time, minutes)| {
            Some((time.trim().parse::<ClockTime>().ok()?, minutes.trim().parse::<u32>().ok().filter(|minutes| *minutes <= 600)?))
        });
        let Some((time, minutes)) = parsed else {
            row.note(problems, "not_a_time", column, "");
            continue;
        };
        let today = time.on(start.date());
        breaks.push(Break { start: if today < start { today + TimeDelta::days(1) } else { today }, minutes });
    }
    breaks.sort();
    breaks
}

/// The days before a horizon, by person.
pub(super) fn past(
    folder: &Path,
    file: &str,
    horizon: Horizon,
    known: &[AgentId],
    problems: &mut Problems,
) -> BTreeMap<AgentId, Vec<PastDuty>> {
    let mut past: BTreeMap<AgentId, Vec<PastDuty>> = BTreeMap::new();
    for assignment in read(folder, file, None, known, problems).assignments.into_iter().filter(|assignment| assignment.date < horizon.first)
    {
        let Assignment { date, shift, start, end, paid, .. } = assignment;
        let duty = PastDuty { shift, date, start, end, paid_hours: paid.get() };
        past.entry(assignment.agent).or_default().push(duty);
    }
    past
}
