//! Sections of `plan.toml` on weekly offline activities.

use super::hours::weekdays;
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::roster::{Activity, Attendance, Prices, RESERVE};
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{HourlyPrice, Hours, Money};

const WAYS: [(&str, Attendance); 3] = [("group", Attendance::Group), ("alone", Attendance::Alone), ("with_leader", Attendance::WithLeader)];
/// Name of desk work in roster files.
const AT_DESK: &str = "work";

/// Reads an activity; `None` if none can be made of the section.
pub(super) fn activity(section: &Section, contracts: &Names, pay: HourlyPrice, problems: &mut Problems) -> Option<Activity> {
    for key in ["id", "attend", "minutes"] {
        section.require(key, problems);
    }
    let id = section.identifier("id", problems);
    if let Some(taken) = id.filter(|id| [AT_DESK, RESERVE].contains(id)) {
        section.note(problems, "twice", "id", taken, section.line);
    }
    let name = section.name("name", problems);
    let attend = section.text("attend", problems);
    let attendance = attend.and_then(|word| WAYS.iter().find(|(way, _)| *way == word)).map(|(_, way)| *way);
    if let (Some(word), None) = (attend, attendance) {
        section.note(problems, "unknown_word", "attend", word, WAYS.map(|(way, _)| way).join(", "));
    }
    let minutes = section.whole("minutes", 5.0..=480.0, problems);
    let times = section.whole("times_a_week", 1.0..=7.0, problems).unwrap_or(1);
    let weekdays = weekdays(section, problems);
    let from = section.clock("from", problems).unwrap_or(ClockTime::MIDNIGHT);
    let to = section.clock("to", problems).unwrap_or(ClockTime::DAY_END);
    let missed = section.number("missed", 0.0..=1e9, problems).unwrap_or((Hours::from_minutes(60) * Prices::missing_of_pay(pay)).get());
    let for_contracts = section.texts("contracts", problems);
    for name in for_contracts.iter().filter(|name| contracts.lack(name)) {
        section.note(problems, "unknown_contract", "contracts", name, contracts.listed());
    }
    let room = to.minutes().min(DAY_MINUTES).saturating_sub(from.minutes());
    if minutes.is_some_and(|minutes| minutes > u64::from(room)) {
        section.note(problems, "no_room", "to", to, minutes.unwrap_or(0));
        return None;
    }
    Some(Activity {
        name: name.or(id)?.to_owned(),
        id: id?.to_owned(),
        attendance: attendance?,
        minutes: minutes? as u32,
        times_a_week: times as u32,
        weekdays,
        from,
        to,
        contracts: for_contracts.into_iter().map(str::to_owned).collect(),
        missed: Money::new(missed).expect("its range was checked when it was read"),
    })
}

pub(super) fn activities(sections: &[Section], contracts: &Names, pay: HourlyPrice, problems: &mut Problems) -> Vec<Activity> {
    let mut activities: Vec<(usize, Activity)> = Vec::new();
    for section in sections {
        let activity = activity(section, contracts, pay, problems);
        section.finish(problems);
        let Some(activity) = activity else { continue };
        match activities.iter().find(|(_, known)| known.id == activity.id) {
            Some((line, _)) => section.note(problems, "twice", "id", &activity.id, line),
            None => activities.push((section.line, activity)),
        }
    }
    activities.into_iter().map(|(_, activity)| activity).collect()
}
