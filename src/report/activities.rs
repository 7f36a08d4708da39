//! What people do away from the desk: when, and who misses it.

use super::advice::day_text;
use super::sheet::{Cell, Sheet};
use super::tables::{date, stamp};
use crate::roster::{Activity, Attendance, Attended, Roster, RosterProblem, attended};
use crate::words::{Lang, Part, say};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// `activity,week,agent_id,team,date,start,end,attended`: everybody's part in every activity; no time where there was none for it.
pub(super) fn activities(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let mut sheet = Sheet::new("activities", &["activity", "week", "agent_id", "team", "date", "start", "end", "attended"]);
    for part in attended(problem, roster) {
        let employee = &part.person.employee;
        let mut row = vec![Cell::text(&part.activity.id), date(part.week), Cell::text(&employee.id), Cell::text(&employee.team)];
        row.extend(match &part.occupation {
            Some(occupation) => [date(occupation.start.date()), stamp(occupation.start), stamp(occupation.end)],
            None => [Cell::Empty, Cell::Empty, Cell::Empty],
        });
        row.push(Cell::text(if part.was_there { "yes" } else { "no" }));
        sheet.rows.push(row);
    }
    sheet
}

/// For each activity who took part; when each group was away, and who misses it.
pub(super) fn activity_lines(problem: &RosterProblem, roster: &Roster, lang: Lang) -> Vec<String> {
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
            line += &say(lang, Part::Text, "activity_missed", &[&missing.join(", ")]);
        }
        line
    };
    problem.activities.iter().map(of).collect()
}

/// When each group is away, and how many of it.
fn groups(parts: &[&Attended], lang: Lang) -> Vec<String> {
    let mut sizes: BTreeMap<(NaiveDateTime, NaiveDateTime, &str), usize> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.was_there) {
        if let Some(occupation) = &part.occupation {
            *sizes.entry((occupation.start, occupation.end, &part.person.employee.team)).or_default() += 1;
        }
    }
    let line = |((start, end, group), size): (&(NaiveDateTime, NaiveDateTime, &str), &usize)| {
        let times = [start, end].map(|time| time.format("%H:%M").to_string());
        say(lang, Part::Text, "activity_group", &[group, &day_text(start.date(), lang), &times[0], &times[1], &size.to_string()])
    };
    sizes.iter().map(line).collect()
}
