//! What a roster costs, part by part: what people are paid, what is added for late, long and holiday hours, what is missing at the desk, and
//! what planners put a price on though nobody is paid it.

use super::block::small_blocks;
use super::company::company;
use super::engine::Column;
use super::pay::idle_hours;
use super::presence::absent;
use super::problem::RosterProblem;
use super::result::{Assignment, Roster};
use super::split::{missing_price, skill_sets, splits, staffed};
use super::statement::Statement;
use crate::units::Money;

/// The parts of a roster's cost, in the plan's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CostParts {
    /// Hours worked, at the base rate.
    pub base_pay: Money,
    /// Hours that contracts guarantee and nobody works, at the base rate.
    pub guaranteed_pay: Money,
    /// What rates above the base rate add: overtime, rest days, holidays. The search cuts a shift at a midnight in proportion to the clock, a
    /// payroll where it lies.
    pub premiums: Money,
    /// The price of what is missing at the desk; nobody is paid it.
    pub understaffing: Money,
    /// The price of hours in which too few people of a kind are at work.
    pub minimum_staffing: Money,
    /// The price of requests refused, shifts liked less, burdens unevenly shared and activities missed.
    pub wishes: Money,
    /// The price of hours that people are not at work with whom they should be.
    pub apart: Money,
    /// What is billed for blocks that are not full.
    pub blocks: Money,
}

impl CostParts {
    pub(super) fn of(statement: &Statement, columns: &[Option<Column>], roster: &Roster) -> Self {
        let problem = statement.problem;
        let (own, wishes) = own_cost(statement, columns);
        let (base, guaranteed) = base_pay(problem, columns, roster);
        // hours that a search counts in whole minutes may be a little less than those paid
        let premiums = (own - wishes - base - guaranteed).max(0.0);
        let sets = skill_sets(problem);
        let money = |amount| Money::new(amount).unwrap_or_default();
        Self {
            base_pay: money(own - wishes - guaranteed - premiums),
            guaranteed_pay: money(guaranteed),
            premiums: money(premiums),
            understaffing: money(missing_price(problem, &splits(problem, &sets, &staffed(problem, &sets, roster)))),
            minimum_staffing: absent(problem, roster).iter().map(|of| of.price).sum(),
            wishes: money(wishes),
            apart: company(problem, roster).iter().map(|of| of.price).sum(),
            blocks: small_blocks(problem, roster).iter().map(|block| block.price).sum(),
        }
    }

    /// What people are paid: hours worked and guaranteed at the base rate, and premiums.
    #[must_use]
    pub fn pay(&self) -> Money {
        self.base_pay + self.guaranteed_pay + self.premiums
    }

    /// All parts but pay and the understaffing penalty: prices of what planners would rather not have.
    #[must_use]
    pub fn other(&self) -> Money {
        self.minimum_staffing + self.wishes + self.apart + self.blocks
    }

    /// All parts together: the roster's cost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.pay() + self.understaffing + self.other()
    }
}

/// What everybody's tours cost in all, and of it what is no pay.
fn own_cost(statement: &Statement, columns: &[Option<Column>]) -> (f64, f64) {
    let of_person = |(person, column): (usize, &Option<Column>)| {
        let column = column.as_ref()?;
        let shifts = column.tour.iter().map(|duty| duty.map(|duty| duty.shift));
        Some((column.own_cost, statement.model.people[person].prices.of_tour(shifts)))
    };
    columns.iter().enumerate().filter_map(of_person).fold((0.0, 0.0), |all, of| (all.0 + of.0, all.1 + of.1))
}

/// Hours worked, and hours paid for nothing, at everybody's base rate.
fn base_pay(problem: &RosterProblem, columns: &[Option<Column>], roster: &Roster) -> (f64, f64) {
    let of_agent = roster.by_agent();
    let (mut worked, mut guaranteed) = (0.0, 0.0);
    for (person, _) in problem.people.iter().zip(columns).filter(|(_, column)| column.is_some()) {
        let duties: &[&Assignment] = of_agent.get(&person.employee.id).map_or(&[], Vec::as_slice);
        let pay = person.employee.pay.get();
        worked += pay * duties.iter().map(|duty| duty.paid.get()).sum::<f64>();
        guaranteed += pay * idle_hours(problem, person, duties);
    }
    (worked, guaranteed)
}
