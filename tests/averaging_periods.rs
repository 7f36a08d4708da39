//! Comprehensive hours: regular hours of a month or a quarter instead of a day and a week.

mod support;

use chrono::NaiveDate;
use peakshift::budget::Budget;
use peakshift::roster::{Assignment, Roster, RosterProblem, TimeAccount, check, coverage, idle_hours, missing, paid_stretches, solve};
use peakshift::units::Hours;
use peakshift::workforce::AveragingPeriod;
use proptest::prelude::*;
use support::{assigned, day, hours, problem, team};

fn october() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 10, 1)
}

/// One person with a quarterly averaging period, who has worked `worked` of its 500 hours by Monday, 30 November.
fn over_a_quarter(worked: f64) -> RosterProblem {
    let mut problem = problem();
    let person = &mut problem.people[0];
    person.employee.contract.balance = AveragingPeriod::Quarter;
    person.employee.contract.regular_hours_balance = hours(500.0);
    person.account = TimeAccount { balance: october(), balance_hours: hours(worked), ..TimeAccount::default() };
    problem
}

/// Paid hours at 100, 150 and 200 % of (day, shift) pairs.
fn rated(problem: &RosterProblem, duties: &[(u64, &str)]) -> [f64; 3] {
    let assignments: Vec<Assignment> = duties.iter().map(|(number, id)| assigned(problem, day(*number), id)).collect();
    let stretches = paid_stretches(problem, &problem.people[0], &assignments.iter().collect::<Vec<_>>());
    [1.0, 1.5, 2.0].map(|rate| stretches.iter().flatten().filter(|of| of.rate.get() == rate).map(|of| of.paid.get()).sum())
}

#[test]
fn long_days_and_sixth_days_are_no_overtime_until_the_quarter_is_full() {
    let week = [(0, "G"), (1, "G"), (2, "E"), (3, "E"), (4, "E")];
    assert_eq!(rated(&problem(), &week), [40.0, 6.0, 0.0], "G has 11 paid hours, E 8; beyond 8 a day is overtime");
    assert_eq!(rated(&over_a_quarter(400.0), &week), [46.0, 0.0, 0.0]);
    assert_eq!(rated(&over_a_quarter(480.0), &week), [20.0, 26.0, 0.0]);
    // without an account, hours are taken in proportion to the days elapsed: 60 of 92
    let mut unknown = over_a_quarter(0.0);
    unknown.people[0].account = TimeAccount::default();
    let december = [(0, "E"), (1, "E")];
    assert_eq!(rated(&unknown, &december), [16.0, 0.0, 0.0]);
}

#[test]
fn hours_that_can_still_be_made_up_are_not_lost() {
    // a fortnight from 30 November leaves 18 days, with at most 48 hours a week
    let left = 48.0 * 18.0 / 7.0;
    let idle = |worked: f64| {
        let problem = over_a_quarter(worked);
        idle_hours(&problem, &problem.people[0], &[]).get()
    };
    assert_eq!(idle(450.0), 0.0);
    assert!((idle(300.0) - (500.0 - left - 300.0)).abs() < 1e-9);
}

#[test]
fn a_months_overtime_counts_beyond_the_quarter() {
    let mut problem = over_a_quarter(490.0);
    problem.rules.most_overtime_month = Some(hours(10.0));
    let roster = |days: &[u64]| Roster { assignments: days.iter().map(|number| assigned(&problem, day(*number), "E")).collect() };
    assert_eq!(check(&problem, &roster(&[1, 2])), []);
    let broken = check(&problem, &roster(&[1, 2, 3]));
    assert_eq!(broken.iter().map(|violation| violation.rule).collect::<Vec<_>>(), ["month_overtime"]);
}

