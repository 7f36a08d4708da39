//! Roster files, ours or hand-edited: rows back to assignments.

use super::slips::{note_hours, note_twice, note_unknown};
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::shifts::wish::{Wish, wish, wished};
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::plan::Inputs;
use crate::roster::{Assignment, Break, OfflineActivity, PastDuty, Roster, RosterFile, RosterRow, ShiftTemplate, Stint, Written};
use crate::time::{ClockTime, Horizon, has_seconds};
use crate::units::Hours;
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ROSTER: Shape = Shape {
    required: &["date", "agent_id", "shift", "start", "end", "paid_hours"],
    optional: &["meal_start", "breaks", "activity", "queue", "overtime_hours", "pay_rate", "pinned", "site"],
    numbers: Numbers::Of(&["paid_hours", "overtime_hours", "pay_rate"]),
    closed: false,
};

/// Name of desk work in roster files.
const WORK: &str = "work";

/// Shifts permitted in rows.
#[derive(Clone, Copy)]
pub(in crate::input) enum Codes<'s> {
    /// Any code: shifts of other weeks may no longer exist.
    Any,
    /// Those of the plan, by code or name; others are judged later.
    Judged(&'s [ShiftTemplate]),
    /// Those of the plan, by code or name; unknown rows would be lost, and rows that contradict the plan misread, so both are refused.
    Known(&'s Inputs),
}

/// Reads a roster file; agents and shifts must be known. Rows of one person, date and shift form one assignment. Rows outside `horizon` are
/// reported. A file without rows is a roster without work.
pub(in crate::input) fn read(
    folder: &Path,
    file: &str,
    horizon: Option<Horizon>,
    known: (&Names, Codes),
    problems: &mut Problems,
) -> Roster {
    read_rows(folder, file, horizon, known, problems).1
}

/// Reads a roster file and returns the rows as written too.
pub(in crate::input) fn read_rows(
    folder: &Path,
    file: &str,
    horizon: Option<Horizon>,
    (agents, codes): (&Names, Codes),
    problems: &mut Problems,
) -> (RosterFile, Roster) {
    let Some(table) = Table::read(folder, file, ROSTER, problems) else { return Default::default() };
    let mut joined: BTreeMap<(NaiveDate, AgentId, String), Assignment> = BTreeMap::new();
    let mut rows: Vec<RosterRow> = Vec::new();
    let mut of_day: BTreeMap<(NaiveDate, AgentId), Vec<usize>> = BTreeMap::new();
    // rows of one period of one shift
    let mut seen: BTreeMap<(AgentId, String, NaiveDateTime, NaiveDateTime), usize> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for row in table.rows() {
        if is_day_off(&row, codes) {
            continue;
        }
        let Some((part, activity)) = roster_row(&row, codes, problems) else { continue };
        if let Some(horizon) = horizon.filter(|horizon| horizon.day_of(part.date).is_none()) {
            row.note(problems, "roster_other_week", "date", horizon);
            continue;
        }
        if agents.lack(part.agent.as_str()) {
            // leavers worked before
            let is_past = matches!(codes, Codes::Any);
            if !is_past || unknown.insert(part.agent.clone()) {
                row.note_as(problems, if is_past { "left_since" } else { "unknown_agent" }, "agent_id", "", is_past);
            }
            if is_past {
                continue;
            }
        }
        let stretch = (part.agent.clone(), part.shift.clone(), part.start, part.end);
        // a duplicate in the past is harmless
        if let Some(line) = seen.insert(stretch, part.line).filter(|_| matches!(codes, Codes::Any)) {
            row.note_as(problems, "duty_twice", "start", line, true);
            continue;
        }
        // verification reports it by its rules; other readers would confuse the two
        if let Codes::Known(inputs) = codes {
            note_unknown(&row, &part, activity, inputs, problems);
            let earlier = of_day.entry((part.date, part.agent.clone())).or_default();
            note_twice(&row, &part, earlier.iter().map(|&place| &rows[place]), problems);
            earlier.push(rows.len());
        }
        let key = (part.date, part.agent.clone(), part.shift.clone());
        match joined.get_mut(&key) {
            Some(whole) => join(whole, assignment(&part, activity)),
            None => drop(joined.insert(key, assignment(&part, activity))),
        }
        rows.push(part);
    }
    if let Codes::Known(inputs) = codes {
        note_hours(&table.form.file, &rows, &inputs.shifts, problems);
    }
    let roster = Roster { assignments: joined.into_values().collect() };
    (RosterFile { rows, columns: table.form.columns }, roster)
}

fn join(whole: &mut Assignment, part: Assignment) {
    whole.stints.extend(part.stints);
    whole.stints.sort_by_key(|stint| (stint.start, stint.end));
    // rows that differ in pay or activity alone are one stint
    whole.stints.dedup_by(|next, last| {
        let goes_on = last.end == next.start && last.queues == next.queues;
        if goes_on {
            last.end = next.end;
        }
        goes_on
    });
    whole.start = whole.start.min(part.start);
    whole.end = whole.end.max(part.end);
    whole.paid += part.paid;
    whole.meals.extend(part.meals);
    whole.rests.extend(part.rests);
    whole.meals.sort();
    whole.rests.sort();
    whole.offline_activities.extend(part.offline_activities);
    whole.offline_activities.sort();
    // an activity that continues across a change of pay rate is one
    whole.offline_activities.dedup_by(|next, last| {
        let goes_on = last.end == next.start && last.activity == next.activity;
        if goes_on {
            last.end = next.end;
        }
        goes_on
    });
    whole.pinned |= part.pinned;
}

/// Whether a row says only that somebody has the day off.
fn is_day_off(row: &Row, codes: Codes) -> bool {
    let shifts = match codes {
        Codes::Any => &[][..],
        Codes::Judged(of_plan) => of_plan,
        Codes::Known(inputs) => &inputs.shifts,
    };
    let is_empty = |column: &&str| row.get(column).is_none();
    ["start", "end", "paid_hours"].iter().all(is_empty) && row.get("shift").is_some_and(|text| wish(text, shifts) == Wish::Off)
}

/// A clock time without a date.
fn clock_alone(row: &Row, column: &str) -> Option<ClockTime> {
    row.get(column)?.parse().ok()
}

/// Time of a row; a clock time alone is on the row's date.
fn time_of(row: &Row, column: &str, date: Option<NaiveDate>, problems: &mut Problems) -> Option<NaiveDateTime> {
    match clock_alone(row, column) {
        Some(time) => Some(time.on(date?)),
        None => row.stamp(column, problems),
    }
}

/// A row, and its offline activity.
fn roster_row<'r>(row: &'r Row<'_>, codes: Codes, problems: &mut Problems) -> Option<(RosterRow, Option<&'r str>)> {
    row.text("date", problems);
    let date = row.date("date", problems);
    let (shift, agent) = (code(row, codes, problems), row.agent("agent_id", problems));
    let start = time_of(row, "start", date, problems);
    let end = time_of(row, "end", date, problems).map(|end| {
        // an end given as a clock time alone before the start is on the next day
        let is_next_day = clock_alone(row, "end").is_some() && start.is_some_and(|start| end <= start);
        if is_next_day { end + TimeDelta::days(1) } else { end }
    });
    row.text("paid_hours", problems);
    let paid = written(row, "paid_hours", 24.0, problems);
    let (overtime, rate) = (written(row, "overtime_hours", 24.0, problems), written(row, "pay_rate", 10.0, problems));
    let pinned = row.yes("pinned", problems);
    for column in ["start", "end", "meal_start", "breaks"].into_iter().filter(|column| row.get(column).is_some_and(has_seconds)) {
        row.note(problems, "seconds_in_time", column, "");
    }
    let start = start?;
    let (meals, rests) = (breaks(row, "meal_start", start, problems), breaks(row, "breaks", start, problems));
    let end = end?;
    let activity = row.identifier("activity", problems).filter(|activity| *activity != WORK);
    if end <= start {
        row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
        return None;
    }
    let part = RosterRow {
        line: row.line,
        date: date?,
        agent: agent?,
        shift: shift?,
        start,
        end,
        meals,
        rests,
        queues: row.queues("queue", problems),
        paid: paid?,
        overtime,
        rate,
        pinned,
        site: row.get("site").map(str::to_owned),
    };
    Some((part, activity))
}

