//! Capacity plans: hires against all other plans of small problems, and the table of a team.

use peakshift::budget::Budget;
use peakshift::capacity::{CapacityPlan, CapacityProblem, HiringTerms, HoursCurve, Overtime, Pool, Recruit, Tangent, Temp, solve};
use peakshift::input::Folder;
use peakshift::outcome::Outcome;
use peakshift::plan::{Hiring, Inputs, hiring};
use peakshift::units::HourlyPrice;
use proptest::prelude::*;
use std::path::Path;

/// A week in which each missing hour below `hours` costs 2, and 8 below half of them.
fn needs(hours: f64) -> HoursCurve {
    let tangent = |price, at: f64, short_cost| Tangent { price, hours: at, short_hours: hours - at, short_cost };
    HoursCurve(vec![tangent(2.0, hours, 0.0), tangent(8.0, hours / 2.0, hours)])
}

/// One queue with current headcount; new hires work at half speed in their first week.
fn problem(wanted: &[f64], there: f64, once: f64, temp_pay: f64) -> CapacityProblem {
    let weeks = wanted.len();
    let recruit = Recruit {
        first_week: 1,
        hours: (0..weeks).map(|week| if week == 0 { 5.0 } else { 10.0 }).collect(),
        pay: vec![6.0; weeks],
        once,
        most: 3,
    };
    CapacityProblem {
        needs: vec![wanted.iter().map(|hours| needs(*hours)).collect()],
        pools: vec![Pool { queues: vec![0], hours: (0..weeks).map(|week| there * 0.9f64.powi(week as i32)).collect() }],
        recruits: vec![recruit],
        temp: Temp { weeks: 2, hours: 8.0, pay: temp_pay, most: 1 },
        overtime: Overtime { share: 0.0, pay: 1.0 },
    }
}

/// Cost of hires and temps in each week, by hand.
fn cost(problem: &CapacityProblem, hires: &[u32], temps: &[u32]) -> f64 {
    let weeks = problem.needs[0].len();
    let (recruit, temp) = (&problem.recruits[0], &problem.temp);
    let mut cost = 0.0;
    for week in 0..weeks {
        let given: f64 = (0..=week).map(|start| f64::from(hires[start]) * recruit.hours[week - start]).sum();
        let there: u32 = temps[(week + 1).saturating_sub(temp.weeks)..=week].iter().sum();
        let hours = problem.pools[0].hours[week] + given + f64::from(there) * temp.hours;
        cost += problem.needs[0][week].short_cost(hours) + f64::from(there) * temp.pay;
        cost += f64::from(hires[week]) * (recruit.once + recruit.pay[week..].iter().sum::<f64>());
    }
    cost
}

/// All vectors of whole numbers up to `most`.
fn all(length: usize, most: u32) -> Vec<Vec<u32>> {
    (0..length).fold(vec![Vec::new()], |known, _| {
        known.iter().flat_map(|start| (0..=most).map(move |next| [start.as_slice(), &[next]].concat())).collect()
    })
}

