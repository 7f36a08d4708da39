//! A calendar (iCalendar, RFC 5545) for each person: their shifts with breaks, for the phone.

use crate::messages::{Lang, Part, say};
use crate::roster::{Assignment, Break, Person, Roster, RosterProblem};
use chrono::NaiveTime;
use icalendar::{Calendar, Component, Event, EventLike, Property};

/// Calendars of everybody who has a shift: the person's number and the text of the file. Times are local to their work site.
pub(in crate::report) fn diaries(problem: &RosterProblem, roster: &Roster, lang: Lang) -> Vec<(String, String)> {
    let of_agent = roster.by_agent();
    let diary = |person: &Person| {
        let duties = of_agent.get(&person.employee.id)?;
        let mut diary = Calendar::new();
        // the crate escapes the text of known text properties; it does not know NAME (RFC 7986)
        let name = plain(person.employee.id.as_str());
        diary.append_property(Property::new("NAME", &name).add_parameter("VALUE", "TEXT").done());
        diary.append_property(Property::new("X-WR-CALNAME", &name));
        duties.iter().for_each(|duty| {
            diary.push(event(problem, duty, lang));
        });
        Some((person.employee.id.to_string(), diary.to_string()))
    };
    problem.people.iter().filter_map(diary).collect()
}

fn event(problem: &RosterProblem, duty: &Assignment, lang: Lang) -> Event {
    let shift = problem.shifts.iter().find(|shift| shift.id == duty.shift);
    let name = shift.map_or_else(|| duty.shift.clone(), |shift| format!("{} {}", shift.id, shift.name));
    let at = |pauses: &[Break]| pauses.iter().map(|pause| format!("{}–{}", clock(pause.start), clock(pause.end()))).collect::<Vec<_>>();
    let queues: Vec<&str> = duty.queues.iter().map(crate::service::QueueId::as_str).collect();
    let mut lines = vec![say(lang, Part::Text, "diary_queues", &[&queues.join(", ")])];
    for (key, pauses) in [("diary_meals", at(&duty.meals)), ("diary_rests", at(&duty.rests))] {
        if !pauses.is_empty() {
            lines.push(say(lang, Part::Text, key, &[&pauses.join(", ")]));
        }
    }
    for offline in &duty.offline_activities {
        lines.push(format!("{}–{} {}", clock(offline.start), clock(offline.end), offline.activity));
    }
    // an entry keeps its UID when the shift changes, so that a new file moves it; the stamp is the plan's, so that one plan gives the same
    // bytes
    let stamp = problem.horizon.first.and_time(NaiveTime::MIN).and_utc();
    Event::new()
        .uid(&plain(&format!("{}-{}@peakshift", duty.agent, duty.date)))
        .timestamp(stamp)
        .summary(&plain(&name))
        .description(&lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n"))
        .starts(duty.start)
        .ends(duty.end)
        .done()
}

/// Text on one line: the crate escapes line feeds, but a carriage return would end the line.
fn plain(text: &str) -> String {
    text.replace(|letter: char| letter.is_control(), " ")
}

fn clock(time: chrono::NaiveDateTime) -> String {
    time.format("%H:%M").to_string()
}
