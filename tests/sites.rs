//! People at sites with local clocks and hours: their duties are given in their time, the desk's coverage in its own.

mod support;

use chrono::NaiveDate;
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::plan;
use peakshift::report;
use peakshift::roster::{Assignment, Roster, RosterProblem, at_all_clocks, check, coverage, site_shares, solve};
use peakshift::service::OpeningHours;
use peakshift::time::Interval;
use peakshift::workforce::{Pin, Site};
use peakshift::zone::Clocks;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use support::{assigned, clock, day, problem, team};

fn site(zone: &str) -> Site {
    let clocks = Clocks::of(zone.parse().unwrap(), "Asia/Shanghai".parse().unwrap());
    Site { id: zone.into(), name: zone.into(), clocks: Some(clocks), hours: None }
}

/// The problem with the shifts at everybody's clocks.
fn at_clocks(mut problem: RosterProblem) -> RosterProblem {
    let employees: Vec<_> = problem.people.iter().map(|person| person.employee.clone()).collect();
    problem.shifts = at_all_clocks(&problem.shifts, &employees, problem.horizon);
    problem
}

/// The intervals, counted from the horizon's first midnight, in which one shift of one person in a zone covers the desk.
fn at_desk(zone: &str, date: NaiveDate, shift: &str) -> Vec<usize> {
    let mut problem = problem();
    problem.people[0].employee.site = Some(site(zone));
    let problem = at_clocks(problem);
    let roster = Roster { assignments: vec![assigned(&problem, date, shift)] };
    let able = &coverage(&problem, &roster)[0].able;
    (0..able.len()).filter(|&slot| able[slot] > 0.5).collect()
}

#[test]
fn a_shift_abroad_lies_where_it_is_by_the_desks_clocks() {
    // Q is from 12 to 20, S from 0 to 8; in winter Warsaw is seven hours behind Shanghai, Auckland five ahead
    assert_eq!(at_desk("Europe/Warsaw", day(1), "Q"), (48 + 38..48 + 54).collect::<Vec<_>>());
    assert_eq!(at_desk("Pacific/Auckland", day(1), "S"), (38..54).collect::<Vec<_>>());
    assert_eq!(at_desk("Pacific/Auckland", day(0), "S"), (0..6).collect::<Vec<_>>(), "what lies before the plan is lost");
}

#[test]
fn the_search_sends_whoever_is_awake_when_the_desk_needs_somebody() {
    let mut problem = team();
    problem.people.truncate(2);
    problem.people[1].employee.site = Some(site("Pacific/Auckland"));
    // required from 19 to 3 by the desk's clocks, from Tuesday to Thursday: from 0 to 8 in Auckland, a day later
    for (slot, required) in problem.demand[0].required.iter_mut().enumerate() {
        *required = f64::from(u8::from((2 * 24 - 10..2 * 24 + 6).contains(&(slot % 96))));
    }
    let problem = at_clocks(problem);
    let solved = solve(&problem, 1, &Budget::of_effort(5));
    assert_eq!(check(&problem, &solved.roster), []);
    assert!(coverage(&problem, &solved.roster)[0].short_hours(problem.grid.interval()).get() < 1e-9);
    assert!(solved.bound.is_some_and(|bound| bound <= solved.cost));
    let is_awake = |night: u64| {
        solved.roster.assignments.iter().any(|duty| duty.shift == "S" && duty.agent.as_str() == "B" && duty.date == day(night))
    };
    assert!((0..7).all(|pair| is_awake(2 * pair + 1)));
}