/// Plan and bound of a completed search.
fn solved(problem: &CapacityProblem) -> (CapacityPlan, f64) {
    match solve(problem, &Budget::of_effort(10)) {
        Outcome::Optimal { found, bound } | Outcome::Feasible { found, bound } => (found, bound),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_plan_is_cheaper(wanted in prop::collection::vec(10.0..60.0f64, 4), there in 5.0..40.0f64, once in 0.0..60.0f64, temp_pay in 1.0..20.0f64) {
        let problem = problem(&wanted, there, once, temp_pay);
        let (plan, bound) = solved(&problem);
        let counted = plan.cost(&problem).unwrap();
        let hires = all(4, 3).into_iter().filter(|hires| hires[0] == 0);
        let temps: Vec<Vec<u32>> = all(4, 1).into_iter().filter(|temps| temps.windows(2).all(|pair| pair[0] + pair[1] <= 1)).collect();
        let best = hires.flat_map(|hires| temps.iter().map(|temps| cost(&problem, &hires, temps)).collect::<Vec<_>>()).fold(f64::INFINITY, f64::min);
        prop_assert!(bound <= best + 1e-6, "bound {bound} above {best}");
        prop_assert!(counted <= best * 1.005 + 1e-6, "{counted} against {best}");
        let by_hand = cost(&problem, &plan.newcomers.hires[0], &plan.newcomers.temps[0]);
        prop_assert!((by_hand - counted).abs() < 1e-5, "the cost is what its parts cost");
    }
}

#[test]
fn people_of_two_skills_are_where_they_are_missed_most() {
    let mut problem = problem(&[20.0, 20.0], 0.0, 1e6, 1e6);
    problem.needs.push(vec![needs(20.0), needs(10.0)]);
    problem.recruits.push(problem.recruits[0].clone());
    problem.pools = vec![Pool { queues: vec![0, 1], hours: vec![30.0, 30.0] }];
    let plan = solved(&problem).0;
    let hours = |queue: usize| plan.hours(&problem, queue, 0);
    // 40 hours are required in the first week, 30 in the second; every queue has at least its costly half
    assert!((hours(0) + hours(1) - 30.0).abs() < 1e-6 && hours(0) >= 10.0 - 1e-6 && hours(1) >= 10.0 - 1e-6);
    let cost = plan.cost(&problem).unwrap();
    assert!((cost - 20.0).abs() < 1e-6, "ten missing hours at 2: {cost}");
}

fn team(months: u32) -> (Inputs, Hiring) {
    let inputs = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/qinghe")).read().inputs.unwrap();
    let hiring = hiring(&inputs, months, &Budget::of_effort(100)).unwrap();
    (inputs, hiring)
}

#[test]
fn a_year_of_the_worked_example_is_near_its_bound_and_adds_up() {
    let (inputs, year) = team(12);
    assert!(year.gap().unwrap() <= 0.01 && year.interrupted.is_none(), "{} against {:?}", year.cost, year.bound);
    assert!(year.cost < year.cost_without, "hiring is worth it");
    assert_eq!(year.weeks.len(), 52 * inputs.queues.len());
    let mut total = 0.0;
    for week in &year.weeks {
        let hired = week.hours - week.own_hours - week.temp_hours - week.overtime;
        assert!(hired > -1e-6 && (hired < 1e-6 || week.hired_people > 0.0), "{week:?}");
        assert!(week.short_hours < week.required_hours && week.short_hours >= -1e-6, "{week:?}");
        assert_eq!(week.hires > 0, week.hire_by.is_some());
        if let Some(by) = week.hire_by {
            assert_eq!((week.first - by).num_days(), 30);
            assert!(by >= inputs.horizon.first, "nobody is to be hired yesterday: {by}");
        }
        total += week.staff_cost + week.short_cost;
    }
    assert!((total - year.cost).abs() < 1.0, "{total} against {}", year.cost);
    // Double 11 of the following year is not in the file yet
    assert!(year.repeated.iter().any(|event| event.name.starts_with("D11-2027")));
    assert!(!year.repeated.iter().any(|event| event.name.contains("2026")));
}

#[test]
fn new_people_learn_and_some_leave() {
    let terms = HiringTerms::usual(HourlyPrice::new(30.0).unwrap());
    let recruit = terms.recruit(40.0, HourlyPrice::new(30.0).unwrap(), 52);
    assert_eq!(recruit.first_week, 5, "30 days are five weeks");
    let speed = |week: usize| recruit.hours[week] / (40.0 * terms.present() * terms.staying(week as f64));
    let speeds: Vec<f64> = [0, 1, 4, 5, 8, 9, 51].map(speed).to_vec();
    for (speed, expected) in speeds.iter().zip([0.0, 0.65, 0.65, 0.85, 0.85, 1.0, 1.0]) {
        assert!((speed - expected).abs() < 1e-12, "{speeds:?}");
    }
    assert!((recruit.pay[0] - 1200.0).abs() < 1e-9, "training is paid");
}
