//! History files: contacts offered by queue and interval.

use super::counted_twice::{are_counted_twice, ask};
use super::exports::{OF_NO_TABLE, OfPlan, is_of_another_system, read_export};
use super::handled::{by_bots, handled, parts_of_wholes};
use super::mixed_rows::note_mixed;
use super::starts::Starts;
use crate::history::RawCount;
use crate::input::cell::from_utc::FromUtc;
use crate::input::cell::marks::has_mark;
use crate::input::cell::summary_words::sums_up;
use crate::input::cell::twelve_hours::{TwelveHours, doubt_of_half};
use crate::input::header::shape::{Numbers, Shape};
use crate::input::header::synonyms::meant;
use crate::input::import::columns::map::Map;
use crate::input::naming::names::Names;
use crate::input::naming::queue_names::QueueNames;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::{Problems, note_file};
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::file::{SUMMARY, Table};
use crate::input::table::row::Row;
use crate::intraday::Counts;
use crate::service::{OpenSpan, QueueId};
use crate::time::DAY_MINUTES;
use chrono::{NaiveDateTime, Timelike};
use num_integer::gcd;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const HISTORY: Shape = Shape {
    required: &["start", "offered"],
    optional: &[
        "queue",
        "handled",
        "abandoned",
        "rounds",
        "to_human",
        "bot_handled",
        "handling_seconds",
        "after_contact_seconds",
        "total_handling_seconds",
        "answered_in_time",
        "mean_wait_seconds",
        "replies",
        "replies_in_time",
        "waiting",
    ],
    numbers: Numbers::AllBut(&["start", "queue"]),
    closed: false,
};
/// Largest plausible number of contacts a minute, for any interval: a million in five minutes, 288 million in a day.
const MOST_A_MINUTE: f64 = 200_000.0;
/// Limit for the shortest interval.
pub(super) const MOST_CONTACTS: f64 = 5.0 * MOST_A_MINUTE;
/// Limit for a day.
pub(super) const MOST_A_DAY: f64 = DAY_MINUTES as f64 * MOST_A_MINUTE;

/// Reads history files. Rows without a queue belong to the plan's only queue.
pub(in crate::input) fn read(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> Counts {
    let mut counts = Counts::new();
    let mut days_of_files = Vec::new();
    for file in &plan.files.history {
        let mut of_file = Counts::new();
        let days = enter_file(folder, file, plan, &mut of_file, problems);
        let places = |(queue, places): (QueueId, Vec<usize>)| {
            let before = counts.get(&queue).map_or(0, Vec::len);
            (queue, places.into_iter().map(|place| place + before).collect())
        };
        days_of_files.push((file, days.into_iter().map(places).collect()));
        of_file.into_iter().for_each(|(queue, rows)| counts.entry(queue).or_default().extend(rows));
    }
    leave_out_days(&mut counts, &days_of_files, problems);
    let files = &plan.files.history;
    if files.len() > 1 && !files.iter().any(|file| problems.refuse(file)) {
        for (queue, _) in counts.iter().filter(|(_, rows)| are_counted_twice(rows, plan.clocks())) {
            let (value, expected, column) = (queue.to_string(), files.join(", "), "offered".to_owned());
            problems.push(Problem { column, value, expected, ..of_file(&files[files.len() - 1], "counted_in_files") });
        }
    }
    counts
}

/// Asks which half of the day is meant, where the times of a file in our form do not say. Those of an export have been asked.
fn ask_for_half(file: &str, counts: &Counts, hours: &[OpenSpan], problems: &mut Problems) {
    let evidence = |rows: &Vec<RawCount>| {
        let mut evidence = TwelveHours::default();
        rows.iter().for_each(|row| evidence.see(row.start));
        evidence
    };
    let of_queues: Vec<TwelveHours> = counts.values().map(evidence).collect();
    if let Some(problem) = doubt_of_half(file, &of_queues, (Some(hours), true)) {
        problems.push(problem);
    }
}

/// Whether times of a table are marked as those of the morning or the afternoon.
fn has_marks(table: &Table) -> bool {
    table.rows().any(|row| row.get("start").is_some_and(has_mark))
}

/// Enters the counts of a file, in our own form or, where it is in another, as an export; returns the positions of those of whole days.
fn enter_file(folder: &Path, file: &str, plan: &PlanFile, counts: &mut Counts, problems: &mut Problems) -> OfDays {
    match read_file(folder, file, &OfPlan::of_file(plan), plan.map_of(file), problems) {
        OfFile::Own { counts: own, days, .. } => {
            *counts = own;
            days
        }
        OfFile::Export(export, is_daily) => {
            *counts = export;
            whole_days(counts, is_daily)
        }
    }
}

/// Counts of a file.
pub(super) enum OfFile<'a> {
    /// In our own form, with the positions of those of whole days and, where it is such a table, the file itself.
    Own { counts: Counts, days: OfDays, table: Option<Box<Table<'a>>> },
    /// In that of another system, and whether each is of a whole day.
    Export(Counts, bool),
}

/// Counts of a file, as a map says, in our own form or as an export. Of a file that is neither, the problems of our own form are told where
/// its header is ours and nothing in it is a question that a map can answer.
pub(super) fn read_file<'a>(folder: &Path, file: &str, plan: &OfPlan<'a>, map: Option<&Map>, problems: &mut Problems) -> OfFile<'a> {
    if map.is_some() {
        let export = read_export(folder, file, plan, map, problems);
        return export.map_or_else(OfFile::nothing, |(counts, is_daily)| OfFile::Export(counts, is_daily));
    }
    let mut of_own_form = Problems::default();
    let (mut counts, mut days) = (Counts::new(), OfDays::new());
    let table = Table::read(folder, file, HISTORY, &mut of_own_form).map(|table| table.in_clocks(plan.clocks));
    if let Some(table) = &table {
        days = enter(table, (&plan.names, &plan.listed), plan.clocks, &mut counts, &mut of_own_form);
    }
    let rows = table.as_ref().map_or(0, |table| table.rows().count());
    let mut of_export = Problems::default();
    let is_other = is_of_another_system(&of_own_form, rows, &plan.names);
    if let Some((counts, is_daily)) = is_other.then(|| read_export(folder, file, plan, None, &mut of_export)).flatten() {
        problems.extend(of_export);
        return OfFile::Export(counts, is_daily);
    }
    let is_asked = of_export.iter().any(|problem| !problem.readings.is_empty());
    let is_nearer = table.is_some() || !of_export.has_errors() || of_export.iter().any(|problem| OF_NO_TABLE.contains(&problem.code));
    problems.extend(if is_nearer && !is_asked { of_own_form } else { of_export });
    if !table.as_ref().is_some_and(has_marks) {
        ask_for_half(file, &counts, &plan.hours(), problems);
    }
    OfFile::Own { counts, days, table: table.map(Box::new) }
}

