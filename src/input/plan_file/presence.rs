//! Sections of `plan.toml` on minimum staffing at all times.

use super::hours::weekdays;
use super::section_names::PlanNames;
use crate::input::naming::levels::{LEVELS, level_of};
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::roster::{MinimumStaffing, Prices};
use crate::service::QueueId;
use crate::time::ClockTime;
use crate::units::HourlyPrice;

/// Reads a minimum; `None` if none can be made of the section.
pub(super) fn presence(section: &Section, pay: HourlyPrice, problems: &mut Problems) -> Option<MinimumStaffing> {
    section.require("id", problems);
    let id = section.identifier("id", problems);
    let name = section.name("name", problems);
    let least = section.whole("least", 1.0..=1e4, problems).unwrap_or(1);
    let mut levels = Vec::new();
    for word in section.texts("levels", problems) {
        match level_of(word) {
            Some(level) => levels.push(level),
            None => section.note(problems, "unknown_word", "levels", word, LEVELS),
        }
    }
    let mut texts = |key| -> Vec<String> { section.texts(key, problems).into_iter().map(str::to_owned).collect() };
    let (teams, contracts, skills, shifts) = (texts("teams"), texts("contracts"), texts("skills"), texts("shifts"));
    let weekdays = weekdays(section, problems);
    let from = section.clock("from", problems).unwrap_or(ClockTime::MIDNIGHT);
    let to = section.clock("to", problems).unwrap_or(ClockTime::DAY_END);
    let missing = section.number("missing_per_hour", 0.0..=1e9, problems).unwrap_or(Prices::missing_of_pay(pay).get());
    Some(MinimumStaffing {
        name: name.or(id)?.to_owned(),
        id: id?.to_owned(),
        least: least as u32,
        levels,
        teams,
        contracts,
        skills: skills.iter().map(|id| QueueId::new(id)).collect(),
        shifts,
        weekdays,
        from,
        to,
        missing_hour: HourlyPrice::new(missing).expect("its range was checked when it was read"),
    })
}

/// Maximum number of minimum-staffing sections.
const MOST_PRESENCES: usize = 8;

pub(super) fn minimum_staffing(sections: &[Section], names: &PlanNames, pay: HourlyPrice, problems: &mut Problems) -> Vec<MinimumStaffing> {
    if let Some(section) = sections.get(MOST_PRESENCES) {
        section.note(problems, "too_many", "presence", sections.len(), MOST_PRESENCES);
    }
    let mut minimum_staffing: Vec<(usize, MinimumStaffing)> = Vec::new();
    for section in sections {
        let presence = presence(section, pay, problems);
        section.finish(problems);
        let Some(presence) = presence else { continue };
        for skill in presence.skills.iter().filter(|skill| names.queues.lack(skill.as_str())) {
            section.note(problems, "unknown_queue", "skills", skill, names.queues.listed());
        }
        for name in presence.contracts.iter().filter(|name| names.contracts.lack(name)) {
            section.note(problems, "unknown_contract", "contracts", name, names.contracts.listed());
        }
        match minimum_staffing.iter().find(|(_, known)| known.id == presence.id) {
            Some((line, _)) => section.note(problems, "twice", "id", &presence.id, line),
            None => minimum_staffing.push((section.line, presence)),
        }
    }
    minimum_staffing.into_iter().map(|(_, presence)| presence).collect()
}