#[test]
fn nobody_works_where_the_site_is_closed() {
    let mut problem = team();
    let hours = OpeningHours::daily(clock("09:00"), clock("21:00"));
    problem.people.iter_mut().for_each(|person| {
        person.employee.site = Some(Site { id: "hub".into(), name: "Hub".into(), clocks: None, hours: Some(hours.clone()) });
    });
    let solved = solve(&problem, 1, &Budget::of_effort(1));
    assert_eq!(check(&problem, &solved.roster), []);
    let worked: Vec<&str> = solved.roster.assignments.iter().map(|duty| duty.shift.as_str()).collect();
    assert!(!worked.is_empty() && worked.iter().all(|shift| ["Q", "G"].contains(shift)), "{worked:?}");
    let broken = |shift: &str| check(&problem, &Roster { assignments: vec![assigned(&problem, day(0), shift)] });
    assert_eq!(broken("L").iter().map(|violation| violation.rule).collect::<Vec<_>>(), ["site_closed"]);
    assert_eq!(broken("G"), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// For any zones and any night of a clock change, the roster is legal, the bound below its cost, and the sites' parts add up to the
    /// desk's coverage.
    #[test]
    fn rosters_of_several_zones_are_legal_and_add_up(first in 0_usize..4, zones in prop::collection::vec(0_usize..7, 5), pinned in 0_u64..14, seed in 0_u64..1000) {
        let mut problem = team();
        problem.people.truncate(5);
        problem.horizon.first = ["2026-03-23", "2026-03-30", "2026-10-20", "2026-11-30"][first].parse().unwrap();
        problem.grid = problem.horizon.grid(Interval::HALF_HOUR);
        let all = ["Asia/Shanghai", "Europe/Warsaw", "Pacific/Auckland", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"];
        for (person, &zone) in problem.people.iter_mut().zip(&zones) {
            person.employee.site = (zone > 0).then(|| site(all[zone]));
        }
        let date = problem.horizon.date(pinned as usize);
        let agent = problem.people[2].employee.id.clone();
        problem.people[2].pins.push(Pin { agent, date, shift: Some("Q".into()) });
        let problem = at_clocks(problem);
        let solved = solve(&problem, seed, &Budget::of_effort(1));
        prop_assert_eq!(check(&problem, &solved.roster), vec![]);
        prop_assert!(solved.bound.is_some_and(|bound| bound <= solved.cost));
        let is_pinned = |duty: &Assignment| duty.date == date && duty.agent.as_str() == "C" && duty.shift == "Q" && duty.pinned;
        prop_assert!(solved.roster.assignments.iter().any(is_pinned));
        let cover = coverage(&problem, &solved.roster);
        let shares = site_shares(&problem, &solved.roster, &cover);
        prop_assert_eq!(shares.is_empty(), zones.iter().all(|&zone| zone == 0));
        for slot in 0..if shares.is_empty() { 0 } else { problem.grid.len() } {
            let parts: f64 = shares.iter().map(|part| part.agents[0][slot]).sum();
            prop_assert!((parts - cover[0].rostered[slot]).abs() < 1e-6);
        }
    }
}

#[test]
fn a_shift_an_uneven_time_away_counts_by_the_part_of_each_interval() {
    let mut problem = problem();
    problem.people[0].employee.site = Some(site("Asia/Kathmandu"));
    let problem = at_clocks(problem);
    let roster = Roster { assignments: vec![assigned(&problem, day(1), "Q")] };
    let able = &coverage(&problem, &roster)[0].able;
    // from 12 to 20 two hours and a quarter behind: half of the first and of the last half-hour
    assert_eq!((able[48 + 28], able[48 + 29], able[48 + 44]), (0.5, 1.0, 0.5));
    assert!(able[48 + 27] == 0.0 && able[48 + 45] == 0.0);
}

#[test]
fn a_place_that_keeps_summer_time_is_at_the_desk_an_hour_earlier_in_winter() {
    // Q is from 12 to 20; the first hour by the desk's clocks in winter and in the summer before (release 2026f of the zone database)
    for (people, desk, winter, summer) in [
        ("America/Vancouver", "America/Los_Angeles", 11, 12),
        ("America/Edmonton", "America/Denver", 11, 12),
        ("America/Winnipeg", "America/Chicago", 11, 12),
        ("Africa/Casablanca", "Europe/Lisbon", 12, 12),
        ("Europe/Warsaw", "Europe/London", 11, 11),
        ("America/Vancouver", "America/Vancouver", 12, 12),
    ] {
        for (monday, first_hour) in [("2026-11-30", winter), ("2027-01-18", winter), ("2026-07-13", summer)] {
            let mut problem = problem();
            problem.horizon.first = monday.parse().unwrap();
            problem.grid = problem.horizon.grid(Interval::HALF_HOUR);
            let clocks = Clocks::of(people.parse().unwrap(), desk.parse().unwrap());
            problem.people[0].employee.site = Some(Site { clocks: Some(clocks), ..site(people) });
            let problem = at_clocks(problem);
            let roster = Roster { assignments: vec![assigned(&problem, problem.horizon.first, "Q")] };
            let able = &coverage(&problem, &roster)[0].able;
            let first = able.iter().position(|agents| *agents > 0.5);
            assert_eq!(first, Some(2 * first_hour), "{people} for {desk} on {monday}");
        }
    }
}

/// The tiny plan with A3 in Warsaw, where the phone's last hours are in the morning.
fn with_a_site(folder: &Path) {
    for entry in fs::read_dir("data/tiny").unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let edit = |file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
    };
    edit("plan.toml", "days = 1", "days = 1\nzone = \"Asia/Shanghai\"");
    edit(
        "plan.toml",
        "[[contract]]",
        "[[site]]\nid = \"waw\"\nname = \"Warsaw\"\nzone = \"Europe/Warsaw\"\nopen = \"06:00\"\nclose = \"22:00\"\n[[contract]]",
    );
    edit("agents.csv", "volunteers\n", "volunteers,site\n");
    edit("agents.csv", "A1,one,full,phone,senior,1.0,,2024-03-01,D,,,", "A1,one,full,phone,senior,1.0,,2024-03-01,D,,,,");
    edit("agents.csv", "no_late,", "no_late,,");
    edit("agents.csv", ",yes", ",yes,waw");
    edit("shifts.csv", "phone,,\nV", "phone,,\nM,morning,06:00,12:00,6,,,0,full,phone,,\nV");
}

#[test]
fn a_plan_folder_with_a_site_tells_local_times_and_each_sites_part() {
    let folder = tempfile::tempdir().unwrap();
    with_a_site(folder.path());
    let reading = Folder::named(folder.path()).read();
    assert!(!reading.problems.has_errors(), "{:?}", reading.problems);
    let inputs = reading.inputs.unwrap();
    let planned = plan(&inputs, &Budget::of_effort(1)).unwrap();
    assert_eq!(check(&planned.problem, &planned.solved.roster), []);
    let abroad: Vec<&Assignment> = planned.solved.roster.assignments.iter().filter(|duty| duty.agent.as_str() == "A3").collect();
    // the desk is open until 17:00, which is 10:00 in Warsaw: only a morning there helps
    assert_eq!(abroad.iter().map(|duty| duty.shift.as_str()).collect::<Vec<_>>(), ["M"]);
    assert_eq!(abroad[0].start.format("%H:%M").to_string(), "06:00");
    let output = folder.path().join("out");
    report::plan_files(&inputs, &planned, Lang::En).into_output(&output).write().unwrap();
    let text = |file: &str| fs::read_to_string(output.join(file)).unwrap();
    let row = text("roster.csv").lines().find(|line| line.contains("A3")).map(str::to_owned).unwrap();
    assert!(row.contains("2026-11-30T06:00") && row.ends_with(",waw"), "{row}");
    // from 13 to 17 by the plan's clocks
    let hours: Vec<String> = text("sites.csv").lines().filter(|line| line.contains(",waw,")).map(|line| line[11..13].to_owned()).collect();
    assert_eq!(hours, ["13", "14", "15", "16"]);
    assert!(text("explain.md").contains("Warsaw (Europe/Warsaw): 1 agent, 6.0 paid hours"), "{}", text("explain.md"));
    let (read, problems) = Folder::read_roster(&output.join("roster.csv"), &inputs);
    assert!(!problems.has_errors());
    assert_eq!(read, planned.solved.roster);
}
