//! Offline activities: placed where they are missed least, kept by the search, recounted by `check`.

mod support;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use peakshift::budget::Budget;
use peakshift::roster::{
    Activity, Assignment, Attendance, OfflineActivity, QueueDemand, Roster, RosterProblem, Solved, attended, check, coverage, refit,
    schedule_activities, solve,
};
use peakshift::service::QueueId;
use peakshift::time::Interval;
use peakshift::units::Money;
use peakshift::workforce::AgentId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::{assigned, clock, day, problem, team};

fn activity(id: &str, attendance: Attendance, minutes: u32) -> Activity {
    Activity {
        id: id.into(),
        name: id.into(),
        attendance,
        minutes,
        times_a_week: 1,
        weekdays: Vec::new(),
        from: clock("00:00"),
        to: clock("24:00"),
        contracts: Vec::new(),
        missed: Money::new(60.0).unwrap(),
    }
}

fn at(date: NaiveDate, time: &str) -> NaiveDateTime {
    clock(time).on(date)
}

fn offline(activity: &str, date: NaiveDate, from: &str, to: &str) -> OfflineActivity {
    OfflineActivity { activity: activity.into(), start: at(date, from), end: at(date, to) }
}

/// A roster with its activities placed, repaired for them.
fn with_activities(problem: &mut RosterProblem, seed: u64) -> Solved {
    let solved = solve(problem, seed, &Budget::of_effort(1));
    schedule_activities(problem, &solved.roster);
    refit(problem, &solved.roster, seed, &Budget::of_effort(1))
}

/// Rules broken by an offline activity within a shift from 8 to 17 with its meal at 12.
fn broken(problem: &RosterProblem, offline: OfflineActivity) -> Vec<&'static str> {
    let duty = Assignment { offline_activities: vec![offline], ..assigned(problem, day(4), "E") };
    check(problem, &Roster { assignments: vec![duty] }).iter().map(|violation| violation.rule).collect()
}

#[test]
fn an_activity_is_known_as_long_and_at_such_times_as_the_plan_says_and_beside_breaks() {
    let mut problem = problem();
    let hour =
        Activity { weekdays: vec![Weekday::Fri], from: clock("09:00"), to: clock("16:00"), ..activity("talk", Attendance::Group, 60) };
    problem.activities = vec![hour];
    let friday = day(4);
    assert_eq!(broken(&problem, offline("talk", friday, "14:00", "15:00")), Vec::<&str>::new());
    assert_eq!(broken(&problem, offline("walk", friday, "14:00", "15:00")), ["unknown_activity"]);
    assert_eq!(broken(&problem, offline("talk", friday, "14:00", "14:30")), ["activity_times"]);
    assert_eq!(broken(&problem, offline("talk", friday, "08:30", "09:30")), ["activity_times"]);
    assert_eq!(broken(&problem, offline("talk", friday, "12:30", "13:30")), ["activity_clash"]);
    problem.activities[0].weekdays = vec![Weekday::Mon];
    assert_eq!(broken(&problem, offline("talk", friday, "14:00", "15:00")), ["activity_times"]);
}

#[test]
fn somebody_alone_leaves_the_desk_when_nobody_is_wanted() {
    let mut problem = problem();
    for (slot, required) in problem.demand[0].required.iter_mut().enumerate() {
        let quiet = slot == 2 * 48 + 20 || slot == 9 * 48 + 22;
        *required = if (16..48).contains(&(slot % 48)) && !quiet { 1.0 } else { 0.0 };
    }
    problem.activities = vec![activity("training", Attendance::Alone, 30)];
    // E on every weekday
    let duties = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map(|number| assigned(&problem, day(number), "E"));
    schedule_activities(&mut problem, &Roster { assignments: duties.to_vec() });
    let expected = [offline("training", day(2), "10:00", "10:30"), offline("training", day(9), "11:00", "11:30")];
    assert_eq!(problem.people[0].offline_activities, expected);
}

#[test]
fn whoever_is_worth_more_at_the_desk_than_the_activity_stays() {
    let mut problem = problem();
    problem.activities = vec![Activity { missed: Money::new(100.0).unwrap(), ..activity("training", Attendance::Alone, 30) }];
    // alone at a desk that requires one: half an hour away costs 0.5 · (0.1 · 60 + 0.15 · 150 + 0.75 · 360) = 149.25
    let roster = Roster { assignments: vec![assigned(&problem, day(0), "E")] };
    schedule_activities(&mut problem, &roster);
    assert_eq!(problem.people[0].offline_activities, []);
    problem.activities[0].missed = Money::new(150.0).unwrap();
    schedule_activities(&mut problem, &roster);
    assert_eq!(problem.people[0].offline_activities.len(), 1);
}

