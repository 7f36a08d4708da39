//! An outsourcer's people come in blocks: whoever has a shift, at least so many of the contract have it, or so many are billed.

use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::RosterProblem;
use crate::units::Money;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A shift of a day to which people are missing.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallBlock {
    /// The contract's name.
    pub contract: String,
    /// The day.
    pub date: NaiveDate,
    /// The shift's code.
    pub shift: String,
    /// How many have it.
    pub people: usize,
    /// How many should, if any.
    pub least: usize,
    /// What those who are missing are billed.
    pub price: Money,
}

/// Contracts whose people come in blocks: name, people by number, the least of a block, and what one missing to it is billed an hour.
pub(in crate::roster) fn blocks(problem: &RosterProblem) -> Vec<(&str, Vec<usize>, usize, f64)> {
    let mut blocks: BTreeMap<&str, (Vec<usize>, usize, f64)> = BTreeMap::new();
    for (number, person) in problem.people.iter().enumerate().filter(|(_, person)| person.employee.contract.least_on_shift > 1) {
        let contract = &person.employee.contract;
        let block = blocks.entry(&contract.id).or_insert((Vec::new(), contract.least_on_shift as usize, f64::INFINITY));
        block.0.push(number);
        block.2 = block.2.min(person.employee.pay.get());
    }
    blocks.into_iter().map(|(contract, (people, least, pay))| (contract, people, least, pay)).collect()
}

/// Every shift of a day that somebody has, but too few.
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
            let paid = problem.shifts.iter().find(|known| known.id == shift).map_or(0.0, |shift| shift.paid.get());
            small.push(SmallBlock {
                contract: contract.to_owned(),
                date,
                shift: shift.to_owned(),
                people,
                least,
                price: Money::new((least - people) as f64 * paid * pay).expect("people, hours and pay are finite"),
            });
        }
    }
    small
}
