//! History files: contacts offered, by queue and interval.

use super::problem::{Problem, Problems};
use super::table::{Shape, Table};
use crate::history::RawCount;
use crate::service::QueueId;
use std::collections::BTreeMap;
use std::path::Path;

const HISTORY: Shape = Shape {
    required: &["start", "offered"],
    optional: &["queue", "handled", "abandoned", "rounds", "to_human", "bot_handled", "handling_seconds"],
};
/// A count beyond this is no count of one interval.
const MOST_CONTACTS: f64 = 1e7;

/// Counts of each queue, in the order of the files.
pub(super) type Counts = BTreeMap<QueueId, Vec<RawCount>>;

/// Reads history files. Rows without a queue belong to `only`, if the plan has one queue only.
pub(super) fn read(folder: &Path, files: &[String], known: &[QueueId], problems: &mut Problems) -> Counts {
    let mut counts = Counts::new();
    for file in files {
        if let Some(table) = Table::read(folder, file, HISTORY, problems) {
            enter(&table, known, &mut counts, problems);
        }
    }
    counts
}

/// The flat form: `start,volume[,queue]`, any queue.
pub(super) fn parse(text: &str, file: &str, problems: &mut Problems) -> Counts {
    let mut counts = Counts::new();
    if let Some(table) = Table::parse(file, text, HISTORY, problems) {
        enter(&table, &[], &mut counts, problems);
    }
    counts
}

/// The name of the queue of a flat history without a queue column.
pub(super) const ONLY_QUEUE: &str = "all";

fn enter(table: &Table, known: &[QueueId], counts: &mut Counts, problems: &mut Problems) {
    if table.is_empty() {
        return super::people::note_file(&table.file, "no_rows", problems);
    }
    if !table.has("queue") && known.len() > 1 {
        let (file, column) = (table.file.clone(), "queue".to_owned());
        problems.push(Problem {
            code: "column_missing",
            is_warning: false,
            file,
            line: Some(1),
            value: String::new(),
            expected: column.clone(),
            column,
        });
        return;
    }
    let only = known.first().cloned().unwrap_or_else(|| QueueId::new(ONLY_QUEUE));
    for row in table.rows() {
        let queue = if table.has("queue") { row.text("queue", problems).map(QueueId::new) } else { Some(only.clone()) };
        let start = row.stamp("start", problems);
        let contacts = row.required_number("offered", 0.0..=MOST_CONTACTS, problems);
        let Some(queue) = queue else { continue };
        if !known.is_empty() && !known.contains(&queue) {
            row.note(problems, "unknown_queue", "queue", "");
            continue;
        }
        if let (Some(start), Some(contacts)) = (start, contacts) {
            counts.entry(queue).or_default().push(RawCount { start, contacts });
        }
    }
}
