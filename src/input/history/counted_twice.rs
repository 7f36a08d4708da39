//! Duplicate intervals of a history with different counts, as where rows belong to agents or shops without a column for them.

use crate::history::RawCount;
use crate::input::cell::from_utc::FromUtc;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use chrono::NaiveDateTime;
use std::collections::HashMap;

/// Whether most of a queue's intervals occur twice with different counts: a repeated export covers a few days, and has equal counts but for
/// the last of them.
pub(super) fn are_counted_twice(rows: &[RawCount], from_utc: FromUtc) -> bool {
    let mut counts: Vec<(NaiveDateTime, f64)> = rows.iter().map(|row| (row.start, row.contacts)).collect();
    counts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let of_one = |a: &(NaiveDateTime, f64), b: &(NaiveDateTime, f64)| a.0 == b.0;
    let (mut intervals, mut twice) = (0, 0);
    for of_start in counts.chunk_by(of_one) {
        intervals += 1;
        let differs = of_start.first().map(|first| first.1) != of_start.last().map(|last| last.1);
        twice += usize::from(differs && !from_utc.repeats(of_start[0].0));
    }
    twice > 1 && twice * 2 >= intervals
}

/// Reports the first interval that occurs twice with different counts, among some rows of a table.
pub(super) fn ask(table: &Table, is_of: impl Fn(&Row) -> bool, problems: &mut Problems) {
    let mut seen: HashMap<NaiveDateTime, (usize, String)> = HashMap::new();
    for row in table.rows().filter(is_of) {
        let (Some(start), Some(count)) = (row.read("start"), row.get("offered")) else { continue };
        match seen.get(&start) {
            Some((line, before)) if before != count => {
                return row.note_of(problems, "counted_twice", "offered", format!("{before}, {count}"), line.to_string());
            }
            Some(_) => {}
            None => drop(seen.insert(start, (row.line, count.to_owned()))),
        }
    }
}
