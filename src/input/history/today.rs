//! Counts of today, and of days since the end of the history.

use super::counts::{MOST_A_DAY, MOST_CONTACTS, OfFile, read_file, start_of};
use super::exports::OfPlan;
use super::handled::MOST_HANDLING;
use crate::history::RawCount;
use crate::input::import::columns::map::Map;
use crate::input::problem::collected::{Problems, note_file};
use crate::input::table::row::Row;
use crate::intraday::{Actuals, Served};
use chrono::NaiveDateTime;
use std::path::Path;

/// Reads counts in the format of a history file, with the observed service where the file has it, or as an export of another system.
pub(in crate::input) fn read(folder: &Path, file: &str, plan: &OfPlan, map: Option<&Map>, problems: &mut Problems) -> Actuals {
    let mut actuals = Actuals::default();
    match read_file(folder, file, plan, map, problems) {
        // how much of a day is over cannot be seen from its sum
        OfFile::Export(_, true) => note_file(file, "days_for_today", problems),
        OfFile::Export(counts, false) => {
            let of = |rows: &Vec<RawCount>| rows.iter().map(|row| counted(row.start, row.contacts)).collect();
            actuals.served = counts.iter().map(|(queue, rows)| (queue.clone(), of(rows))).collect();
            actuals.counts = counts;
        }
        OfFile::Own { counts, table, .. } => {
            actuals.counts = counts;
            let known = &plan.names;
            let Some(table) = table else { return actuals };
            for row in table.rows() {
                let queue = if row.get("queue").is_some() { row.queue_of("queue", known, problems) } else { known.ids().first().cloned() };
                let served = start_of(&row, plan.clocks, problems).and_then(|start| served(start, &row, problems));
                if let (Some(queue), Some(served)) = (queue, served) {
                    actuals.served.entry(queue).or_default().push(served);
                }
            }
        }
    }
    actuals.served.values_mut().for_each(|served| served.sort_by_key(|of| of.start));
    actuals
}

/// An interval of which only the contacts are known.
fn counted(start: NaiveDateTime, contacts: f64) -> Served {
    Served { start, contacts, in_time: None, mean_wait: None, replies: None, replies_in_time: None, waiting: None }
}

/// Observed service of an interval.
fn served(start: NaiveDateTime, row: &Row, problems: &mut Problems) -> Option<Served> {
    let contacts = row.required_number("offered", 0.0..=MOST_A_DAY, problems)?;
    let mut number = |column, most| row.number(column, 0.0..=most, problems);
    Some(Served {
        start,
        contacts,
        in_time: number("answered_in_time", MOST_CONTACTS),
        mean_wait: number("mean_wait_seconds", MOST_HANDLING),
        replies: number("replies", MOST_CONTACTS),
        replies_in_time: number("replies_in_time", MOST_CONTACTS),
        waiting: number("waiting", MOST_CONTACTS),
    })
}
