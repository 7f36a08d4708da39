//! Offline activities in words.

use crate::messages::{Lang, Part, say};
use crate::report::figures::days::day_text;
use crate::roster::{Activity, Attendance, Attended, Roster, RosterProblem, attended};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// A line for each activity: participants, times of each team, and people who miss it.
pub(in crate::report) fn activity_lines(problem: &RosterProblem, roster: &Roster, lang: Lang) -> Vec<String> {
    let parts = attended(problem, roster);
    let of = |activity: &Activity| {
        let parts: Vec<&Attended> = parts.iter().filter(|part| part.activity.id == activity.id).collect();
        let there = parts.iter().filter(|part| part.was_there).count();
        let missing: Vec<&str> = parts.iter().filter(|part| !part.was_there).map(|part| part.person.employee.id.as_str()).collect();
        let fill = [activity.name.clone(), activity.minutes.to_string(), there.to_string(), parts.len().to_string()];
        let mut line = say(lang, Part::Text, "activity_line", &fill.each_ref().map(String::as_str));
        if activity.attendance == Attendance::Group {
            line += &groups(&parts, lang).concat();
        }
        if !missing.is_empty() {
            line += &say(lang, Part::Text, "activity_missed", &[&missing.join(&say(lang, Part::Text, "list_separator", &[]))]);
        }
        line
    };
    problem.activities.iter().map(of).collect()
}

/// Time and size of each team's session.
fn groups(parts: &[&Attended], lang: Lang) -> Vec<String> {
    let mut sizes: BTreeMap<(NaiveDateTime, NaiveDateTime, &str), usize> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.was_there) {
        if let Some(offline) = &part.offline {
            *sizes.entry((offline.start, offline.end, &part.person.employee.team)).or_default() += 1;
        }
    }
    let line = |((start, end, group), size): (&(NaiveDateTime, NaiveDateTime, &str), &usize)| {
        let times = [start, end].map(|time| time.format("%H:%M").to_string());
        say(lang, Part::Text, "activity_group", &[group, &day_text(start.date(), lang), &times[0], &times[1], &size.to_string()])
    };
    sizes.iter().map(line).collect()
}