/// Code of a row's shift, reported if not permitted.
fn code(row: &Row, codes: Codes, problems: &mut Problems) -> Option<String> {
    let text = row.text("shift", problems)?;
    let of_plan = match codes {
        Codes::Any => return row.identifier("shift", problems).map(str::to_owned),
        Codes::Judged(of_plan) => of_plan,
        Codes::Known(inputs) => &inputs.shifts,
    };
    // names need not be identifiers
    if let Some(code) = wish(text, of_plan).code() {
        return Some(code);
    }
    let code = row.identifier("shift", problems)?.to_owned();
    let must_be_known = matches!(codes, Codes::Known(_));
    if must_be_known && wished(row, "shift", text, (of_plan, &Names::none()), problems) == Wish::Off {
        row.note(problems, "off_in_roster", "shift", "");
    }
    Some(code)
}

/// A number with its decimals as written.
fn written(row: &Row, column: &str, most: f64, problems: &mut Problems) -> Option<Written> {
    let value = row.number(column, 0.0..=most, problems)?;
    Some(Written { value, decimals: row.decimals(column) })
}

/// The part of a shift described by a row.
fn assignment(row: &RosterRow, activity: Option<&str>) -> Assignment {
    let offline = |activity: &str| OfflineActivity { start: row.start, end: row.end, activity: activity.to_owned() };
    Assignment {
        date: row.date,
        agent: row.agent.clone(),
        shift: row.shift.clone(),
        start: row.start,
        end: row.end,
        meals: row.meals.clone(),
        rests: row.rests.clone(),
        offline_activities: activity.into_iter().map(offline).collect(),
        stints: vec![Stint { start: row.start, end: row.end, queues: row.queues.clone() }],
        paid: Hours::new(row.paid.value).expect("its range was checked when it was read"),
        pinned: row.pinned,
    }
}

