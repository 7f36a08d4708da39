//! Reader of a scenario file: checks names against the plan, and reports changes without effect.

use crate::event::Event;
use crate::input::folder::place::Folder;
use crate::input::naming::names::Names;
use crate::input::plan_file::resettings::Setting;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::settings::section::Section;
use crate::plan::Inputs;
use crate::scenario::{Change, Idle};
use crate::service::QueueId;
use crate::time::ClockTime;
use crate::workforce::AgentId;
use chrono::NaiveDateTime;
use std::sync::Arc;

/// A scenario file being read.
pub(super) struct Reader<'a> {
    pub(super) folder: &'a Folder,
    pub(super) file: &'a str,
    pub(super) inputs: &'a Inputs,
}

impl Reader<'_> {
    pub(super) fn named_queue(&self, section: &Section, problems: &mut Problems) -> Option<QueueId> {
        let name = section.text("queue", problems)?;
        self.queue(section, "queue", name, problems)
    }

    pub(super) fn queue(&self, section: &Section, key: &str, name: &str, problems: &mut Problems) -> Option<QueueId> {
        let known = self.inputs.queues.iter().any(|of| of.queue.id.as_str() == name);
        if !known {
            let queues = Names::of(self.inputs.queues.iter().map(|of| &of.queue.id));
            section.note(problems, "unknown_queue", key, name, queues.listed());
        }
        known.then(|| QueueId::new(name))
    }

    pub(super) fn agent(&self, section: &Section, key: &str, agent: &AgentId, problems: &mut Problems) {
        if !self.inputs.employees.iter().any(|employee| &employee.id == agent) {
            section.note(problems, "unknown_agent", key, agent, "");
        }
    }

    pub(super) fn shift(&self, section: &Section, key: &str, code: &str, problems: &mut Problems) {
        if !self.inputs.shifts.iter().any(|shift| shift.id == code) {
            section.note(problems, "unknown_shift", key, code, "");
        }
    }

    /// Reports a name with which no event of the planned days or after them begins.
    pub(super) fn event(&self, section: &Section, key: &str, name: &str, problems: &mut Problems) {
        let ahead = || self.inputs.events.iter().filter(|event| event.last_date() >= self.inputs.horizon.first);
        if !ahead().any(|event: &Event| event.name.starts_with(name)) {
            let mut names: Vec<&str> = ahead().filter_map(|event| event.name.split(' ').next()).collect();
            names.dedup();
            let code = if names.is_empty() { "no_event_ahead" } else { "unknown_word" };
            section.note(problems, code, key, name, names.join(", "));
        }
    }

    /// Reports a change without effect on the plan.
    pub(super) fn note_idle(&self, section: &Section, key: &str, change: &Change, problems: &mut Problems) {
        let code = change.idle(self.inputs).map(|idle| match idle {
            Idle::Closed => "change_closed",
            Idle::NoBots => "change_without_bots",
            Idle::NoPromise => "change_without_promise",
        });
        code.into_iter().for_each(|code| section.warn(problems, code, key, ""));
    }

    /// Reports a period outside the plan: it has no effect.
    pub(super) fn note_other_days(
        &self,
        section: &Section,
        (from, until): (Option<NaiveDateTime>, Option<NaiveDateTime>),
        problems: &mut Problems,
    ) {
        let horizon = self.inputs.horizon;
        let (first, after) = (ClockTime::MIDNIGHT.on(horizon.first), ClockTime::MIDNIGHT.on(horizon.end()));
        if from.is_some_and(|from| from >= after) {
            section.warn(problems, "change_other_days", "from", horizon);
        } else if until.is_some_and(|until| until <= first) {
            section.warn(problems, "change_other_days", "until", horizon);
        }
    }

    pub(super) fn settings(&self, settings: &[Setting], line: usize, problems: &mut Problems) -> Option<Change> {
        if settings.is_empty() {
            return None;
        }
        let reading = self.folder.read_with(settings);
        for problem in reading.problems.iter().filter(|problem| !problem.is_warning) {
            let of_plan = problem.file == self.folder.plan_name() || problem.file.is_empty();
            let setting = settings.iter().rfind(|setting| setting.sets(&problem.column));
            let line = setting.or(settings.first().filter(|_| settings.len() == 1)).map_or(line, |setting| setting.line);
            let here = Problem { file: self.file.to_owned(), line: Some(line), ..problem.clone() };
            problems.push(if of_plan { here } else { problem.clone() });
        }
        if let Some(inputs) = reading.inputs.as_ref().filter(|inputs| !inputs.asks_as(self.inputs)) {
            let (days, queues) = (inputs.horizon.days, inputs.queues.len());
            let (file, column, value) = (self.file.to_owned(), "set".to_owned(), format!("{} × {days}, {queues}", inputs.horizon.first));
            let (code, expected) = ("another_plan", String::new());
            let line = settings.first().map_or(line, |setting| setting.line);
            problems.push(Problem { code, is_warning: false, file, line: Some(line), column, value, expected, readings: Vec::new() });
        }
        reading.inputs.map(|inputs| Change::Settings(Arc::new(Inputs { seed: self.inputs.seed, ..inputs })))
    }
}
