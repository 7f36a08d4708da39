//! A calendar for each person: their shifts with breaks, for the phone.

use crate::diary::{Content, Diary, Entry};
use crate::messages::{Lang, Part, say};
use crate::roster::{Assignment, Break, Person, Roster, RosterProblem, ShiftTemplate};
use crate::zone::Zone;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Calendars of everybody who has a shift, by the person's number. Times are local to their work site, in its zone where that is known.
pub(in crate::report) fn diaries(problem: &RosterProblem, roster: &Roster, stamp: NaiveDateTime, lang: Lang) -> BTreeMap<String, Diary> {
    let of_agent = roster.by_agent();
    let diary = |person: &Person| {
        let duties = of_agent.get(&person.employee.id)?;
        let entry = |duty: &&Assignment| Entry::new(duty.date, stamp, &content(problem, person, duty, lang));
        Some((person.employee.id.to_string(), Diary::of(duties.iter().map(entry))))
    };
    problem.people.iter().filter_map(diary).collect()
}

fn content(problem: &RosterProblem, person: &Person, duty: &Assignment, lang: Lang) -> Content {
    let shift = problem.shifts.iter().find(|shift| shift.id == duty.shift);
    let at = |pauses: &[Break]| pauses.iter().map(|pause| span(pause.start, pause.end())).collect::<Vec<_>>();
    let queues: Vec<&str> = duty.queues().into_iter().map(crate::service::QueueId::as_str).collect();
    let mut lines = vec![say(lang, Part::Text, "diary_queues", &[&queues.join(", ")])];
    for (key, pauses) in [("diary_meals", at(&duty.meals)), ("diary_rests", at(&duty.rests))] {
        if !pauses.is_empty() {
            lines.push(say(lang, Part::Text, key, &[&pauses.join(", ")]));
        }
    }
    lines.extend(duty.offline_activities.iter().map(|offline| format!("{} {}", span(offline.start, offline.end), offline.activity)));
    let zone = person.zone.as_ref().map(Zone::name);
    let mut content = Content::default();
    content.text("SUMMARY", &shift.map_or_else(|| duty.shift.clone(), title));
    content.text("DESCRIPTION", &lines.join("\n"));
    content.time("DTSTART", duty.start, zone);
    content.time("DTEND", duty.end, zone);
    content
}

/// Code and name of a shift; the name alone where it begins with the code.
fn title(shift: &ShiftTemplate) -> String {
    let begins = shift.name.to_lowercase().starts_with(&shift.id.to_lowercase());
    if begins { shift.name.clone() } else { format!("{} {}", shift.id, shift.name) }
}

fn span(start: NaiveDateTime, end: NaiveDateTime) -> String {
    format!("{}–{}", start.format("%H:%M"), end.format("%H:%M"))
}
