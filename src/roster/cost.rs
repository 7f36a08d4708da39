//! Cost of a roster by part: pay, premiums for overtime, rest days and holidays, the understaffing penalty, and further penalties set by
//! planners that nobody is paid.

use crate::roster::count::block::small_blocks;
use crate::roster::count::guarantee::idle_hours;
use crate::roster::count::minimum_staffing::understaffing;
use crate::roster::count::pay::{PaidStretch, excused_stretches, paid_stretches};
use crate::roster::count::shared_time::shared_time;
use crate::roster::count::split::{missing_price, served_sets, splits, staffed};
use crate::roster::engine::Column;
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::RosterProblem;
use crate::units::{Hours, Money};

/// Parts of a roster's cost, in the plan's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CostParts {
    /// Hours worked, at the base rate.
    pub base_pay: Money,
    /// Paid hours not worked, at the base rate: contract guarantees, leave, and shifts that an absence prevented.
    pub guaranteed_pay: Money,
    /// Pay added by rates above the base rate: overtime, rest days, holidays.
    pub premiums: Money,
    /// Understaffing penalty; nobody is paid it.
    pub understaffing: Money,
    /// Penalty of hours below minimum staffing.
    pub minimum_staffing: Money,
    /// Penalty of refused requests, non-preferred shifts, unevenly shared burdens and missed activities.
    pub wishes: Money,
    /// Penalty of shared hours not met.
    pub apart: Money,
    /// Charge for BPO seats in blocks below their minimum size.
    pub blocks: Money,
}

impl CostParts {
    pub(super) fn of(formulation: &Formulation, columns: &[Option<Column>], roster: &Roster) -> Self {
        let problem = formulation.problem;
        let paid = Paid::of(problem, columns, roster);
        let sets = served_sets(problem, roster);
        Self {
            base_pay: paid.worked,
            guaranteed_pay: paid.not_worked,
            premiums: paid.premiums,
            understaffing: missing_price(problem, &splits(problem, &sets, &staffed(problem, &sets, roster))),
            minimum_staffing: understaffing(problem, roster).iter().map(|of| of.price).sum(),
            wishes: wishes(formulation, columns),
            apart: shared_time(problem, roster).iter().map(|of| of.price).sum(),
            blocks: small_blocks(problem, roster).iter().map(|block| block.price).sum(),
        }
    }

    /// Total pay: hours worked and guaranteed at the base rate, and premiums.
    #[must_use]
    pub fn pay(&self) -> Money {
        self.base_pay + self.guaranteed_pay + self.premiums
    }

    /// All parts but pay and the understaffing penalty: the price of what planners prefer to avoid.
    #[must_use]
    pub fn other(&self) -> Money {
        self.minimum_staffing + self.wishes + self.apart + self.blocks
    }

    /// Sum of all parts: the roster's cost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.pay() + self.understaffing + self.other()
    }
}

/// A cost of the search, which knows no currency, as money.
pub(super) fn money(cost: f64) -> Money {
    Money::new(cost).expect("costs of a roster are finite")
}

/// Penalty of shifts that people like less, asked to be spared or have had too many of.
fn wishes(formulation: &Formulation, columns: &[Option<Column>]) -> Money {
    let of_person = |(person, column): (usize, &Option<Column>)| {
        let shifts = column.as_ref()?.tour.iter().map(|duty| duty.map(|duty| duty.shift));
        Some(formulation.model.people[person].prices.of_tour(shifts))
    };
    money(columns.iter().enumerate().filter_map(of_person).sum())
}

/// Total pay by kind.
#[derive(Clone, Copy, Debug, Default)]
struct Paid {
    /// Hours worked, at each person's base rate.
    worked: Money,
    /// Hours paid though not worked, at the base rate: guarantees, leave, shifts that an absence prevented.
    not_worked: Money,
    /// Pay added by rates above the base rate.
    premiums: Money,
}

impl Paid {
    fn of(problem: &RosterProblem, columns: &[Option<Column>], roster: &Roster) -> Self {
        let of_agent = roster.by_agent();
        let mut paid = Self::default();
        for (person, _) in problem.people.iter().zip(columns).filter(|(_, column)| column.is_some()) {
            let duties: &[&Assignment] = of_agent.get(&person.employee.id).map_or(&[], Vec::as_slice);
            let pay = person.employee.pay;
            let hours = |stretches: &[PaidStretch]| stretches.iter().map(|stretch| stretch.paid).sum::<Hours>();
            let added_hours = |stretches: &[PaidStretch]| stretches.iter().map(|of| of.paid.get() * (of.rate.get() - 1.0)).sum::<f64>();
            let worked = paid_stretches(problem, person, duties).concat();
            let excused = excused_stretches(problem, person, duties).concat();
            paid.worked += hours(&worked) * pay;
            paid.not_worked += (idle_hours(problem, person, duties) + hours(&excused)) * pay;
            paid.premiums += money(pay.get() * (added_hours(&worked) + added_hours(&excused)));
        }
        paid
    }
}
