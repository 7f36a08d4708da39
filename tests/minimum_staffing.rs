//! Minimum staffing at all times: heads, not work, counted from the roster alone.

mod support;

use peakshift::budget::Budget;
use peakshift::roster::{Assignment, MinimumStaffing, Roster, RosterProblem, check, coverage, solve, understaffing};
use peakshift::service::QueueId;
use peakshift::units::{Factor, HourlyPrice};
use peakshift::workforce::Level;
use proptest::prelude::*;
use support::{assigned, clock, day, hours, shift, team};

fn minimum(id: &str, levels: &[Level], shifts: &[&str], price: f64) -> MinimumStaffing {
    MinimumStaffing {
        id: id.into(),
        name: id.into(),
        least: 1,
        levels: levels.to_vec(),
        teams: Vec::new(),
        contracts: Vec::new(),
        skills: Vec::new(),
        shifts: shifts.iter().map(|id| (*id).to_owned()).collect(),
        weekdays: Vec::new(),
        from: clock("08:00"),
        to: clock("24:00"),
        missing_hour: HourlyPrice::new(price).unwrap(),
    }
}

/// Twelve people of whom six are seniors of any effectiveness, one of whom is required at all times.
fn with_seniors(price: f64) -> RosterProblem {
    let mut problem = team();
    for (number, person) in problem.people.iter_mut().enumerate() {
        person.employee.level = if number % 2 == 0 { Level::Senior } else { Level::Regular };
        person.effectiveness = Factor::new(0.7 + 0.1 * (number % 5) as f64).unwrap();
    }
    problem.minimum_staffing = vec![minimum("seniors", &[Level::Senior], &[], price)];
    problem
}

#[test]
fn a_senior_is_at_work_at_all_times_where_there_are_enough() {
    let problem = with_seniors(60.0);
    let solved = solve(&problem, 1, &Budget::of_effort(5));
    assert_eq!(understaffing(&problem, &solved.roster), []);
    assert_eq!(check(&problem, &solved.roster), []);
    // without the requirement it would not have been met
    let unasked = solve(&support::changed(problem.clone(), |problem| problem.minimum_staffing = Vec::new()), 1, &Budget::of_effort(5));
    assert_ne!(understaffing(&problem, &unasked.roster), []);
    assert!(solved.bound.is_some_and(|bound| bound <= solved.cost));
}

#[test]
fn who_is_missing_is_counted_by_heads_and_priced() {
    let mut problem = with_seniors(10.0);
    problem.horizon.days = 1;
    problem.grid = problem.horizon.grid(peakshift::time::Interval::HALF_HOUR);
    problem.minimum_staffing[0].least = 2;
    let roster = Roster { assignments: vec![assigned(&problem, day(0), "E")] };
    let found: Vec<_> = understaffing(&problem, &roster).iter().map(|of| (of.there, of.missing.get(), of.price.get())).collect();
    assert_eq!(found, [(1, 9.0, 90.0), (0, 14.0, 140.0)], "E is from 8 to 17");
    problem.people[0].employee.level = Level::Regular;
    assert_eq!(understaffing(&problem, &roster).iter().map(|of| of.missing.get()).sum::<f64>(), 32.0);
}

#[test]
fn a_night_over_midnight_has_two_parts() {
    let mut problem = with_seniors(10.0);
    (problem.minimum_staffing[0].from, problem.minimum_staffing[0].to) = (clock("22:00"), clock("06:00"));
    let roster = Roster { assignments: vec![assigned(&problem, day(1), "S")] };
    let missing: f64 = understaffing(&problem, &roster).iter().map(|of| of.missing.get()).sum();
    assert!((missing - (14.0 * 8.0 - 6.0)).abs() < 1e-9, "S is from 0 to 8: {missing}");
}

#[test]
fn a_reserve_is_ready_and_not_at_the_desk() {
    let mut problem = team();
    let mut ready = shift("R", "09:00", 8, false);
    (ready.is_reserve, ready.paid) = (true, hours(2.0));
    problem.shifts.push(ready);
    problem.minimum_staffing = vec![MinimumStaffing { from: clock("09:00"), to: clock("17:00"), ..minimum("reserve", &[], &["R"], 100.0) }];
    let solved = solve(&problem, 1, &Budget::of_effort(5));
    assert_eq!(check(&problem, &solved.roster), []);
    assert_eq!(understaffing(&problem, &solved.roster), []);
    let reserve: Vec<&Assignment> = solved.roster.assignments.iter().filter(|duty| duty.shift == "R").collect();
    assert!(reserve.len() >= 14 && reserve.iter().all(|duty| duty.desk_stretches().is_empty()));
    let others = Roster { assignments: solved.roster.assignments.iter().filter(|duty| duty.shift != "R").cloned().collect() };
    assert_eq!(coverage(&problem, &others), coverage(&problem, &solved.roster));
    // desk work in a reserve shift breaks a rule
    let at_desk = Assignment { offline_activities: Vec::new(), ..reserve[0].clone() };
    assert!(check(&problem, &Roster { assignments: vec![at_desk] }).iter().any(|violation| violation.rule == "reserve"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// For any minimum, the roster is legal, its cost is that of its own prices, and never below the proven bound.
    #[test]
    fn presences_leave_rosters_legal_and_bounds_below(
        least in 1_u32..4, price in 1_u32..100, from in 0_u32..24, to in 0_u32..24, days in 1_usize..15, seed in 0_u64..1000,
    ) {
        let mut problem = with_seniors(f64::from(price));
        problem.people.truncate(6);
        problem.horizon.days = days;
        problem.grid = problem.horizon.grid(peakshift::time::Interval::HALF_HOUR);
        problem.demand[0].required.truncate(problem.grid.len());
        let minimum = &mut problem.minimum_staffing[0];
        (minimum.least, minimum.from, minimum.to) = (least, clock(&format!("{from:02}:00")), clock(&format!("{to:02}:00")));
        problem.minimum_staffing.push(MinimumStaffing { skills: vec![QueueId::new("phone")], ..problem.minimum_staffing[0].clone() });
        let solved = solve(&problem, seed, &Budget::of_effort(1));
        prop_assert_eq!(check(&problem, &solved.roster), vec![]);
        prop_assert!(solved.bound.is_some_and(|bound| bound <= solved.cost));
        let without = solve(&support::changed(problem.clone(), |problem| problem.minimum_staffing = Vec::new()), seed, &Budget::of_effort(1));
        let missing = understaffing(&problem, &without.roster).iter().map(|of| of.price.get()).sum::<f64>();
        prop_assert!(solved.bound.unwrap().get() <= without.cost.get() + missing + 1e-6, "no roster undercuts the bound");
    }
}
