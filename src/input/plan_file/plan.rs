//! Validated content of a plan file.

use super::costs::Pay;
use super::files::{Files, is_one_file};
use super::queue::QueueSection;
use super::section_names::PlanNames;
use crate::capacity::HiringTerms;
use crate::input::cell::from_utc::FromUtc;
use crate::input::import::columns::map::Map;
use crate::input::naming::queue_names::QueueNames;
use crate::law::Law;
use crate::roster::{Activity, MinimumStaffing, Prices, Rules};
use crate::service::Queue;
use crate::staffing::Shrinkage;
use crate::time::{Horizon, Interval};
use crate::units::Factor;
use crate::workforce::{Contract, Site};
use crate::zone::Zone;
use chrono::NaiveDate;

/// Validated content of `plan.toml`.
#[derive(Clone, Debug)]
pub(in crate::input) struct PlanFile {
    /// Whether it is well-formed; otherwise names and missing keys depend on where the parser failed.
    pub(in crate::input) is_whole: bool,
    pub(in crate::input) name: String,
    pub(in crate::input) horizon: Horizon,
    pub(in crate::input) history_until: NaiveDate,
    pub(in crate::input) interval: Interval,
    pub(in crate::input) currency: String,
    pub(in crate::input) seed: u64,
    pub(in crate::input) replications: usize,
    /// Zone of the plan.
    pub(in crate::input) zone: Option<Zone>,
    /// Hours by which local time is ahead of UTC, for exports in UTC.
    pub(super) utc_offset: Option<f64>,
    /// Whether a zone or an offset is stated.
    pub(super) states_clocks: bool,
    /// Names of its sections.
    pub(in crate::input) names: PlanNames,
    pub(in crate::input) files: Files,
    /// What the planner says of exports in other forms.
    pub(in crate::input) imports: Vec<Map>,
    pub(in crate::input) queues: Vec<Queue>,
    /// Location of each queue's section, and its settings left to the history.
    pub(in crate::input) queue_sections: Vec<QueueSection>,
    pub(in crate::input) sites: Vec<Site>,
    pub(in crate::input) contracts: Vec<Contract>,
    pub(in crate::input) activities: Vec<Activity>,
    pub(in crate::input) minimum_staffing: Vec<MinimumStaffing>,
    pub(in crate::input) pay: Pay,
    pub(in crate::input) prices: Prices,
    pub(in crate::input) rules: Rules,
    /// Where the rules come from.
    pub(in crate::input) law: Law,
    /// What hours of public holidays are paid unless the calendar says, as a multiple of the base pay.
    pub(in crate::input) holiday_rate: Factor,
    /// Month of the preceding year in which a year's holidays are published.
    pub(in crate::input) holidays_published_month: Option<u32>,
    /// Days on which no leave may be taken.
    pub(in crate::input) leave_freeze: Vec<NaiveDate>,
    pub(in crate::input) shrinkage: Shrinkage,
    pub(in crate::input) terms: HiringTerms,
}

impl PlanFile {
    /// What the planner says of a file.
    pub(in crate::input) fn map_of(&self, file: &str) -> Option<&Map> {
        self.imports.iter().find(|map| is_one_file(&map.file, file))
    }

    /// Names of its queues.
    pub(in crate::input) fn queue_names(&self) -> QueueNames {
        QueueNames::of(self.queues.iter().map(|queue| (&queue.id, queue.name.as_str())))
    }

    /// Conversion of its tables' UTC to local time.
    pub(in crate::input) fn clocks(&self) -> FromUtc<'_> {
        match FromUtc::of(self.zone.as_ref(), self.utc_offset) {
            FromUtc::Unknown if self.states_clocks => FromUtc::Refused,
            clocks => clocks,
        }
    }
}