/// Three teams of four, two of them on one queue; each has a leader.
fn groups() -> RosterProblem {
    let mut problem = team();
    let mail = QueueDemand::new("mail", problem.demand[0].required.clone());
    problem.demand.push(mail);
    for (number, person) in problem.people.iter_mut().enumerate() {
        person.employee.team = format!("group {}", number / 4);
        person.employee.leads = number % 4 == 0;
        person.employee.skills = ["phone", "phone", "mail"][number / 4..=number / 4].iter().map(|id| QueueId::new(id)).collect();
    }
    problem
}

#[test]
fn no_two_groups_of_a_queue_are_away_at_once() {
    let mut problem = groups();
    problem.activities = vec![Activity { weekdays: vec![Weekday::Fri], ..activity("talk", Attendance::Group, 60) }];
    let solved = with_activities(&mut problem, 1);
    assert_eq!(check(&problem, &solved.roster), []);
    let mut times: BTreeMap<&str, BTreeSet<NaiveDateTime>> = BTreeMap::new();
    let parts = attended(&problem, &solved.roster);
    for part in parts.iter().filter(|part| part.was_there) {
        times.entry(&part.person.employee.team).or_default().insert(part.offline.as_ref().unwrap().start);
    }
    assert_eq!(times.len(), 3);
    assert!(times.values().all(|starts| starts.len() == 2 && starts.iter().all(|start| start.weekday() == Weekday::Fri)), "{times:?}");
    assert!(times["group 0"].is_disjoint(&times["group 1"]));
    assert!(parts.iter().filter(|part| part.was_there).count() > parts.len() / 2);
    // a team meeting at the time of the other team's is reported
    let mut clash = solved.roster.clone();
    let start = *times["group 0"].first().unwrap();
    for duty in clash.assignments.iter_mut().filter(|duty| duty.date == start.date()) {
        duty.offline_activities.iter_mut().for_each(|of| (of.start, of.end) = (start, start + TimeDelta::hours(1)));
    }
    assert!(check(&problem, &clash).iter().any(|violation| violation.rule == "groups_away"));
}

#[test]
fn a_leader_meets_one_after_the_other() {
    let mut problem = groups();
    problem.activities = vec![activity("one_to_one", Attendance::WithLeader, 15)];
    let solved = with_activities(&mut problem, 1);
    assert_eq!(check(&problem, &solved.roster), []);
    let of = |agent: &str| -> Vec<OfflineActivity> {
        let agent = AgentId::new(agent);
        solved.roster.of_agent(&agent).flat_map(|duty| duty.offline_activities.clone()).collect()
    };
    let leader = of("A");
    let members: Vec<OfflineActivity> = ["B", "C", "D"].into_iter().flat_map(of).collect();
    assert_eq!(members.len(), 6, "three members, two weeks");
    assert!(members.iter().all(|meeting| leader.contains(meeting)));
    assert!(leader.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn whoever_is_elsewhere_is_not_at_the_desk() {
    let mut problem = groups();
    problem.activities = vec![activity("talk", Attendance::Group, 60)];
    let solved = with_activities(&mut problem, 1);
    let without: Vec<_> = solved.roster.assignments.iter().map(|duty| Assignment { offline_activities: vec![], ..duty.clone() }).collect();
    let able = |roster: &Roster| coverage(&problem, roster).iter().flat_map(|of| of.able.clone()).sum::<f64>() * 0.5;
    let away: f64 = solved
        .roster
        .assignments
        .iter()
        .flat_map(|duty| &duty.offline_activities)
        .map(|of| (of.end - of.start).num_minutes() as f64 / 60.0)
        .sum();
    assert!(away > 0.0);
    assert!((able(&Roster { assignments: without }) - able(&solved.roster) - away).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// For any activity, time and attendance, the roster stays legal and its cost is that of its own prices.
    #[test]
    fn activities_break_no_rule(
        minutes in 1_u32..9, way in 0_usize..3, times in 1_u32..4, from in 0_u32..14, missed in 0_u32..300, first in 0_u64..7, seed in 0_u64..1000,
    ) {
        let mut problem = groups();
        problem.horizon.first = day(first);
        problem.grid = problem.horizon.grid(Interval::HALF_HOUR);
        problem.shifts.iter_mut().for_each(|shift| shift.rests = 2);
        let attendance = [Attendance::Group, Attendance::Alone, Attendance::WithLeader][way];
        problem.activities = vec![
            Activity { times_a_week: times, from: clock(&format!("{from:02}:00")), missed: Money::new(f64::from(missed)).unwrap(), ..activity("one", attendance, 15 * minutes) },
            activity("two", Attendance::Alone, 30),
        ];
        let solved = with_activities(&mut problem, seed);
        prop_assert_eq!(check(&problem, &solved.roster), vec![]);
        let last = problem.horizon.end() - Days::new(1);
        prop_assert!(solved.roster.assignments.iter().flat_map(|duty| &duty.offline_activities).all(|of| of.start.date() <= last));
    }
}
