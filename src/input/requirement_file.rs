//! `requirement.csv` of a plan, for what simulation added to each queue's own need.

use super::problem::Problems;
use super::table::{Shape, Table};
use crate::plan::Inputs;
use crate::service::QueueId;
use std::collections::BTreeMap;
use std::path::Path;

const REQUIREMENT: Shape = Shape { required: &["start", "queue", "added_by_simulation"], optional: &[], closed: false };
const ANY: std::ops::RangeInclusive<f64> = -1e6..=1e6;

/// Agents added, below 0 where fewer were enough, by queue of the plan and interval. Rows of other queues or days say nothing.
pub(super) fn added(path: &Path, inputs: &Inputs, problems: &mut Problems) -> Option<Vec<Vec<f64>>> {
    let grid = inputs.horizon.grid(inputs.interval);
    let table = Table::read(Path::new(""), &path.to_string_lossy(), REQUIREMENT, problems)?;
    let mut added: BTreeMap<QueueId, Vec<f64>> = BTreeMap::new();
    for row in table.rows() {
        let (Some(start), Some(queue)) = (row.stamp("start", problems), row.text("queue", problems)) else { continue };
        let Some(more) = row.number("added_by_simulation", ANY, problems) else { continue };
        if let Some(slot) = grid.index_of(start) {
            added.entry(QueueId::new(queue)).or_insert_with(|| vec![0.0; grid.len()])[slot] = more;
        }
    }
    let of = |queue: &crate::plan::QueueInputs| added.remove(&queue.queue.id).unwrap_or_else(|| vec![0.0; grid.len()]);
    Some(inputs.queues.iter().map(of).collect())
}
