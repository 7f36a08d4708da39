//! Facts of a plan folder without history and team, and today's counts.

use super::place::Folder;
use crate::calendar::Calendar;
use crate::event::{DayCurve, Event};
use crate::input::cell::from_utc::FromUtc;
use crate::input::history::counts;
use crate::input::known_ahead::{calendar, day_curves, promotions};
use crate::input::naming::queue_names::QueueNames;
use crate::input::plan_file::sections;
use crate::input::problem::collected::Problems;
use crate::intraday::Actuals;
use crate::plan::Inputs;
use crate::service::Queue;
use std::path::Path;

/// Facts of a plan folder, without history and team.
#[derive(Clone, Debug, Default)]
pub struct KnownAhead {
    /// The queues.
    pub queues: Vec<Queue>,
    /// Holidays.
    pub calendar: Calendar,
    /// Promotions.
    pub events: Vec<Event>,
    /// Intraday profiles of ordinary days and promotions.
    pub curves: Vec<DayCurve>,
}

impl Folder {
    /// Reads known facts, without histories or people; whatever has a problem is left out.
    #[must_use]
    pub fn read_facts(&self) -> KnownAhead {
        let mut problems = Problems::default();
        let plan = self.plan_text(&mut problems).and_then(|text| sections::read(&self.plan, &text, &mut problems));
        let Some(plan) = plan else { return KnownAhead::default() };
        let curves = day_curves::read(self.place(), &plan, &mut problems);
        KnownAhead {
            events: promotions::read(self.place(), &plan, &curves, &mut problems),
            calendar: calendar::read(self.place(), &plan, &mut problems),
            queues: plan.queues,
            curves: curves.0,
        }
    }

    /// Reads counts of today and of days since the end of the history, in the format of a history file.
    #[must_use]
    pub fn read_actuals(path: &Path, inputs: &Inputs) -> (Actuals, Problems) {
        let mut problems = Problems::default();
        let known = QueueNames::of(inputs.queues.iter().map(|of| (&of.queue.id, of.queue.name.as_str())));
        let actuals = counts::read_today(Path::new(""), &path.to_string_lossy(), &known, FromUtc::of_inputs(inputs), &mut problems);
        (actuals, problems)
    }
}
