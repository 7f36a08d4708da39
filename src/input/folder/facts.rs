//! Facts of a plan folder without history and team, and today's counts.

use super::place::Folder;
use crate::calendar::Calendar;
use crate::event::{DayCurve, Event};
use crate::input::cell::from_utc::FromUtc;
use crate::input::history::exports::OfPlan;
use crate::input::history::today;
use crate::input::import::columns::map::Map;
use crate::input::known_ahead::{calendar, day_curves, promotions};
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

    /// Reads counts of today and of days since the end of the history, in the format of a history file or as an export of another system.
    #[must_use]
    pub fn read_actuals(path: &Path, inputs: &Inputs) -> (Actuals, Problems) {
        let mut problems = Problems::default();
        let plan = OfPlan::of_inputs(inputs, FromUtc::of_inputs(inputs));
        let actuals = today::read(Path::new(""), &path.to_string_lossy(), &plan, None, &mut problems);
        (actuals, problems)
    }

    /// The same, as an `[[import]]` of the plan says where it names this file.
    #[must_use]
    pub fn read_today(&self, path: &Path, inputs: &Inputs) -> (Actuals, Problems) {
        // what is wrong with the plan was told when it was loaded
        let mut known = Problems::default();
        let plan = self.plan_text(&mut known).and_then(|text| sections::read(&self.plan, &text, &mut known));
        let Some(plan) = plan else { return Self::read_actuals(path, inputs) };
        let is_of = |map: &&Map| Path::new(&map.file).file_name() == path.file_name();
        let map = plan.imports.iter().filter(is_of).max_by_key(|map| map.is_of_today);
        let mut problems = Problems::default();
        let of_plan = OfPlan::of_inputs(inputs, plan.clocks());
        let actuals = today::read(Path::new(""), &path.to_string_lossy(), &of_plan, map, &mut problems);
        (actuals, problems)
    }
}
