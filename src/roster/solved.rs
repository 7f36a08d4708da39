//! Result of a search: a roster, its cost, and a lower bound on the cost of any roster.

use super::cost::{CostParts, money};
use super::engine::{Column, Solution};
use crate::roster::count::guarantee::guaranteed_total;
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::Person;
use crate::units::Money;

/// Amount below which nothing can be saved but by rounding.
const NOTHING: Money = Money::constant(1e-9);

/// A roster with its cost and proven bound, in the plan's currency.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// # use peakshift::roster::{assigned, draft, priced_anew, prove, refit, revise};
/// # let budget = Budget::of_effort(1);
/// // two of three agents are required from 09:00 to 17:00
/// let drafted = draft(&problem, 1, &budget);
/// assert_eq!((drafted.roster.assignments.len(), drafted.bound), (2, None));
/// // shifts may take the queues of their periods from another roster, here from their own
/// assert_eq!(assigned(&problem, &drafted, &drafted.roster).roster, drafted.roster);
/// // a third agent is required from 10:00 to 11:00: worth the pay beyond the contract's guarantee
/// problem.demand[0].raise(10, 1.0);
/// let standing = priced_anew(&problem, &drafted);
/// let revised = prove(&problem, &revise(&problem, &drafted, 1, &budget), &budget);
/// assert!(standing.roster == drafted.roster && standing.cost > revised.cost);
/// assert_eq!(revised.roster.assignments.len(), 3);
/// assert!(revised.gap().is_some_and(|gap| gap < 0.01)); // no roster costs one per cent less
/// problem.people.pop(); // C leaves, the others' shifts stay
/// assert_eq!(refit(&problem, &revised.roster, 1, &budget).roster.assignments, revised.roster.assignments[..2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
        let sunk = |person: &Person| guaranteed_total(problem, person) * person.employee.pay;
        let unavoidable = problem.people.iter().map(sunk).sum();
        let roster = Roster::of_tours(formulation, &solution.columns);
        let parts = CostParts::of(formulation, &solution.columns, &roster);
        let cost = parts.total();
        Self {
            roster,
            cost,
            parts,
            bound: bound.filter(|bound| bound.is_finite()).map(|bound| money(bound).min(cost)),
            unavoidable,
            columns: solution.columns.clone(),
        }
    }

    /// The same with the queues by period that shifts had in the roster before, where they are as they were, breaks included.
    pub(super) fn with_stints_of(mut self, formulation: &Formulation, before: &Roster) -> Self {
        self.roster.take_stints_of(before);
        self.parts = CostParts::of(formulation, &self.columns, &self.roster);
        self.cost = self.parts.total();
        self
    }

    /// Cost / bound − 1; `None` if nothing was proven, or nothing but that a roster costs something.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        let bound = self.bound?;
        if self.cost <= bound { Some(0.0) } else { (bound > Money::ZERO).then(|| self.cost / bound - 1.0) }
    }

    /// (Cost − bound) / (cost − unavoidable pay): the gap in what a roster can change; `None` where it can change nothing.
    #[must_use]
    pub fn avoidable_gap(&self) -> Option<f64> {
        let (bound, avoidable) = (self.bound?, self.cost - self.unavoidable);
        (avoidable > NOTHING && self.gap().is_some()).then(|| (self.cost - bound) / avoidable)
    }
}