#[test]
fn a_full_quarter_leaves_nothing_but_overtime() {
    let mut problem = over_a_quarter(500.0);
    problem.rules.most_overtime_month = Some(hours(70.0));
    let solved = solve(&problem, 1, &Budget::of_effort(1));
    let worked: f64 = solved.roster.assignments.iter().map(|duty| duty.paid.get()).sum();
    assert_eq!(check(&problem, &solved.roster), []);
    assert!(worked > 60.0, "the limit binds, not the want of work: {worked} h");
}

#[test]
fn the_account_goes_on_and_begins_anew_with_the_quarter() {
    let problem = over_a_quarter(400.0);
    let duty = assigned(&problem, day(1), "E");
    let account = TimeAccount::after(&problem, &problem.people[0], &[&duty]);
    assert_eq!((account.balance, account.balance_hours.get()), (october(), 408.0));
    let mut turn = problem.clone();
    turn.horizon.first = day(28);
    let duty = assigned(&turn, day(33), "E");
    let account = TimeAccount::after(&turn, &turn.people[0], &[&duty]);
    assert_eq!((account.balance, account.balance_hours.get()), (NaiveDate::from_ymd_opt(2027, 1, 1), 8.0));
}

/// Checks that the roster of four people over a fortnight is legal and costs its pay and its shortage, counted separately. `ways` are the
/// averaging periods, `worked` the hours in the time accounts, `limit` the monthly overtime limit.
fn costs_what_it_pays(ways: &[usize], worked: u32, limit: u32, first: u64, seed: u64) -> Result<(), TestCaseError> {
    let mut problem = team();
    problem.people.truncate(4);
    problem.horizon.first = day(first);
    problem.grid = problem.horizon.grid(peakshift::time::Interval::HALF_HOUR);
    problem.rules.most_overtime_month = Some(hours(f64::from(limit)));
    for (person, way) in problem.people.iter_mut().zip(ways) {
        person.employee.contract.balance = [AveragingPeriod::Week, AveragingPeriod::Month, AveragingPeriod::Quarter][*way];
        person.employee.contract.regular_hours_balance = hours([40.0, 500.0 / 3.0, 500.0][*way]);
        let from = [None, NaiveDate::from_ymd_opt(2026, 12, 1), october()][*way];
        person.account =
            TimeAccount { balance: from, balance_hours: hours(f64::from(worked) * [0.0, 0.3, 1.0][*way]), ..TimeAccount::default() };
    }
    let solved = solve(&problem, seed, &Budget::of_effort(1));
    prop_assert_eq!(check(&problem, &solved.roster), vec![]);
    let pay = |person: &peakshift::roster::Person| {
        let duties: Vec<&Assignment> = solved.roster.of_agent(&person.employee.id).collect();
        let rated: Hours = paid_stretches(&problem, person, &duties).iter().flatten().map(|of| of.paid * of.rate).sum();
        ((rated + idle_hours(&problem, person, &duties)) * person.employee.pay).get()
    };
    let paid: f64 = problem.people.iter().map(pay).sum();
    let short = missing(&coverage(&problem, &solved.roster), problem.grid.interval()).1.get();
    prop_assert!((solved.cost.get() - paid - short).abs() < 0.01, "{} {paid} {short}", solved.cost);
    prop_assert!(solved.bound.is_some_and(|bound| bound <= solved.cost) && solved.unavoidable <= solved.cost);
    Ok(())
}

#[test]
fn a_fortnight_from_a_tuesday_can_have_more_hours_than_two_full_weeks() -> Result<(), TestCaseError> {
    // 61.8 hours before and 105 in the days of three weeks exceed the 166.7 of the month
    costs_what_it_pays(&[0, 0, 0, 1], 206, 1, 1, 0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// For any averaging periods, rosters are legal and cost their pay and their shortage, counted separately.
    #[test]
    fn rosters_cost_what_they_pay(
        ways in prop::collection::vec(0_usize..3, 4), worked in 0_u32..520, limit in 0_u32..90, first in 0_u64..35, seed in 0_u64..1000,
    ) {
        costs_what_it_pays(&ways, worked, limit, first, seed)?;
    }
}
