//! Promotions without effect on learning or planning.

use super::plan_intervals::takes_contacts;
use super::promotions::PROMOTIONS;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::input::text::file::read_text;
use crate::service::QueueId;
use crate::time::ClockTime;
use chrono::{NaiveDateTime, TimeDelta};
use std::path::Path;

/// Reports promotions from which nothing can be learned and for which nothing is planned: over before the first count, so long after the
/// plan that the year is probably wrong, or entirely within closed hours.
pub(in crate::input) fn note_idle(folder: &Path, plan: &PlanFile, first_count: NaiveDateTime, problems: &mut Problems) {
    let mut unheard = Problems::default();
    let text = plan.files.promotions.as_ref().and_then(|file| Some((file, read_text(folder, file, &mut unheard)?)));
    let Some((file, text)) = text else { return };
    let Some(table) = Table::parse(file, &text, PROMOTIONS, &mut unheard) else { return };
    let table = table.in_clocks(plan.clocks());
    let queues = plan.queue_names();
    let late = ClockTime::MIDNIGHT.on(plan.horizon.end()) + TimeDelta::days(MOST_DAYS_AHEAD);
    for row in table.rows() {
        let (start, end) = (row.stamp("start", &mut unheard), row.end_stamp("end", &mut unheard));
        let (Some(start), Some(end)) = (start, end) else { continue };
        if end > start && (end <= first_count || start >= late) {
            row.note_as(problems, "event_other_days", "start", format!("{}..{}", first_count.date(), late.date()), true);
        } else if STATED.iter().any(|column| row.get(column).is_some()) {
            let queue = row.queue_of("queue", &queues, &mut unheard);
            // an unknown queue has already been reported
            if queue.as_ref().is_none_or(|queue| queues.ids().contains(queue)) {
                note_closed(&row, (start, end), queue.as_ref(), plan, problems);
            }
        }
    }
}

/// Columns with a planner's expectation for the hours of a promotion.
const STATED: [&str; 3] = ["volume_multiplier", "handle_time_multiplier", "bot_deflection"];

/// Reports a promotion whose hours on the plan's days are closed in all its queues, so that its stated values have no effect.
fn note_closed(row: &Row, (start, end): (NaiveDateTime, NaiveDateTime), only: Option<&QueueId>, plan: &PlanFile, problems: &mut Problems) {
    let is_ahead = ClockTime::MIDNIGHT.on(plan.horizon.first) < end && start < ClockTime::MIDNIGHT.on(plan.horizon.end());
    let mut of_row = plan.queues.iter().filter(|queue| only.is_none_or(|only| *only == queue.id));
    if is_ahead && start < end && !of_row.any(|queue| takes_contacts(queue, (start, end), plan)) {
        row.note_as(problems, "event_closed", "start", "", true);
    }
}

/// Planners of months ahead enter promotions up to two years ahead.
const MOST_DAYS_AHEAD: i64 = 732;
