//! What a roster costs, part by part: what people are paid, what is added for late, long and holiday hours, what is missing at the desk, and
//! what planners put a price on though nobody is paid it.

use crate::roster::count::block::small_blocks;
use crate::roster::count::guarantee::idle_hours;
use crate::roster::count::minimum_staffing::understaffing;
use crate::roster::count::pay::{PaidStretch, excused_stretches, paid_stretches};
use crate::roster::count::shared_time::shared_time;
use crate::roster::count::split::{missing_price, skill_sets, splits, staffed};
use crate::roster::engine::Column;
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::RosterProblem;
use crate::units::Money;

/// The parts of a roster's cost, in the plan's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CostParts {
    /// Hours worked, at the base rate.
    pub base_pay: Money,
    /// Hours that contracts guarantee and nobody works, leave, and shifts that an absence took, at the base rate.
    pub guaranteed_pay: Money,
    /// What rates above the base rate add: overtime, rest days, holidays.
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
    pub(super) fn of(formulation: &Formulation, columns: &[Option<Column>], roster: &Roster) -> Self {
        let problem = formulation.problem;
        let paid = Paid::of(problem, columns, roster);
        let sets = skill_sets(problem);
        let money = |amount| Money::new(amount).expect("costs of a roster are finite");
        Self {
            base_pay: money(paid.worked),
            guaranteed_pay: money(paid.not_worked),
            premiums: money(paid.premiums),
            understaffing: money(missing_price(problem, &splits(problem, &sets, &staffed(problem, &sets, roster)))),
            minimum_staffing: understaffing(problem, roster).iter().map(|of| of.price).sum(),
            wishes: money(wishes(formulation, columns)),
            apart: shared_time(problem, roster).iter().map(|of| of.price).sum(),
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

/// What shifts cost that people like less, asked to be spared or have had too many of.
fn wishes(formulation: &Formulation, columns: &[Option<Column>]) -> f64 {
    let of_person = |(person, column): (usize, &Option<Column>)| {
        let shifts = column.as_ref()?.tour.iter().map(|duty| duty.map(|duty| duty.shift));
        Some(formulation.model.people[person].prices.of_tour(shifts))
    };
    columns.iter().enumerate().filter_map(of_person).sum()
}

/// What people are paid, in money.
#[derive(Clone, Copy, Debug, Default)]
struct Paid {
    /// Hours worked, at everybody's base rate.
    worked: f64,
    /// Hours paid though not worked, likewise: guaranteed, leave, shifts that an absence took.
    not_worked: f64,
    /// What higher rates add.
    premiums: f64,
}

impl Paid {
    fn of(problem: &RosterProblem, columns: &[Option<Column>], roster: &Roster) -> Self {
        let of_agent = roster.by_agent();
        let mut paid = Self::default();
        for (person, _) in problem.people.iter().zip(columns).filter(|(_, column)| column.is_some()) {
            let duties: &[&Assignment] = of_agent.get(&person.employee.id).map_or(&[], Vec::as_slice);
            let pay = person.employee.pay.get();
            let hours = |stretches: &[PaidStretch]| stretches.iter().map(|stretch| stretch.paid.get()).sum::<f64>();
            let added = |stretches: &[PaidStretch]| stretches.iter().map(|of| of.paid.get() * (of.rate.get() - 1.0)).sum::<f64>();
            let worked = paid_stretches(problem, person, duties).concat();
            let excused = excused_stretches(problem, person, duties).concat();
            paid.worked += pay * hours(&worked);
            paid.not_worked += pay * (idle_hours(problem, person, duties) + hours(&excused));
            paid.premiums += pay * (added(&worked) + added(&excused));
        }
        paid
    }
}
