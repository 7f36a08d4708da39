//! The table of activities and the forms made from it, over random teams, zones and clock changes.

use crate::team::random_team;
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use peakshift::budget::Budget;
use peakshift::messages::Lang;
use peakshift::outside::{OutsideId, OutsideIds};
use peakshift::report::{Doing, Schedule, Sheet, cxone_schedule, google_calendar, payroll, teams_book};
use peakshift::roster::{Roster, RosterProblem, draft, refit, schedule_activities};
use std::collections::BTreeMap;
use std::io::Cursor;

/// A random team's roster, with its offline activities.
fn rostered(seed: u64) -> (RosterProblem, Roster) {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut problem) = random_team(seed, folder.path());
    let mut roster = draft(&problem, 1, &Budget::of_effort(1)).roster;
    if !problem.activities.is_empty() {
        schedule_activities(&mut problem, &roster);
        roster = refit(&problem, &roster, 1, &Budget::of_effort(1)).roster;
    }
    (problem, roster)
}

fn text(sheet: &Sheet, row: usize, column: &str) -> String {
    sheet.rows[row][sheet.columns.iter().position(|of| of == column).unwrap()].show()
}

fn ids(problem: &RosterProblem) -> OutsideIds {
    let outside = |id: &str| OutsideId { id: format!("{id}@Example.com"), group: Some("front, desk".into()) };
    problem.people.iter().map(|person| (person.employee.id.clone(), outside(person.employee.id.as_str()))).collect()
}

/// Start and end of each agent's shifts.
type Worked = Vec<(String, NaiveDateTime, NaiveDateTime)>;

fn worked(roster: &Roster) -> Worked {
    let mut worked: Worked = roster.assignments.iter().map(|of| (of.agent.to_string(), of.start, of.end)).collect();
    worked.sort();
    worked
}

fn sorted(mut worked: Worked) -> Worked {
    worked.sort();
    worked.dedup();
    worked
}

fn moment(date: &str, time: &str, form: (&str, &str)) -> NaiveDateTime {
    NaiveDate::parse_from_str(date, form.0).unwrap().and_time(NaiveTime::parse_from_str(time, form.1).unwrap())
}

/// Rows cover each shift without gaps or overlaps, and their paid hours are those of the payroll.
fn tidy_is_the_roster(problem: &RosterProblem, roster: &Roster, seed: u64) {
    let schedule = Schedule::of(problem, roster);
    assert_eq!(schedule.shifts.len(), roster.assignments.len(), "seed {seed}");
    for shift in &schedule.shifts {
        let (of, parts) = (shift.assignment, &shift.parts);
        assert_eq!((parts[0].start, parts.last().unwrap().end), (of.start, of.end), "seed {seed}");
        assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].doing != pair[1].doing), "seed {seed} {parts:?}");
        assert!(parts.iter().all(|part| part.start < part.end && part.paid_hours >= 0.0), "seed {seed}");
        let is_reserve = problem.shifts.iter().any(|template| template.id == of.shift && template.is_reserve);
        for part in parts {
            let zone = shift.person.zone.as_ref();
            let minutes = zone.map_or((part.end - part.start).num_minutes(), |zone| zone.elapsed_minutes(part.start, part.end)) as f64;
            assert!(
                is_reserve || part.doing == Doing::Meal || (part.paid_hours - minutes / 60.0).abs() < 1e-3,
                "seed {seed} {part:?} {minutes}"
            );
            assert_eq!(part.doing == Doing::Work, of.at_desk(part.start), "seed {seed} {part:?}");
        }
    }
    let tidy = schedule.tidy();
    let mut paid: BTreeMap<String, f64> = BTreeMap::new();
    for row in 0..tidy.rows.len() {
        let hours: f64 = text(&tidy, row, "paid_hours").parse().unwrap();
        assert!(text(&tidy, row, "paid") == "yes" || hours == 0.0);
        *paid.entry(text(&tidy, row, "agent_id")).or_default() += hours;
    }
    let pay = payroll(problem, roster);
    for row in 0..pay.rows.len() {
        let hours: f64 = text(&pay, row, "hours_worked").parse().unwrap();
        let of_tidy = paid.get(&text(&pay, row, "agent_id")).copied().unwrap_or_default();
        assert!((hours - of_tidy).abs() < 0.02, "seed {seed}: {hours} paid, {of_tidy} in the table");
    }
}

