//! Histories in the form of another system, as counts of the plan's queues.

use crate::history::RawCount;
use crate::input::cell::from_utc::FromUtc;
use crate::input::import::export::{Export, Known, read};
use crate::input::import::map::Map;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::intraday::Counts;
use crate::service::QueueId;
use std::path::Path;

/// Counts of an export, told as it was understood; all reasons for which it cannot be read are reported.
pub(super) fn read_export(
    folder: &Path,
    file: &str,
    plan: &PlanFile,
    map: Option<&Map>,
    problems: &mut Problems,
) -> Option<(Counts, bool)> {
    let names = plan.queue_names();
    let (zone, ahead) = match plan.clocks() {
        FromUtc::Zone(zone) => (Some(zone), None),
        FromUtc::Offset(hours) => (None, Some((hours * 60.0).round() as i64)),
        FromUtc::Unknown | FromUtc::Local | FromUtc::Refused => (None, None),
    };
    let [opening, closing] = [
        plan.queues.iter().map(|queue| queue.hours.open.minutes()).min(),
        plan.queues.iter().map(|queue| queue.hours.close.minutes()).max(),
    ];
    let known = Known {
        map,
        zone,
        ahead,
        queues: plan.queues.iter().flat_map(|queue| [queue.id.to_string(), queue.name.clone()]).collect(),
        only_queue: names.ids().first().map(ToString::to_string).unwrap_or_default(),
        hours: opening.zip(closing),
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
            None => unknown(file, &name, &rows, names.ids(), problems),
        }
    }
    understood.tell(file, problems);
    Some((by_queue, is_daily))
}

/// Reports a queue that the plan does not have.
fn unknown(file: &str, name: &str, rows: &[RawCount], known: &[QueueId], problems: &mut Problems) {
    let expected = known.iter().map(QueueId::as_str).collect::<Vec<_>>().join(", ");
    let value = name.to_owned();
    debug_assert!(!rows.is_empty(), "a queue comes from a row");
    problems.push(Problem { column: "queue".to_owned(), value, expected, ..of_file(file, "unknown_queue") });
}
