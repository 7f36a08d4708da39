//! Inputs of a queue: its settings in the plan, and its history.

use super::place::Folder;
use crate::history::{RawCount, interval_of, usual_handling};
use crate::input::plan_file::plan::PlanFile;
use crate::input::plan_file::queue::QueueSection;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::plan::QueueInputs;
use crate::service::{Channel, Queue};

/// Relative difference between a stated handling time and the history's that triggers a warning.
const HANDLING_MAY_DIFFER: f64 = 0.15;
/// Shortest plausible handling time, in seconds.
const LEAST_HANDLING: f64 = 10.0;

impl Folder {
    pub(super) fn queue(
        &self,
        plan: &PlanFile,
        queue: &Queue,
        section: QueueSection,
        counts: Vec<RawCount>,
        problems: &mut Problems,
    ) -> Option<QueueInputs> {
        let mut note = |code, is_warning, value: String, expected: String| {
            problems.push(Problem {
                code,
                is_warning,
                file: self.plan.clone(),
                line: Some(section.line),
                column: queue.id.to_string(),
                value,
                expected,
                readings: Vec::new(),
            });
        };
        let usable: Vec<_> = counts.iter().filter(|count| count.start.date() < plan.history_until).collect();
        if usable.is_empty() {
            note("queue_without_history", false, String::new(), plan.history_until.to_string());
            return None;
        }
        let Some(counted_every) = interval_of(&counts) else {
            note("interval_mixed", false, queue.id.to_string(), String::new());
            return None;
        };
        let mut dates: Vec<_> = usable.iter().map(|count| count.start.date()).collect();
        dates.sort_unstable();
        dates.dedup();
        if dates.len() < 21 {
            note("short_history", true, dates.len().to_string(), String::new());
        }
        let known = usual_handling(&counts, plan.history_until);
        if let Some(known) = known.filter(|known| known.get() < LEAST_HANDLING) {
            note("handling_implausible", true, format!("{:.1}", known.get()), String::new());
        }
        let handling = match (section.states_handling, known) {
            (true, Some(known)) if matches!(queue.channel, Channel::Voice | Channel::Deferred) => {
                let (stated, known) = (queue.handling.get(), known.get());
                if !(1.0 - HANDLING_MAY_DIFFER..=1.0 + HANDLING_MAY_DIFFER).contains(&(known / stated)) {
                    note("handling_differs", true, format!("{stated:.0}"), format!("{known:.0}"));
                }
                queue.handling
            }
            (true, _) => queue.handling,
            (false, Some(known)) => known,
            (false, None) => {
                note("handling_unknown", false, String::new(), "handling_seconds".into());
                return None;
            }
        };
        let queue = Queue { handling, ..queue.clone() };
        Some(QueueInputs { queue, counts, counted_every, overrides: Vec::new(), bots_down: Vec::new() })
    }
}
