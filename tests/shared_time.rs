//! Shared hours: priced exactly in a roster, sought by the search.

mod support;

use peakshift::budget::Budget;
use peakshift::roster::{Roster, RosterProblem, SharedTime, Solved, check, shared_time, solve};
use peakshift::units::{HourlyPrice, Share};
use peakshift::workforce::{AgentId, Level};
use proptest::prelude::*;
use support::{assigned, day, team};

fn share(part: f64) -> Share {
    Share::new(part).unwrap()
}

/// Twelve people in three teams with a leader each; the last of each team is new, with the one before as mentor.
fn groups() -> RosterProblem {
    let mut problem = team();
    let ids: Vec<AgentId> = problem.people.iter().map(|person| person.employee.id.clone()).collect();
    for (number, person) in problem.people.iter_mut().enumerate() {
        person.employee.team = format!("group {}", number / 4);
        person.employee.leads = number % 4 == 0;
        if number % 4 == 3 {
            person.employee.level = Level::New;
            person.employee.mentor = Some(ids[number - 1].clone());
        }
    }
    problem
}

fn solved(problem: &RosterProblem, seed: u64) -> Solved {
    solve(problem, seed, &Budget::of_effort(2))
}

/// Least share of anybody's hours with their mentor or leader present.
fn least_share(of: &[SharedTime]) -> f64 {
    of.iter().map(|of| of.shared.get() / of.hours.get()).fold(f64::INFINITY, f64::min)
}

#[test]
fn shared_hours_are_counted_by_the_clock_and_the_rest_is_priced() {
    let mut problem = groups();
    problem.rules.mentor_share = Some(share(0.6));
    let of = |agent: &str, date: u64, shift: &str| {
        let mut duty = assigned(&problem, day(date), shift);
        duty.agent = AgentId::new(agent);
        duty
    };
    // D is new, C is D's mentor: E is 8 to 17, Q 12 to 20, L 15 to 24
    let assignments = vec![of("C", 0, "E"), of("D", 0, "E"), of("C", 1, "Q"), of("D", 1, "E"), of("D", 2, "L"), of("C", 3, "E")];
    let found = shared_time(&problem, &Roster { assignments });
    assert_eq!(found.len(), 3);
    assert_eq!((found[0].leader.as_str(), found[0].hours.get(), found[0].shared.get()), ("C", 27.0, 14.0));
    assert!((found[0].price.get() - 10.0 * (0.6 * 27.0 - 14.0)).abs() < 1e-9);
    assert_eq!((found[1].hours.get(), found[1].price.get()), (0.0, 0.0));
}

#[test]
fn new_hires_are_at_work_with_their_mentors_and_groups_with_their_leaders() {
    let mut problem = groups();
    problem.prices.apart_hour = HourlyPrice::new(30.0).unwrap();
    let alone = solved(&problem, 1).roster;
    (problem.rules.mentor_share, problem.rules.leader_share) = (Some(share(0.6)), Some(share(0.6)));
    let together = solved(&problem, 1);
    assert_eq!(check(&problem, &together.roster), []);
    let (before, after) = (shared_time(&problem, &alone), shared_time(&problem, &together.roster));
    assert_eq!(after.len(), 6);
    let price = |of: &[SharedTime]| of.iter().map(|of| of.price.get()).sum::<f64>();
    assert!(least_share(&before) < 0.5, "nobody saw to it: {before:?}");
    assert!(least_share(&after) > 0.55, "{after:?}");
    assert!(price(&after) < 0.1 * price(&before));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// For any couplings, rosters are legal, and by their own prices no more costly than those made without the couplings.
    #[test]
    fn bonds_leave_rosters_legal_and_pay(mentors in 0.0..1.0_f64, leaders in 0.0..1.0_f64, price in 1_u32..100, seed in 0_u64..1000) {
        let mut problem = groups();
        problem.prices.apart_hour = HourlyPrice::new(f64::from(price)).unwrap();
        let free = solved(&problem, seed);
        (problem.rules.mentor_share, problem.rules.leader_share) = (Some(share(mentors)), Some(share(leaders)));
        let bound = solved(&problem, seed);
        prop_assert_eq!(check(&problem, &bound.roster), vec![]);
        prop_assert!(bound.bound.is_some_and(|least| least <= bound.cost));
        let apart = shared_time(&problem, &free.roster).iter().map(|of| of.price.get()).sum::<f64>();
        prop_assert!(bound.cost.get() <= 1.01 * (free.cost.get() + apart), "{} {} {apart}", bound.cost, free.cost);
    }
}