/// `12:00/60;…`: each at the first such clock time after the start.
fn breaks(row: &Row, column: &str, start: NaiveDateTime, problems: &mut Problems) -> Vec<Break> {
    let mut breaks = Vec::new();
    for text in row.list(column) {
        let parsed = text.split_once('/').and_then(|(time, minutes)| {
            Some((time.trim().parse::<ClockTime>().ok()?, minutes.trim().parse::<u32>().ok().filter(|minutes| *minutes <= 600)?))
        });
        let Some((time, minutes)) = parsed else {
            row.note(problems, "break_unclear", column, text);
            continue;
        };
        let today = time.on(start.date());
        breaks.push(Break { start: if today < start { today + TimeDelta::days(1) } else { today }, minutes });
    }
    breaks.sort();
    breaks
}

/// Duties before a horizon, by person.
pub(in crate::input) fn past(
    folder: &Path,
    file: &str,
    horizon: Horizon,
    agents: &Names,
    problems: &mut Problems,
) -> BTreeMap<AgentId, Vec<PastDuty>> {
    let mut past: BTreeMap<AgentId, Vec<PastDuty>> = BTreeMap::new();
    let assignments = read(folder, file, None, (agents, Codes::Any), problems).assignments;
    let (before, planned): (Vec<_>, Vec<_>) = assignments.into_iter().partition(|assignment| assignment.date < horizon.first);
    if !planned.is_empty() {
        let (value, expected) = (planned.len().to_string(), horizon.first.to_string());
        problems.push(Problem { is_warning: true, value, expected, ..of_file(file, "past_of_plan") });
    }
    for assignment in before {
        let Assignment { date, shift, start, end, paid, .. } = assignment;
        let duty = PastDuty { shift, date, start, end, paid };
        past.entry(assignment.agent).or_default().push(duty);
    }
    past
}