impl OfFile<'_> {
    fn nothing() -> Self {
        Self::Own { counts: Counts::new(), days: OfDays::new(), table: None }
    }
}

/// Positions of all counts where each is of a whole day, else of none.
fn whole_days(counts: &Counts, is_daily: bool) -> OfDays {
    let all = |(queue, rows): (&QueueId, &Vec<_>)| (queue.clone(), (0..rows.len()).collect());
    if is_daily { counts.iter().map(all).collect() } else { OfDays::new() }
}

/// Flat form: `start,volume[,queue]`, any queue.
pub(in crate::input) fn parse(text: &str, file: &str, problems: &mut Problems) -> Counts {
    let mut counts = Counts::new();
    if let Some(table) = Table::parse(file, text, HISTORY, problems) {
        enter(&table, (&QueueNames::default(), &Names::default()), FromUtc::Unknown, &mut counts, problems);
    }
    counts
}

/// Name of the queue in a flat history without a queue column.
const ONLY_QUEUE: &str = "all";

/// Positions of the counts of whole days, by queue: those with a date alone as start.
pub(super) type OfDays = BTreeMap<QueueId, Vec<usize>>;

/// Drops whole days where other files have a queue's contacts by interval, because the intraday profile of the former is unknown.
fn leave_out_days(counts: &mut Counts, by_file: &[(&String, OfDays)], problems: &mut Problems) {
    for (queue, rows) in counts.iter_mut() {
        let of_queue = || by_file.iter().filter_map(|(file, days)| Some((file, days.get(queue)?)));
        let whole: BTreeSet<usize> = of_queue().flat_map(|(_, places)| places.iter().copied()).collect();
        if whole.is_empty() || whole.len() == rows.len() {
            continue;
        }
        for (file, places) in of_queue() {
            let (value, expected) = (places.len().to_string(), queue.to_string());
            problems.push(Problem { is_warning: true, value, expected, ..of_file(file, "days_beside_times") });
        }
        let mut place = 0;
        rows.retain(|_| {
            place += 1;
            !whole.contains(&(place - 1))
        });
    }
}

