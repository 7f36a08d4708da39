//! Result of a search: a roster, its cost, and a lower bound on the cost of any roster.

use super::cost::CostParts;
use super::engine::{Column, Solution};
use crate::roster::count::guarantee::guaranteed_total;
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::Person;
use crate::units::Money;

/// A roster with its cost and proven bound, in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// All assignments.
    pub roster: Roster,
    /// Total cost: pay, premiums, refused requests and penalties.
    pub cost: Money,
    /// Cost by part.
    pub parts: CostParts,
    /// Cost that no legal roster undercuts; `None` where nothing was proven.
    pub bound: Option<Money>,
    /// Pay that no roster can avoid: contract hours paid whether worked or not.
    pub unavoidable: Money,
    /// Tours of the solution, as the search represents them.
    pub(super) columns: Vec<Option<Column>>,
}

impl Solved {
    pub(super) fn new(formulation: &Formulation, solution: &Solution, bound: Option<f64>) -> Self {
        let problem = formulation.problem;
        let money = |amount| Money::new(amount).expect("costs of a roster are finite");
        let sunk = |person: &Person| guaranteed_total(problem, person) * person.employee.pay.get();
        let unavoidable = problem.people.iter().map(sunk).sum();
        let roster = Roster::of_tours(formulation, &solution.columns);
        let parts = CostParts::of(formulation, &solution.columns, &roster);
        let cost = parts.total();
        Self {
            roster,
            cost,
            parts,
            bound: bound.filter(|bound| bound.is_finite()).map(|bound| money(bound.min(cost.get()))),
            unavoidable: money(unavoidable),
            columns: solution.columns.clone(),
        }
    }

    /// Cost / bound − 1; `None` if nothing was proven, or nothing but that a roster costs something.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        let bound = self.bound?.get();
        if self.cost.get() <= bound { Some(0.0) } else { (bound > 0.0).then(|| self.cost.get() / bound - 1.0) }
    }

    /// (Cost − bound) / (cost − unavoidable pay): the gap in what a roster can change; `None` where it can change nothing.
    #[must_use]
    pub fn avoidable_gap(&self) -> Option<f64> {
        let avoidable = self.cost.get() - self.unavoidable.get();
        (avoidable > 1e-9 && self.gap().is_some()).then(|| (self.cost.get() - self.bound.map_or(0.0, Money::get)) / avoidable)
    }
}
