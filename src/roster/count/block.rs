//! BPO seats in minimum-size blocks: a shift is worked by nobody or by at least `least_on_shift` people of a contract, else they are
//! billed.

use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::RosterProblem;
use crate::units::{HourlyPrice, Hours, Money};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A shift on a day with fewer seats than its minimum block.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallBlock {
    /// Name of the contract.
    pub contract: String,
    /// The date.
    pub date: NaiveDate,
    /// Code of the shift.
    pub shift: String,
    /// Seats filled.
    pub people: usize,
    /// Minimum seats of a block.
    pub least: usize,
    /// Charge for the seats below the minimum.
    pub price: Money,
}

/// Contracts with minimum blocks: name, indices of people, minimum size, and hourly charge for a seat below it.
pub(in crate::roster) fn blocks(problem: &RosterProblem) -> Vec<(&str, Vec<usize>, usize, HourlyPrice)> {
    let mut blocks: BTreeMap<&str, (Vec<usize>, usize, HourlyPrice)> = BTreeMap::new();
    for (number, person) in problem.people.iter().enumerate().filter(|(_, person)| person.employee.contract.least_on_shift > 1) {
        let contract = &person.employee.contract;
        let block = blocks.entry(&contract.id).or_insert((Vec::new(), contract.least_on_shift as usize, person.employee.pay));
        block.0.push(number);
        block.2 = block.2.min(person.employee.pay);
    }
    blocks.into_iter().map(|(contract, (people, least, pay))| (contract, people, least, pay)).collect()
}

/// All shifts worked by too few people of their contract.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours, Money}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// // a BPO bills three seats or none, but one of its people has a shift
/// problem.people.iter_mut().for_each(|person| person.employee.contract.least_on_shift = 3);
/// let roster = Roster { assignments: vec![with_shift(&problem, &problem.people[0], &problem.shifts[0], first)] };
/// let small = &small_blocks(&problem, &roster)[0];
/// assert_eq!((small.people, small.least, small.price), (1, 3, Money::new(2.0 * 8.0 * 30.0)?)); // two empty seats are billed
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn small_blocks(problem: &RosterProblem, roster: &Roster) -> Vec<SmallBlock> {
    let of_agent = roster.by_agent();
    let mut small = Vec::new();
    for (contract, people, least, pay) in blocks(problem) {
        let mut there: BTreeMap<(NaiveDate, &str, i32), usize> = BTreeMap::new();
        for person in people.into_iter().map(|person| &problem.people[person].employee) {
            for duty in of_agent.get(&person.id).into_iter().flatten() {
                *there.entry((duty.date, &duty.shift, person.ahead_on(duty.date))).or_default() += 1;
            }
        }
        for ((date, shift, _), people) in there.into_iter().filter(|(_, people)| *people < least) {
            let paid = problem.shifts.iter().find(|known| known.id == shift).map_or(Hours::ZERO, |shift| shift.paid);
            small.push(SmallBlock {
                contract: contract.to_owned(),
                date,
                shift: shift.to_owned(),
                people,
                least,
                price: paid * (least - people) as u32 * pay,
            });
        }
    }
    small
}