/// Enters a table's counts; returns the positions of those of whole days.
fn enter(table: &Table, (known, names): (&QueueNames, &Names), from_utc: FromUtc, counts: &mut Counts, problems: &mut Problems) -> OfDays {
    let mut whole_days = OfDays::new();
    if is_refused(table, known, from_utc, problems) {
        return whole_days;
    }
    let only = known.ids().first().cloned().unwrap_or_else(|| QueueId::new(ONLY_QUEUE));
    let has_queues = known.ids().is_empty() && table.rows().any(|row| row.get("queue").is_some_and(|queue| !sums_up(queue)));
    let most = OnceCell::new();
    let before: BTreeMap<QueueId, usize> = counts.iter().map(|(queue, rows)| (queue.clone(), rows.len())).collect();
    let mut starts = Starts::default();
    for row in table.rows() {
        // a year of counts passes through here: cheap tests first
        let is_sum = |queue: &str| known.get(queue).is_none() && (has_queues || names.lack(queue)) && sums_up(queue);
        if row.get("queue").is_some_and(is_sum) {
            row.note_as(problems, SUMMARY, "queue", "", true);
            continue;
        }
        let queue = if table.form.has("queue") {
            row.text("queue", problems).and_then(|_| row.queue_of("queue", known, problems))
        } else {
            Some(only.clone())
        };
        let is_whole_day = starts.see(&row);
        let start = start_of(&row, from_utc, problems);
        let contacts = row.required_number("offered", 0.0..=MOST_A_DAY, problems);
        let Some(queue) = queue else { continue };
        if names.lack(queue.as_str()) {
            row.note(problems, "unknown_queue", "queue", names.listed());
            continue;
        }
        if let (Some(start), Some(contacts)) = (start, contacts) {
            // the interval length of a table is determined only for extraordinary counts
            let most = if contacts > MOST_CONTACTS { *most.get_or_init(|| most_of(table)) } else { MOST_CONTACTS };
            if contacts > most {
                row.note(problems, "out_of_range", "offered", format!("0 … {most}"));
                continue;
            }
            let by_bots = by_bots(&row, contacts, most, problems);
            let handled = handled(&row, contacts, by_bots, most, problems);
            parts_of_wholes(&row, most, problems);
            if is_whole_day {
                whole_days.entry(queue.clone()).or_default().push(counts.get(&queue).map_or(0, Vec::len));
            }
            counts.entry(queue).or_default().push(RawCount { start, contacts, by_bots, handled });
        }
    }
    starts.note(&table.form.file, problems);
    for (queue, rows) in counts.iter() {
        let of_table = rows.get(before.get(queue).copied().unwrap_or(0)..).unwrap_or_default();
        if are_counted_twice(of_table, from_utc) {
            let of_row = |row: &Row| row.queue_of("queue", known, &mut Problems::default());
            ask(table, |row| !table.form.has("queue") || of_row(row).as_ref() == Some(queue), problems);
        }
    }
    whole_days
}

/// Whether nothing of a table can be entered, or its rows are ambiguous; either is reported.
fn is_refused(table: &Table, known: &QueueNames, from_utc: FromUtc, problems: &mut Problems) -> bool {
    if table.is_empty() {
        note_file(&table.form.file, "no_rows", problems);
        return true;
    }
    if !table.form.has("queue") && known.ids().len() > 1 {
        note_without_queue(table, problems);
        return true;
    }
    if table.form.ahead_of_utc.is_some() && from_utc.is_unknown() {
        note_file(&table.form.file, "utc_times", problems);
    }
    note_mixed(table, from_utc, problems)
}

/// Limit for an interval of a table: the longest interval that fits all its starts.
fn most_of(table: &Table) -> f64 {
    let minutes = |row: Row| row.read("start").map(|start| start.hour() * 60 + start.minute());
    let longest = table.rows().filter_map(minutes).fold(DAY_MINUTES, gcd);
    f64::from(longest.max(5)) * MOST_A_MINUTE
}

/// Reports that nothing names the queue of the rows, or the column that probably does.
fn note_without_queue(table: &Table, problems: &mut Problems) {
    let likely = table.form.unknown_columns().find(|name| meant(name, &["queue"]).is_some());
    let (code, column) = likely.map_or(("column_missing", "queue"), |name| ("column_mistyped", name));
    let (value, column) = (likely.unwrap_or("").to_owned(), column.to_owned());
    problems.push(Problem {
        line: Some(table.form.header_line),
        value,
        expected: "queue".to_owned(),
        column,
        ..of_file(&table.form.file, code)
    });
}

/// Start of a row's interval, in the plan's time.
pub(super) fn start_of(row: &Row, from_utc: FromUtc, problems: &mut Problems) -> Option<NaiveDateTime> {
    if row.form.ahead_of_utc.is_some() {
        row.utc_stamp("start", problems).map(|utc| from_utc.local(utc))
    } else {
        row.stamp("start", problems)
    }
}
