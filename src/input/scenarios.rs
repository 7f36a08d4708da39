//! `scenarios.toml`: named changes to a plan.

use super::problem::Problems;
use super::settings::{Document, Section};
use crate::plan::Inputs;
use crate::scenario::{Change, Scenario};
use crate::service::QueueId;
use crate::units::{Factor, Seconds, Share};
use crate::workforce::AgentId;

/// Reads the scenarios of a file; names in them are checked against the plan.
pub(super) fn read(file: &str, text: &str, inputs: &Inputs, problems: &mut Problems) -> Vec<Scenario> {
    let document = Document::parse(file, text, problems);
    let root = document.root();
    let sections = root.sections("scenario", problems);
    if sections.is_empty() {
        root.note(problems, "key_missing", "scenario", "", "[[scenario]]");
    }
    root.finish(problems);
    let mut scenarios: Vec<(usize, Scenario)> = Vec::new();
    for section in &sections {
        section.require("name", problems);
        let name = section.text("name", problems).unwrap_or("").to_owned();
        let changes = changes(section, inputs, problems);
        section.finish(problems);
        if let Some((line, _)) = scenarios.iter().find(|(_, known)| known.name == name).filter(|_| !name.is_empty()) {
            section.note(problems, "twice", "name", &name, line);
        } else if name == "base" {
            section.note(problems, "twice", "name", &name, "—");
        }
        scenarios.push((section.line, Scenario { name, changes }));
    }
    scenarios.into_iter().map(|(_, scenario)| scenario).collect()
}

fn changes(section: &Section, inputs: &Inputs, problems: &mut Problems) -> Vec<Change> {
    let mut changes = Vec::new();
    let factor = |value: f64| Factor::new(value).unwrap_or(Factor::ONE);
    let share = |value: f64| Share::new(value).unwrap_or_default();
    let seconds = |value: f64| Seconds::new(value).unwrap_or_default();
    let by_queue = |key: &str, most: f64, problems: &mut Problems| {
        let pairs = section.numbers_by_name(key, 0.0..=most, problems);
        let known = |name: &str| inputs.queues.iter().any(|of| of.queue.id.as_str() == name);
        for (name, _) in pairs.iter().filter(|(name, _)| name.is_some_and(|name| !known(name))) {
            section.note(problems, "unknown_queue", key, name.unwrap_or(""), "");
        }
        pairs.into_iter().map(|(name, number)| (name.map(QueueId::new), number)).collect::<Vec<_>>()
    };
    changes.extend(by_queue("volume", 100.0, problems).into_iter().map(|(queue, value)| Change::Volume { queue, factor: factor(value) }));
    changes
        .extend(by_queue("handling", 100.0, problems).into_iter().map(|(queue, value)| Change::Handling { queue, factor: factor(value) }));
    changes.extend(by_queue("bot_share", 1.0, problems).into_iter().map(|(queue, value)| Change::BotShare { queue, share: share(value) }));
    changes.extend(
        by_queue("mean_wait_seconds", 1e5, problems).into_iter().map(|(queue, value)| Change::MeanWait { queue, wait: seconds(value) }),
    );
    changes.extend(
        by_queue("answer_within_seconds", 1e5, problems)
            .into_iter()
            .map(|(queue, value)| Change::AnswerWithin { queue, within: seconds(value) }),
    );
    changes.extend(
        by_queue("answer_share", 1.0, problems).into_iter().map(|(queue, value)| Change::AnswerShare { queue, share: share(value) }),
    );
    changes.extend(section.number("absence_share", 0.0..=0.9, problems).map(|value| Change::Absence { share: share(value) }));
    for name in section.texts("without_events", problems) {
        if !inputs.events.iter().any(|event| event.name.starts_with(name)) {
            section.note(problems, "unknown_word", "without_events", name, event_names(inputs));
        }
        changes.push(Change::WithoutEvent { name: name.to_owned() });
    }
    let people = section.sections("extra_people", problems);
    for extra in people {
        extra.require("like", problems);
        let count = extra.number("count", 1.0..=1000.0, problems).unwrap_or(1.0) as usize;
        if let Some(like) = extra.text("like", problems).map(AgentId::new) {
            if !inputs.employees.iter().any(|employee| employee.id == like) {
                extra.note(problems, "unknown_agent", "like", &like, "");
            }
            changes.push(Change::ExtraPeople { like, count });
        }
        extra.finish(problems);
    }
    changes
}

fn event_names(inputs: &Inputs) -> String {
    let mut names: Vec<&str> = inputs.events.iter().filter_map(|event| event.name.split(' ').next()).collect();
    names.dedup();
    names.join(", ")
}
