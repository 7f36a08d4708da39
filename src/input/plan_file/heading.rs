//! Section `[plan]` of `plan.toml`: days, interval and clocks.

use super::site::zone;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::ANY;
use crate::time::Interval;
use crate::zone::Zone;
use chrono::NaiveDate;

/// Longest supported horizon, in days.
const MOST_DAYS: f64 = 56.0;

/// The section on the plan as a whole.
pub(super) struct Heading {
    pub(super) first: Option<NaiveDate>,
    pub(super) days: Option<usize>,
    /// `None` where the stated length is no valid interval.
    pub(super) interval: Option<Interval>,
    pub(super) name: String,
    /// None where the plan names no currency.
    pub(super) currency: Option<String>,
    pub(super) seed: u64,
    pub(super) replications: usize,
    /// First day after the history.
    pub(super) until: Option<NaiveDate>,
    pub(super) zone: Option<Zone>,
    /// Whether it names a zone, existing or not.
    pub(super) states_zone: bool,
    pub(super) utc_offset: Option<f64>,
    /// Whether it states a zone or an offset.
    pub(super) states_clocks: bool,
}

/// Reads the section of a document that is well-formed or not.
pub(super) fn heading(root: &Section, is_whole: bool, problems: &mut Problems) -> Heading {
    let plan = root.section("plan", problems);
    for key in ["first_day", "days"] {
        plan.require(key, problems);
    }
    let first = plan.date("first_day", problems);
    let days = plan.whole("days", 1.0..=MOST_DAYS, problems).map(|days| days as usize);
    let minutes = plan.whole("interval_minutes", 5.0..=60.0, problems).unwrap_or(30);
    let interval = Interval::from_minutes(minutes as u32).ok();
    if interval.is_none() {
        plan.note(problems, "interval_invalid", "interval_minutes", minutes, "");
    }
    let name = plan.name("name", problems).unwrap_or("").to_owned();
    let currency = plan.name("currency", problems).map(str::to_owned);
    let seed = plan.whole("seed", ANY, problems).unwrap_or(1);
    let replications = plan.whole("simulated_repetitions", 2.0..=10_000.0, problems).unwrap_or(100) as usize;
    let until = plan.date("history_until", problems);
    let zone = zone(&plan, problems);
    let utc_offset = plan.number("utc_offset_hours", -14.0..=14.0, problems);
    // a malformed plan may have stated them
    let states_clocks = !is_whole || ["zone", "utc_offset_hours"].iter().any(|key| plan.has(key));
    plan.finish(problems);
    let states_zone = plan.has("zone");
    Heading { first, days, interval, name, currency, seed, replications, until, zone, states_zone, utc_offset, states_clocks }
}
