//! BPO seats in minimum-size blocks: full blocks, or billing of the missing ones.

mod support;

use peakshift::budget::Budget;
use peakshift::roster::{Roster, RosterProblem, SmallBlock, Solved, check, small_blocks, solve};
use peakshift::workforce::AgentId;
use proptest::prelude::*;
use support::{assigned, day, hours, team};

/// Twelve people, of whom the last `outside` come in blocks of `least` and only as needed.
fn outsourced(outside: usize, least: u32) -> RosterProblem {
    let mut problem = team();
    let own = problem.people.len() - outside;
    for person in &mut problem.people[own..] {
        let contract = &mut person.employee.contract;
        contract.id = "outside".into();
        contract.least_on_shift = least;
        contract.paid_hours_week = hours(0.0);
    }
    problem
}

fn solved(problem: &RosterProblem, seed: u64) -> Solved {
    solve(problem, seed, &Budget::of_effort(5))
}

fn billed(small: &[SmallBlock]) -> f64 {
    small.iter().map(|block| block.price.get()).sum()
}

#[test]
fn whoever_is_missing_to_a_block_is_billed() {
    let problem = outsourced(6, 4);
    let of = |agent: &str, date: u64, shift: &str| {
        let mut duty = assigned(&problem, day(date), shift);
        duty.agent = AgentId::new(agent);
        duty
    };
    // G to L come in blocks of four; A does not count
    let full = ["G", "H", "I", "J"].map(|agent| of(agent, 0, "E"));
    let small = [of("G", 1, "L"), of("H", 1, "L"), of("I", 1, "L"), of("A", 1, "L"), of("J", 2, "E"), of("B", 2, "E")];
    let found = small_blocks(&problem, &Roster { assignments: full.into_iter().chain(small).collect() });
    let as_told: Vec<_> =
        found.iter().map(|block| (block.date, block.shift.as_str(), block.people, block.least, block.price.get())).collect();
    assert_eq!(as_told, [(day(1), "L", 3, 4, 8.0 * 30.0), (day(2), "E", 1, 4, 3.0 * 8.0 * 30.0)]);
}

#[test]
fn the_search_fills_blocks_or_leaves_shifts_alone() {
    let mut problem = outsourced(6, 1);
    let free = solved(&problem, 1).roster;
    problem.people[6..].iter_mut().for_each(|person| person.employee.contract.least_on_shift = 3);
    let together = solved(&problem, 1);
    assert_eq!(check(&problem, &together.roster), []);
    let (before, after) = (billed(&small_blocks(&problem, &free)), billed(&small_blocks(&problem, &together.roster)));
    assert!(before > 2000.0, "nobody saw to it: {before}");
    assert!(after < 0.1 * before, "{after} of {before}");
    let comes = together.roster.assignments.iter().filter(|duty| duty.agent.as_str() >= "G").count();
    assert!(comes > 10, "{comes} shifts: they are worth their pay");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// For any blocks, rosters are legal, and by their own prices no more costly than those made without blocks.
    #[test]
    fn blocks_leave_rosters_legal_and_pay(outside in 1_usize..12, least in 2_u32..8, seed in 0_u64..1000) {
        let free = solved(&outsourced(outside, 1), seed);
        let problem = outsourced(outside, least);
        let bound = solved(&problem, seed);
        prop_assert_eq!(check(&problem, &bound.roster), vec![]);
        prop_assert!(bound.bound.is_some_and(|least| least <= bound.cost));
        let price = billed(&small_blocks(&problem, &free.roster));
        prop_assert!(bound.cost.get() <= 1.02 * (free.cost.get() + price), "{} {} {price}", bound.cost, free.cost);
    }
}
