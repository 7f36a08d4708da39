//! `overrides.csv`: planners' corrections of the forecast, with author and reason.

use super::plan_intervals::{starts_beside, takes_contacts};
use crate::forecast::{Override, OverrideChange};
use crate::input::header::shape::{Numbers, Shape};
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::file::Table;
use crate::input::table::row::Row as Cells;
use crate::service::QueueId;
use crate::time::{ClockTime, Interval};
use crate::units::Contacts;
use chrono::{NaiveDateTime, TimeDelta};

const OVERRIDES: Shape = Shape {
    required: &["when", "author", "reason"],
    optional: &["end", "queue", "factor", "value"],
    numbers: Numbers::Of(&["factor", "value"]),
    closed: true,
};
/// A factor beyond this is a typing error.
const MOST_FACTOR: f64 = 100.0;
const MOST_CONTACTS: f64 = 1e7;
/// Longest correction, in days.
const MOST_DAYS: i64 = 366;

/// One row: a correction, and the only queue it applies to, if any.
#[derive(Clone, Debug)]
pub(in crate::input) struct Row {
    queue: Option<QueueId>,
    line: usize,
    change: Override,
}

/// Reads `when,end,queue,factor,value,author,reason`. A date alone is a whole day, a time without an end one interval.
pub(in crate::input) fn parse(text: &str, file: &str, plan: &PlanFile, problems: &mut Problems) -> Vec<Row> {
    let Some(table) = Table::parse(file, text, OVERRIDES, problems) else { return Vec::new() };
    let table = table.in_clocks(plan.clocks());
    let (queues, mut rows) = (plan.queue_names(), Vec::new());
    for row in table.rows() {
        let start = row.stamp("when", problems);
        let end = if row.get("end").is_some() { row.end_stamp("end", problems) } else { row.end_stamp("when", problems) };
        let parts = [("when", start), ("end", end.filter(|_| row.get("end").is_some()))];
        let is_split = parts.map(|(column, time)| note_within(&row, column, time, plan.interval, problems)).contains(&true);
        let queue = row.queue_of("queue", &queues, problems);
        if queue.as_ref().is_some_and(|queue| plan.names.queues.lack(queue.as_str())) {
            row.note(problems, "unknown_queue", "queue", plan.names.queues.listed());
        }
        let (change, total) = change(&row, problems);
        ["author", "reason"].iter().for_each(|column| {
            row.text(column, problems);
        });
        let (author, reason) = (row.name("author", problems), row.name("reason", problems));
        let (Some(start), Some(end)) = (start, end) else { continue };
        let one_interval = || start + TimeDelta::minutes(i64::from(plan.interval.minutes()));
        let until = row.until("when", start).filter(|_| row.get("end").is_none());
        if !is_split {
            note_within(&row, "when", until, plan.interval, problems);
        }
        let end = if end == start && row.get("end").is_none() { until.unwrap_or_else(one_interval) } else { end };
        if end <= start {
            row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
            continue;
        }
        row.at_most_days(start, end, MOST_DAYS, problems);
        let (first, after) = (plan.horizon.first, plan.horizon.end());
        if end <= ClockTime::MIDNIGHT.on(first) || start >= ClockTime::MIDNIGHT.on(after) {
            row.note_as(problems, "override_other_days", "when", plan.horizon, true);
        } else if !is_split && total.is_some_and(|total| total > Contacts::ZERO) {
            note_closed(&row, (start, end), queue.as_ref(), plan, problems);
        }
        let (Some(change), Some(author), Some(reason)) = (change, author, reason) else { continue };
        if row.get("queue").is_some() && queue.is_none() {
            continue;
        }
        let line = row.line;
        let change = Override { start, end, change, author: author.to_owned(), reason: reason.to_owned() };
        let known = rows.iter().find(|known: &&Row| (&known.queue, &known.change) == (&queue, &change)).map(|known| known.line);
        match known {
            // its effect would count twice
            Some(before) => row.note_as(problems, "override_twice", "when", before, true),
            None => rows.push(Row { queue, line, change }),
        }
    }
    plan.queues.iter().for_each(|queue| note_overlaps(&rows, &queue.id, file, problems));
    rows
}

/// The change stated by a row, if unambiguous, and the stated value.
fn change(row: &Cells, problems: &mut Problems) -> (Option<OverrideChange>, Option<Contacts>) {
    let factor = row.factor("factor", 0.0..=MOST_FACTOR, problems);
    let total = row.number("value", 0.0..=MOST_CONTACTS, problems).and_then(|total| Contacts::new(total).ok());
    let change = match (factor, total) {
        (Some(factor), None) => Some(OverrideChange::Factor(factor)),
        (None, Some(total)) => Some(OverrideChange::Total(total)),
        _ => None,
    };
    let [has_factor, has_value] = ["factor", "value"].map(|column| row.get(column).is_some());
    let is_refused = has_factor && factor.is_none() || has_value && total.is_none();
    if has_factor == has_value && !is_refused {
        row.note(problems, "override_unclear", "factor", "");
    }
    (change, total)
}

/// Reports a time within an interval, because the interval it refers to is ambiguous.
fn note_within(row: &Cells, column: &str, time: Option<NaiveDateTime>, interval: Interval, problems: &mut Problems) -> bool {
    let beside = time.and_then(|time| starts_beside(time, interval));
    if let Some(starts) = &beside {
        row.note(problems, "not_interval_start", column, starts);
    }
    beside.is_some()
}

/// Reports a value for hours in which a queue is entirely closed: nobody would be there for its contacts. Tickets arrive at any time.
fn note_closed(
    row: &Cells,
    (start, end): (NaiveDateTime, NaiveDateTime),
    only: Option<&QueueId>,
    plan: &PlanFile,
    problems: &mut Problems,
) {
    let of_row = plan.queues.iter().filter(|queue| only.is_none_or(|only| *only == queue.id));
    for queue in of_row.filter(|queue| !takes_contacts(queue, (start, end), plan)) {
        row.note(problems, "override_closed", "when", &queue.id);
    }
}

/// Reports values that overlap another correction of a queue, because precedence is ambiguous. Factors multiply in the file's order.
fn note_overlaps(rows: &[Row], queue: &QueueId, file: &str, problems: &mut Problems) {
    let mut ordered: Vec<&Row> = rows.iter().filter(|row| row.queue.as_ref().is_none_or(|only| only == queue)).collect();
    ordered.sort_by_key(|row| (row.change.start, row.line));
    // of the rows so far, and of those with a value, the one that ends last
    let (mut any, mut valued): (Option<&Row>, Option<&Row>) = (None, None);
    for row in ordered {
        let sets = matches!(row.change.change, OverrideChange::Total(_));
        let before = if sets { any } else { valued };
        if let Some(other) = before.filter(|other| other.change.end > row.change.start) {
            let (first, second) = (row.line.min(other.line), row.line.max(other.line));
            let (column, expected) = ("when".to_owned(), first.to_string());
            problems.push(Problem { line: Some(second), column, expected, ..of_file(file, "overlapping_override") });
        }
        let later = |known: Option<&'_ Row>| known.is_none_or(|known| known.change.end < row.change.end);
        any = if later(any) { Some(row) } else { any };
        valued = if sets && later(valued) { Some(row) } else { valued };
    }
}

/// Corrections of one queue; rows without a queue apply to all.
pub(in crate::input) fn of_queue(rows: &[Row], queue: &QueueId) -> Vec<Override> {
    rows.iter().filter(|row| row.queue.as_ref().is_none_or(|only| only == queue)).map(|row| row.change.clone()).collect()
}
