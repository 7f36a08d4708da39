//! Cost breakdown of a roster: pay, premiums, understaffing penalty and planners' prices.

mod support;

use chrono::Days;
use peakshift::budget::Budget;
use peakshift::roster::{CostParts, RosterProblem, Solved, coverage, idle_hours, missing, paid_stretches, solve};
use peakshift::units::{Factor, HourlyPrice, Money};
use peakshift::workforce::Request;
use proptest::prelude::*;
use support::{clock, day, hours, person, problem, team};

/// Base pay, premiums and pay for hours not worked, counted from the shifts' paid periods alone.
fn by_hand(problem: &RosterProblem, solved: &Solved) -> [f64; 3] {
    let (mut base, mut premiums, mut idle) = (0.0, 0.0, 0.0);
    for person in &problem.people {
        let duties: Vec<_> = solved.roster.of_agent(&person.employee.id).collect();
        let pay = person.employee.pay.get();
        for stretch in paid_stretches(problem, person, &duties).into_iter().flatten() {
            base += pay * stretch.paid.get();
            premiums += pay * stretch.paid.get() * (stretch.rate.get() - 1.0);
        }
        idle += pay * idle_hours(problem, person, &duties).get();
    }
    [base, premiums, idle]
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * other.abs().max(1.0)
}

#[test]
fn a_long_week_by_hand() {
    // the desk requires one person for six days of 11 paid hours (9 to 21, an hour's meal); 8 a day and 40 a week are regular
    let mut problem = problem();
    problem.horizon.days = 7;
    problem.grid = problem.horizon.grid(peakshift::time::Interval::HALF_HOUR);
    problem.shifts.retain(|shift| shift.id == "G");
    problem.demand[0].required = (0..problem.grid.len()).map(|slot| f64::from(u8::from((18..42).contains(&(slot % 48))))).collect();
    problem.people[0].employee.contract.most_hours_week = hours(55.0);
    let solved = solve(&problem, 1, &Budget::of_effort(2));
    assert_eq!(solved.roster.assignments.len(), 5, "five days of eleven hours");
    let parts = solved.parts;
    // 55 hours at 30; on each day 3 hours beyond 8 at 1.5
    assert!(near(parts.base_pay.get(), 55.0 * 30.0) && near(parts.premiums.get(), 15.0 * 0.5 * 30.0), "{parts:?}");
    assert_eq!((parts.guaranteed_pay, parts.other()), (Money::default(), Money::default()));
    assert!(near(parts.understaffing.get(), missing(&coverage(&problem, &solved.roster), problem.grid.interval()).1.get()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// For any rates, requests and contracts, the parts add up to the cost, and each equals a count from the roster alone.
    #[test]
    fn the_parts_of_any_roster_add_up_to_its_cost(
        people in 2_usize..7, overtime in 1_u32..4, rest_day in 1_u32..4, guaranteed in 0_u32..48, refused in 0_u32..200, other in 0_u32..20,
        apart in 0_u32..30, most in 40_u32..60, block in 1_u32..4, seed in 0_u64..1000,
    ) {
        let mut problem = team();
        problem.people.truncate(people);
        problem.prices.overtime = Factor::new(1.0 + f64::from(overtime) / 4.0).unwrap();
        problem.prices.rest_day = Factor::new(1.0 + f64::from(rest_day) / 3.0).unwrap();
        problem.prices.refused_day_off = Money::new(f64::from(refused)).unwrap();
        problem.prices.other_shift = Money::new(f64::from(other)).unwrap();
        problem.prices.apart_hour = HourlyPrice::new(f64::from(apart)).unwrap();
        problem.rules.leader_share = peakshift::units::Share::new(0.5).ok();
        for (number, of) in problem.people.iter_mut().enumerate() {
            of.employee.pay = HourlyPrice::new(20.0 + 3.0 * number as f64).unwrap();
            of.employee.contract.paid_hours_week = hours(f64::from(guaranteed));
            of.employee.contract.most_hours_week = hours(f64::from(most));
            of.employee.contract.least_on_shift = block;
            of.employee.requests = vec![Request::day_off(day(0) + Days::new(seed % 7)), Request::day_off(day(0) + Days::new(8))];
            of.employee.preferred_shift = Some(["E", "L", "G"][number % 3].to_owned());
        }
        problem.people[0].employee.leads = true;
        let solved = solve(&problem, seed, &Budget::of_effort(1));
        let parts = solved.parts;
        let CostParts { base_pay, guaranteed_pay, premiums, understaffing, minimum_staffing, wishes, apart, blocks } = parts;
        let sum = base_pay + guaranteed_pay + premiums + understaffing + minimum_staffing + wishes + apart + blocks;
        prop_assert!(near(sum.get(), solved.cost.get()), "{sum} {}", solved.cost);
        prop_assert!([base_pay, guaranteed_pay, premiums, understaffing, minimum_staffing, wishes, apart, blocks].iter().all(|part| part.get() >= -1e-6), "{parts:?}");
        let [base, extra, idle] = by_hand(&problem, &solved);
        prop_assert!(near(base_pay.get(), base) && near(premiums.get(), extra) && near(guaranteed_pay.get(), idle), "{parts:?} {base} {extra} {idle}");
        prop_assert!(near(understaffing.get(), missing(&coverage(&problem, &solved.roster), problem.grid.interval()).1.get()));
        let of_shared_time: f64 = peakshift::roster::shared_time(&problem, &solved.roster).iter().map(|of| of.price.get()).sum();
        prop_assert!(near(apart.get(), of_shared_time));
        // a refused day off for each request on a worked day, an unpreferred shift for each shift other than the preferred one
        let mut wished = 0.0;
        for of in &problem.people {
            for duty in solved.roster.of_agent(&of.employee.id) {
                let refusals = of.employee.requests.iter().filter(|request| request.date == duty.date).count() as f64;
                let is_other = of.employee.preferred_shift.as_ref() != Some(&duty.shift);
                wished += refusals * problem.prices.refused_day_off.get() + if is_other { problem.prices.other_shift.get() } else { 0.0 };
            }
        }
        prop_assert!(near(wishes.get(), wished), "{wishes} {wished}");
    }
}

#[test]
fn hours_paid_for_nothing_are_pay_and_no_premium() {
    let mut problem = problem();
    problem.demand[0].required.fill(0.0);
    problem.people = vec![person("A"), person("B")];
    problem.shifts.retain(|shift| shift.start == clock("08:00"));
    let solved = solve(&problem, 1, &Budget::of_effort(1));
    let parts = solved.parts;
    // two people, two weeks of 40 hours at 30, worked or not
    assert!(near((parts.base_pay + parts.guaranteed_pay).get(), 2.0 * 2.0 * 40.0 * 30.0), "{parts:?}");
    assert_eq!((parts.premiums.get().abs() < 1e-6, parts.understaffing.get().abs() < 1e-6), (true, true));
    assert!(near(solved.cost.get(), parts.pay().get()));
}
