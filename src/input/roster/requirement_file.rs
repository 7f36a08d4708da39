//! Requirement of a roster's plan: `requirement.csv`, for the agents that simulation cuts added to each queue's own need, or
//! `coverage.csv`, which has them too.

use super::written_with::{WrittenWith, note};
use crate::input::cell::from_utc::FromUtc;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::plan::{Inputs, Required};
use crate::service::QueueId;
use std::collections::BTreeMap;
use std::path::Path;

const REQUIREMENT: Shape = Shape {
    required: &["start", "queue"],
    optional: &["added_by_simulation", "required"],
    numbers: Numbers::Of(&["added_by_simulation", "required"]),
    closed: false,
};
const REQUIREMENT_FILE: &str = "requirement.csv";
const COVERAGE_FILE: &str = "coverage.csv";
const ANY: std::ops::RangeInclusive<f64> = -1e6..=1e6;

/// Reads the requirement of a roster's plan, if known. `staff` writes its own requirement in the plan's place; the roster's coverage then
/// has the plan's.
pub(in crate::input) fn beside(of: &WrittenWith, inputs: &Inputs, problems: &mut Problems) -> Option<Required> {
    let requirement = of.beside(REQUIREMENT_FILE);
    if let Some(path) = requirement.as_ref().filter(|_| of.goes_with(REQUIREMENT_FILE)) {
        if of.is_edited(path) {
            note(path, "requirement_edited", "", problems);
        }
        return read(path, REQUIREMENT_FILE, inputs, problems);
    }
    let required = of.as_written(COVERAGE_FILE).and_then(|path| read(&path, COVERAGE_FILE, inputs, problems));
    if let Some(path) = requirement {
        let code = if required.is_some() { "requirement_of_other" } else { "requirement_lost" };
        note(&path, code, of.writer(REQUIREMENT_FILE), problems);
    }
    required
}

/// Reads the requirement of a plan. Rows of other queues or days are ignored; a table without added agents belongs to no plan.
pub(in crate::input) fn read(path: &Path, file: &'static str, inputs: &Inputs, problems: &mut Problems) -> Option<Required> {
    let grid = inputs.horizon.grid(inputs.interval);
    let table = Table::read(Path::new(""), &path.to_string_lossy(), REQUIREMENT, problems)?.in_clocks(FromUtc::of_inputs(inputs));
    let (mut added, mut required) = (BTreeMap::<QueueId, Vec<f64>>::new(), BTreeMap::<QueueId, Vec<f64>>::new());
    for row in table.rows() {
        let (Some(start), Some(queue)) = (row.stamp("start", problems), row.text("queue", problems)) else { continue };
        let Some(more) = row.number("added_by_simulation", ANY, problems) else { continue };
        let in_all = if table.form.has("required") { row.number("required", ANY, problems) } else { None };
        if let Some(slot) = grid.index_of(start) {
            if let Some(agents) = in_all {
                required.entry(QueueId::new(queue)).or_insert_with(|| vec![0.0; grid.len()])[slot] = agents;
            }
            added.entry(QueueId::new(queue)).or_insert_with(|| vec![0.0; grid.len()])[slot] = more;
        }
    }
    if added.is_empty() {
        return None;
    }
    let ids = || inputs.queues.iter().map(|of| &of.queue.id);
    let added = ids().map(|queue| added.remove(queue).unwrap_or_else(|| vec![0.0; grid.len()])).collect();
    Some(Required { file, added, in_all: ids().map(|queue| required.remove(queue)).collect() })
}
