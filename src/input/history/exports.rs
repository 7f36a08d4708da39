//! Histories in the form of another system, as counts of the plan's queues.

use crate::input::cell::from_utc::FromUtc;
use crate::input::header::synonyms::is_slip_of;
use crate::input::import::columns::map::Map;
use crate::input::import::export::{Export, Known, read};
use crate::input::naming::names::Names;
use crate::input::naming::queue_names::QueueNames;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::intraday::Counts;
use crate::plan::Inputs;
use crate::service::{OpenSpan, Queue, QueueId};
use crate::time::Interval;
use std::path::Path;

/// Problems of a table whose columns are not ours.
const OF_FORM: [&str; 12] = [
    "column_missing",
    "column_mistyped",
    "column_taken",
    "column_twice",
    "other_kind",
    "rows_mixed",
    "workbook_for_text",
    "decimal_doubtful",
    "date_order_doubtful",
    "date_without_time",
    "encoding_doubtful",
    "encoding_other",
];
/// Problems of cells that a whole column has where it is in a form of its own.
const OF_CELLS: [&str; 5] = ["not_a_date", "not_a_number", "out_of_range", "duration_doubtful", "row_length"];
/// Problems of a file in which no export was found.
pub(super) const OF_NO_TABLE: [&str; 4] = ["table_not_found", "no_rows", "no_count_column", "no_start"];

/// Whether a file that cannot be read in our form may be in that of another system: its columns are not ours, or most of its rows have
/// cells that are not. A slip in a few cells of our own form stays one.
pub(super) fn is_of_another_system(problems: &Problems, rows: usize, known: &QueueNames) -> bool {
    let errors = || problems.iter().filter(|problem| !problem.is_warning);
    // a column that tells rows apart by a queue of the plan is that of the queue
    let names_queue = |problem: &Problem| problem.value.split(", ").any(|value| known.get(value).is_some());
    let is_final = |problem: &Problem| match problem.code {
        "personal_column" | "personal_value" => true,
        "rows_mixed" => names_queue(problem),
        "column_mistyped" => is_slip_of(&problem.value, &problem.expected),
        "column_twice" => problem.expected != "queue",
        _ => false,
    };
    if errors().any(is_final) {
        return false;
    }
    let cells: usize = errors().filter(|problem| OF_CELLS.contains(&problem.kind())).map(Problem::number).sum();
    errors().any(|problem| OF_FORM.contains(&problem.code)) || cells > 0 && cells * 2 > rows
}

/// What of a plan its histories are read by.
pub(in crate::input) struct OfPlan<'a> {
    pub(super) names: QueueNames,
    /// Names of queues that may be referenced.
    pub(super) listed: Names,
    pub(super) clocks: FromUtc<'a>,
    queues: Vec<&'a Queue>,
    interval: Interval,
}

impl<'a> OfPlan<'a> {
    pub(in crate::input) fn of_file(plan: &'a PlanFile) -> Self {
        let (names, listed) = (plan.queue_names(), plan.names.queues.clone());
        Self { names, listed, clocks: plan.clocks(), queues: plan.queues.iter().collect(), interval: plan.interval }
    }

    /// When its queues are open.
    pub(super) fn hours(&self) -> Vec<OpenSpan> {
        self.queues.iter().flat_map(|queue| queue.hours.spans()).collect()
    }

    /// The same of a loaded plan, whose clocks its file may know better.
    pub(in crate::input) fn of_inputs(inputs: &'a Inputs, clocks: FromUtc<'a>) -> Self {
        let queues: Vec<&Queue> = inputs.queues.iter().map(|of| &of.queue).collect();
        let names = QueueNames::of(queues.iter().map(|queue| (&queue.id, queue.name.as_str())));
        Self { listed: Names::of(names.ids()), names, clocks, queues, interval: inputs.interval }
    }
}

/// Counts of an export, told as it was understood; all reasons for which it cannot be read are reported.
pub(super) fn read_export(folder: &Path, file: &str, plan: &OfPlan, map: Option<&Map>, problems: &mut Problems) -> Option<(Counts, bool)> {
    let names = &plan.names;
    let (zone, ahead) = match plan.clocks {
        FromUtc::Zone(zone) => (Some(zone), None),
        FromUtc::Offset(hours) => (None, Some((hours * 60.0).round() as i64)),
        FromUtc::Unknown | FromUtc::Local | FromUtc::Refused => (None, None),
    };
    let known = Known {
        map,
        zone,
        ahead,
        queues: plan.queues.iter().flat_map(|queue| [queue.id.to_string(), queue.name.clone()]).collect(),
        only_queue: names.ids().first().map(ToString::to_string).unwrap_or_default(),
        hours: Some(plan.hours()),
        interval: Some(plan.interval),
        drops_personal: map.is_some(),
    };
    let Export { counts, is_daily, understood, .. } = read(folder, file, &known, problems)?;
    let is_unnamed = names.ids().len() > 1 && !understood.columns.iter().any(|column| column.says == "queue") && counts.len() == 1;
    if is_unnamed && map.is_none_or(|map| map.fixed_queue.is_none()) {
        problems.push(Problem { column: "queue".to_owned(), expected: "queue".to_owned(), ..of_file(file, "column_missing") });
        return None;
    }
    let mut by_queue = Counts::new();
    for (name, rows) in counts {
        match names.get(&name) {
            Some(queue) => by_queue.entry(queue.clone()).or_default().extend(rows),
            None => unknown(file, name, names.ids(), problems),
        }
    }
    understood.tell(file, problems);
    Some((by_queue, is_daily))
}

/// Reports a queue that the plan does not have.
fn unknown(file: &str, value: String, known: &[QueueId], problems: &mut Problems) {
    let expected = known.iter().map(QueueId::as_str).collect::<Vec<_>>().join(", ");
    problems.push(Problem { column: "queue".to_owned(), value, expected, ..of_file(file, "unknown_queue") });
}
