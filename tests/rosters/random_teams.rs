//! Random teams: every roster is legal by the checker, by this test's own count and read back from its file; its pay adds up; and it does
//! not depend on the number of threads.

use crate::support::hours;
use crate::team::random_team;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::plan::Inputs;
use peakshift::report;
use peakshift::roster::{Person, Roster, RosterProblem, Solved, check, check_rows, coverage, refit, schedule_activities, solve};
use peakshift::zone::{LocalTime, Zone};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A roster with its offline activities placed, as in a plan.
fn rostered(problem: &RosterProblem, threads: usize) -> (RosterProblem, Solved) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let mut problem = problem.clone();
        let mut solved = solve(&problem, 1, &Budget::of_effort(1));
        if !problem.activities.is_empty() {
            schedule_activities(&mut problem, &solved.roster);
            solved = refit(&problem, &solved.roster, 1, &Budget::of_effort(1));
        }
        (problem, solved)
    })
}

fn examine(seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let (mut inputs, problem) = random_team(seed, folder.path());
    let (problem, solved) = rostered(&problem, 1);
    let file = folder.path().join("roster.csv");
    let bytes = report::roster(&problem, &solved.roster).csv();
    fs::write(&file, &bytes).unwrap();
    assert_eq!(check(&problem, &solved.roster), [], "seed {seed}");
    recount(&problem, &solved.roster, seed);
    reads_back(&mut inputs, &problem, &solved.roster, &file, seed);
    pay_adds_up(&problem, &solved, seed);
    for threads in [2, 8] {
        let (problem, solved) = rostered(&problem_without_offline_activities(&problem), threads);
        assert!(report::roster(&problem, &solved.roster).csv() == bytes, "seed {seed}: another roster with {threads} threads");
    }
}

fn problem_without_offline_activities(problem: &RosterProblem) -> RosterProblem {
    let mut problem = problem.clone();
    problem.people.iter_mut().for_each(|person| person.offline_activities.clear());
    problem
}

fn reads_back(inputs: &mut Inputs, problem: &RosterProblem, roster: &Roster, file: &Path, seed: u64) {
    let (rows, read, problems) = Folder::read_roster_file(file, inputs);
    assert!(!problems.has_errors(), "seed {seed}: {problems:?}");
    assert_eq!(to_the_second(&read), to_the_second(roster), "seed {seed}");
    assert_eq!(check_rows(problem, &rows), [], "seed {seed}");
}

/// A roster with hours rounded to the second, because they are written with four digits.
fn to_the_second(roster: &Roster) -> Roster {
    let mut roster = roster.clone();
    roster.assignments.iter_mut().for_each(|duty| duty.paid = hours((duty.paid.get() * 3600.0).round() / 3600.0));
    roster
}

/// Checks that the cost is pay and understaffing penalty, and that pay is the payroll table's hours at their rates.
fn pay_adds_up(problem: &RosterProblem, solved: &Solved, seed: u64) {
    assert!(solved.bound.is_none_or(|bound| bound <= solved.cost), "seed {seed}");
    let payroll = report::payroll(problem, &solved.roster).csv();
    let payroll = String::from_utf8(payroll).unwrap();
    let pay: f64 = payroll.lines().skip(1).map(|line| line.split(',').next_back().unwrap().parse::<f64>().unwrap()).sum();
    let missing: f64 = coverage(problem, &solved.roster).iter().map(|of| of.short_cost.get()).sum();
    if problem.activities.is_empty() {
        assert!(
            (solved.cost.get() - pay - missing).abs() < 0.02 * problem.people.len() as f64,
            "seed {seed}: {} {pay} {missing}",
            solved.cost
        );
    }
    assert!(solved.unavoidable.get() <= pay + 0.02 * problem.people.len() as f64, "seed {seed}");
}