/// Lines of CXone in UTC: the shift, and what lies over it.
fn cxone_says_when(problem: &RosterProblem, roster: &Roster, seed: u64) {
    let schedule = Schedule::of(problem, roster);
    let sheet = cxone_schedule(&schedule, &ids(problem), Lang::En);
    let csv = String::from_utf8(sheet.csv()).unwrap();
    assert!(csv.lines().all(|line| line.matches(',').count() == 8) && !csv.contains('"'), "seed {seed}: {csv}");
    let utc = |row: usize, column: &str| {
        let zone = text(&sheet, row, "Local Time Zone*");
        let (sign, clock) = zone["UTC".len()..].split_at(1);
        let (hours, minutes) = clock.split_once(':').unwrap();
        let ahead = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
        let local = NaiveDateTime::parse_from_str(&text(&sheet, row, column), "%m/%d/%Y %H:%M:%S").unwrap();
        local - TimeDelta::minutes(if sign == "-" { -ahead } else { ahead })
    };
    let mut row = 0;
    for shift in schedule.shifts.iter().filter(|shift| shift.person.zone.is_some()) {
        let (of, zone) = (shift.assignment, shift.person.zone.as_ref().unwrap());
        let over: Vec<_> = shift.parts.iter().filter(|part| part.doing != Doing::Work).collect();
        for place in 0..over.len().max(1) {
            assert_eq!(text(&sheet, row, "Username*"), format!("{}@example.com", of.agent).to_lowercase());
            assert_eq!(utc(row, "Shift Start Date and Time*"), zone.utc_at(of.start), "seed {seed}");
            assert_eq!(utc(row, "Shift End Date and Time*"), zone.utc_at(of.end), "seed {seed} {of:?}");
            if let Some(part) = over.get(place) {
                let told = (utc(row, "Activity Start Date and Time"), utc(row, "Activity End Date and Time"));
                assert_eq!(told, (zone.utc_at(part.start), zone.utc_at(part.end)), "seed {seed} {part:?}");
            }
            row += 1;
        }
    }
    assert_eq!(row, sheet.rows.len(), "seed {seed}");
}

fn google_and_teams_read_back(problem: &RosterProblem, roster: &Roster, seed: u64) {
    let schedule = Schedule::of(problem, roster);
    let sheet = google_calendar(&schedule, &OutsideIds::new(), Lang::Zh);
    let google = (0..sheet.rows.len()).map(|row| {
        let of = |column: &str| text(&sheet, row, column);
        let form = ("%m/%d/%Y", "%I:%M %p");
        let agent = of("Subject").split_once(' ').unwrap().0.to_owned();
        (agent, moment(&of("Start Date"), &of("Start Time"), form), moment(&of("End Date"), &of("End Time"), form))
    });
    assert_eq!(sorted(google.collect()), worked(roster), "seed {seed}");

    let book = teams_book(&schedule, &ids(problem), problem.horizon.first, Lang::En).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let range = book.worksheet_range("Shifts").unwrap();
    let titles: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let place = |title: &str| titles.iter().position(|of| of == title).unwrap();
    let teams = range.rows().skip(1).map(|cells: &[Data]| {
        let of = |title: &str| cells[place(title)].to_string();
        assert_eq!((of("Theme Color"), of("Shared"), of("Group")), ("7. Gray".into(), "2. Not Shared".into(), "front, desk".into()));
        let (form, agent) = (("%m/%d/%Y", "%H:%M"), of("Member"));
        assert_eq!(of("Work Email"), format!("{agent}@Example.com"));
        let minutes: f64 = of("Unpaid Break (minutes)").parse().unwrap();
        let start = moment(&of("Shift Start Date"), &of("Shift Start Time"), form);
        let duty = roster.assignments.iter().find(|duty| duty.agent.as_str() == agent && duty.start == start).unwrap();
        assert!(minutes <= duty.meals.iter().map(|meal| f64::from(meal.minutes)).sum(), "seed {seed}");
        (agent, start, moment(&of("Shift End Date"), &of("Shift End Time"), form))
    });
    assert_eq!(sorted(teams.collect()), worked(roster), "seed {seed}");
}

#[test]
fn every_form_says_what_the_roster_says() {
    let (mut nights, mut changes, mut activities) = (0, 0, 0);
    for seed in 0..160 {
        let (problem, roster) = rostered(seed);
        tidy_is_the_roster(&problem, &roster, seed);
        cxone_says_when(&problem, &roster, seed);
        google_and_teams_read_back(&problem, &roster, seed);
        for of in &roster.assignments {
            let zone = problem.people.iter().find(|person| person.employee.id == of.agent).and_then(|person| person.zone.clone());
            nights += usize::from(of.start.date() != of.end.date());
            changes += usize::from(zone.is_some_and(|zone| zone.elapsed_minutes(of.start, of.end) != (of.end - of.start).num_minutes()));
            activities += of.offline_activities.len();
        }
    }
    assert!(nights > 20 && changes > 0 && activities > 10, "{nights} nights, {changes} clock changes, {activities} activities");
}
