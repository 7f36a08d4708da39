//! Cross-file checks of a plan folder: inputs without use, and demands that cannot be met.

use super::place::Folder;
use crate::input::plan_file::files::Files;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::plan::Inputs;
use crate::roster::{Activity, Attendance};
use crate::workforce::{Employee, Site};
use crate::zone::{Clocks, database_version, is_over_a_year_ahead};
use std::collections::{BTreeMap, BTreeSet};

/// Sites where nobody works, and teams with joint meetings across time zones.
fn examine_sites(inputs: &Inputs, sites: &[Site], warn: &mut impl FnMut(&'static str, String)) {
    let is_of = |employee: &Employee, site: &Site| employee.site.as_ref().is_some_and(|of| of.id == site.id);
    for site in sites.iter().filter(|site| !inputs.employees.iter().any(|employee| is_of(employee, site))) {
        warn("site_without_people", site.id.clone());
    }
    let meets = |activity: &Activity| activity.attendance != Attendance::Alone;
    if !inputs.activities.iter().any(meets) {
        return;
    }
    let mut clocks: BTreeMap<&str, Option<&Clocks>> = BTreeMap::new();
    let mut scattered: BTreeSet<&str> = BTreeSet::new();
    for employee in &inputs.employees {
        if *clocks.entry(&employee.team).or_insert(employee.clocks()) != employee.clocks() {
            scattered.insert(&employee.team);
        }
    }
    scattered.into_iter().for_each(|team| warn("group_on_two_sites", team.to_owned()));
}

/// Minimum staffing that nobody can meet.
fn examine_minimum_staffing(inputs: &Inputs, warn: &mut impl FnMut(&'static str, String)) {
    for minimum in &inputs.minimum_staffing {
        for shift in minimum.shifts.iter().filter(|code| !inputs.shifts.iter().any(|shift| shift.id == **code)) {
            warn("unknown_shift", shift.clone());
        }
        if !inputs.employees.iter().any(|employee| minimum.counts(employee)) {
            warn("nobody_counts", minimum.id.clone());
        }
    }
}

impl Folder {
    /// Cross-file checks, once the whole plan, people and shifts are readable: a refused row would look like one that nobody uses.
    pub(super) fn examine_whole(&self, inputs: &Inputs, sites: &[Site], files: &Files, problems: &mut Problems) {
        let is_whole = |file: &Option<String>| file.as_ref().is_some_and(|file| !problems.refuse(file));
        if problems.refuse(&self.plan) || !is_whole(&files.agents) || !is_whole(&files.shifts) {
            return;
        }
        if !files.calendar.iter().any(|file| problems.refuse(file)) {
            self.examine_calendar(inputs, problems);
        }
        let mut warn = |code, value: String| {
            problems.push(Problem {
                code,
                is_warning: true,
                file: self.plan.clone(),
                line: None,
                column: String::new(),
                value,
                expected: String::new(),
                readings: Vec::new(),
            });
        };
        for of in &inputs.queues {
            // an empty table of agents has been told
            if !inputs.employees.is_empty() && !inputs.employees.iter().any(|employee| employee.serves(&of.queue.id)) {
                warn("nobody_serves", of.queue.id.to_string());
            }
        }
        let mut contracts: Vec<_> = inputs.employees.iter().map(|employee| &employee.contract).collect();
        contracts.dedup_by_key(|contract| &contract.id);
        for contract in contracts {
            let fits = |shift: &crate::roster::ShiftTemplate| {
                if shift.contracts.is_empty() { !contract.part_time } else { shift.contracts.contains(&contract.id) }
            };
            if !inputs.shifts.iter().any(fits) {
                warn("no_shift_fits", contract.id.clone());
            }
        }
        for activity in inputs.activities.iter().filter(|activity| activity.attendance == Attendance::WithLeader) {
            let mut led: Vec<&str> = inputs.employees.iter().filter(|employee| employee.leads).map(|leader| leader.team.as_str()).collect();
            led.dedup();
            let mut teams: Vec<&str> = inputs.employees.iter().map(|employee| employee.team.as_str()).collect();
            teams.sort_unstable();
            teams.dedup();
            for team in teams.into_iter().filter(|team| !led.contains(team)) {
                warn("group_without_leader", format!("{team}, {}", activity.id));
            }
        }
        examine_sites(inputs, sites, &mut warn);
        examine_minimum_staffing(inputs, &mut warn);
        let successions = inputs.rules.forbidden_successions.iter().flat_map(|(first, second)| [first, second]);
        for code in successions.filter(|code| !inputs.shifts.iter().any(|shift| shift.id == **code)) {
            warn("unknown_shift", code.clone());
        }
        let is_zone_used = inputs.zone.is_some() || inputs.employees.iter().any(|employee| employee.clocks().is_some());
        if is_zone_used && is_over_a_year_ahead(inputs.horizon.date(inputs.horizon.days - 1)) {
            warn("zone_database_old", database_version().to_owned());
        }
    }

    /// Gaps of the calendar.
    fn examine_calendar(&self, inputs: &Inputs, problems: &mut Problems) {
        for doubt in inputs.calendar_doubts() {
            let (code, value, expected) = doubt.words();
            let (file, column) = (self.plan.clone(), String::new());
            problems.push(Problem { code, is_warning: true, file, line: None, column, value, expected, readings: Vec::new() });
        }
    }
}
