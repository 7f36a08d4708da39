//! Roster matrix: a row for each person, a column for each day.

use crate::messages::{Lang, Part, say};
use crate::report::figures::days::weekday_key;
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Assignment, Person, Roster, RosterProblem};
use crate::units::Hours;
use chrono::{Datelike, NaiveDate};

/// One row for each person, one column for each day: the shift, a day off, leave or training; hours at the end.
#[must_use]
pub fn matrix(problem: &RosterProblem, roster: &Roster, lang: Lang) -> Sheet {
    let word = |key: &str| say(lang, Part::Text, key, &[]);
    let mut sheet = Sheet::new("roster_matrix", &[]);
    sheet.columns = vec![word("agent"), word("team")];
    sheet.columns.extend(problem.horizon.dates().map(|date| format!("{} {}", date.format("%m-%d"), word(weekday_key(date.weekday())))));
    sheet.columns.extend([word("shifts"), word("paid_hours_total"), word("days_off")]);
    for person in &problem.people {
        let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
        let mut row = vec![Cell::text(&person.employee.id), Cell::text(&person.employee.team)];
        row.extend(problem.horizon.dates().map(|date| Cell::text(day_code(problem, person, &assignments, date, lang))));
        let hours: Hours = assignments.iter().map(|assignment| assignment.paid).sum();
        let days_off = problem.horizon.days - assignments.len().min(problem.horizon.days);
        row.extend([Cell::number(assignments.len() as f64, 0), Cell::number(hours.get(), 2), Cell::number(days_off as f64, 0)]);
        sheet.rows.push(row);
    }
    sheet
}

fn day_code(problem: &RosterProblem, person: &Person, assignments: &[&Assignment], date: NaiveDate, lang: Lang) -> String {
    if let Some(assignment) = assignments.iter().find(|assignment| assignment.date == date) {
        return shift_code(problem, &assignment.shift, lang);
    }
    let (start, end) = (crate::time::ClockTime::MIDNIGHT.on(date), crate::time::ClockTime::DAY_END.on(date));
    let absence = person.absences.iter().find(|absence| absence.overlaps(start, end));
    let key = match absence {
        Some(absence) if problem.rules.is_training(absence) => "code_training",
        Some(_) => "code_leave",
        None => "code_off",
    };
    say(lang, Part::Text, key, &[])
}

/// Name of the shift without 班 in Chinese, its code in English.
pub(super) fn shift_code(problem: &RosterProblem, id: &str, lang: Lang) -> String {
    let shift = problem.shifts.iter().find(|shift| shift.id == id);
    match (lang, shift) {
        (Lang::Zh, Some(shift)) => shift.short_name.clone(),
        _ => id.to_owned(),
    }
}
