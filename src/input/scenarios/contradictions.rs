//! Contradictory settings of a scenario.

use super::numbers::shown;
use crate::input::plan_file::resettings::Setting;
use crate::scenario::Change;
use crate::service::QueueId;
use crate::workforce::AgentId;

/// Keys set twice to different values, with the values.
pub(super) fn contradictions(changes: &[Change], settings: &[Setting]) -> Vec<(String, String)> {
    let mut set: Vec<(String, String)> = changes.iter().filter_map(subject).collect();
    set.extend(settings.iter().map(|setting| (format!("set.{}", setting.path), shown(&setting.value))));
    let mut found = Vec::new();
    for (place, (subject, value)) in set.iter().enumerate() {
        if let Some((_, other)) = set[..place].iter().find(|(known, other)| known == subject && other != value) {
            found.push((subject.clone(), format!("{other}, {value}")));
        }
    }
    let away = |agent: &AgentId| changes.iter().any(|change| matches!(change, Change::WithoutPeople { agents } if agents.contains(agent)));
    let needed = changes.iter().flat_map(|change| match change {
        Change::ExtraPeople(recruits) => vec![&recruits.like],
        Change::CrossTrained { agents, .. } => agents.iter().collect(),
        _ => Vec::new(),
    });
    found.extend(needed.filter(|agent| away(agent)).map(|agent| ("without_people".to_owned(), agent.to_string())));
    let dropped = |name: &String| {
        changes.iter().any(|change| matches!(change, Change::WithoutEvent { name: other } if name.starts_with(other.as_str())))
    };
    let kept = changes.iter().filter_map(|change| match change {
        Change::ResizedEvent { name, .. } | Change::MovedEvent { name, .. } => Some(name),
        _ => None,
    });
    found.extend(kept.filter(|name| dropped(name)).map(|name| ("without_events".to_owned(), name.clone())));
    found
}

/// Key and value of a change that may be set only once; factors multiply.
pub(super) fn subject(change: &Change) -> Option<(String, String)> {
    let of = |key: &str, queue: &Option<QueueId>, value: &dyn std::fmt::Display| {
        let name = queue.as_ref().map_or_else(String::new, |queue| format!(".{queue}"));
        Some((format!("{key}{name}"), value.to_string()))
    };
    match change {
        Change::BotShare { queue, share } => of("bot_share", queue, share),
        Change::MeanWait { queue, wait } => of("mean_wait_seconds", queue, wait),
        Change::AnswerWithin { queue, within } => of("answer_within_seconds", queue, within),
        Change::AnswerShare { queue, share } => of("answer_share", queue, share),
        _ => None,
    }
}