/// Recounts rest, consecutive days, hours, absences and breaks from dates alone.
fn recount(problem: &RosterProblem, roster: &Roster, seed: u64) {
    for person in &problem.people {
        let duties: Vec<_> = roster.of_agent(&person.employee.id).collect();
        for pair in duties.windows(2) {
            let (from, to) = (pair[0].end, pair[1].start);
            let passed = person.zone.as_ref().map_or((to - from).num_minutes(), |zone| zone.elapsed_minutes(from, to));
            let rest = passed as f64 / 60.0;
            assert!(rest >= problem.rules.rest.get() && pair[0].date < pair[1].date, "seed {seed}: {rest} h of rest");
        }
        let mut weeks: BTreeMap<NaiveDate, (f64, usize)> = BTreeMap::new();
        for duty in &duties {
            let monday = duty.date - Days::new(duty.date.weekday().num_days_from_monday().into());
            let week = weeks.entry(monday).or_default();
            *week = (week.0 + duty.paid.get(), week.1 + 1);
            assert!(
                person.absences.iter().all(|away| away.end <= duty.start || duty.end <= away.start),
                "seed {seed}: at work though away"
            );
            let shift = problem.shifts.iter().find(|shift| shift.id == duty.shift).unwrap();
            assert!(shift.is_reserve || duty.meals.len() == shift.meals.len(), "seed {seed}: {duty:?}");
            let skips = |from, to| never_shown(person, from, to);
            let rests_due = if skips(duty.start, duty.end) { 0..=shift.rests } else { shift.rests..=shift.rests };
            assert!(shift.is_reserve || rests_due.contains(&duty.rests.len()), "seed {seed}: {duty:?}");
            let pauses = duty.meals.iter().chain(&duty.rests).map(|pause| (pause.start, pause.end()));
            let away = duty.offline_activities.iter().filter(|_| !shift.is_reserve).map(|of| (of.start, of.end));
            assert!(!pauses.chain(away).any(|(from, to)| skips(from, to)), "seed {seed}: no clock shows a break of {duty:?}");
            let nominal = shift.paid.get();
            let clocks_change =
                person.zone.as_ref().map_or(0, |zone| zone.elapsed_minutes(duty.start, duty.end) - i64::from(shift.span_minutes));
            assert!(shift.is_reserve || (duty.paid.get() - nominal - clocks_change as f64 / 60.0).abs() < 1e-9, "seed {seed}: {duty:?}");
            let minute = |time: chrono::NaiveDateTime| (time - duty.start).num_minutes();
            assert!(duty.rests.iter().all(|rest| minute(rest.start) >= 60 && minute(rest.end()) + 60 <= i64::from(shift.span_minutes)));
        }
        for (hours, days) in weeks.values() {
            assert!(*hours <= person.employee.contract.most_hours_week.get() + 1e-6, "seed {seed}: {hours} h");
            assert!(days + problem.rules.rest_days_week as usize <= 7, "seed {seed}: {days} days");
        }
        assert!(longest_run(person, &duties.iter().map(|duty| duty.date).collect::<Vec<_>>()) <= problem.rules.most_days_running as usize);
    }
}

/// Whether the person's clocks skip a part of a period.
fn never_shown(person: &Person, from: NaiveDateTime, to: NaiveDateTime) -> bool {
    let never = |zone: &Zone| {
        let quarters = (0..(to - from).num_minutes()).step_by(5).map(|minutes| from + TimeDelta::minutes(minutes));
        quarters.into_iter().any(|time| zone.local_time(time) == LocalTime::Skipped)
    };
    person.zone.as_ref().is_some_and(never)
}

/// Longest run of working days, including the preceding ones before the plan.
fn longest_run(person: &Person, dates: &[NaiveDate]) -> usize {
    let past = |date: NaiveDate| person.past.iter().any(|duty| duty.date == date);
    let run = |date: &NaiveDate| {
        (0..400).take_while(|back| dates.contains(&(*date - Days::new(*back))) || past(*date - Days::new(*back))).count()
    };
    dates.iter().map(run).max().unwrap_or(0)
}

#[test]
fn the_first_hundred_random_teams_are_rostered_legally() {
    (0..100).for_each(examine);
}

#[test]
fn the_second_hundred_random_teams_are_rostered_legally() {
    (100..200).for_each(examine);
}

#[test]
fn the_third_hundred_random_teams_are_rostered_legally() {
    (200..300).for_each(examine);
}
