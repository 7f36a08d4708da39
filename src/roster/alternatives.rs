//! What-if questions on single assignments: an agent's next-best week, and the swaps open to them.

use super::cost::money;
use crate::roster::count::pay::pay;
use crate::roster::engine::{Column, Duty, Solution, Tour};
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::formulation::tours::Tours;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::RosterProblem;
use crate::units::Money;
use crate::workforce::AgentId;
use chrono::NaiveDate;

/// An agent's best schedule without one of its choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The agent's assignments in the best legal schedule in which the day in question differs.
    pub assignments: Vec<Assignment>,
    /// Change in total cost, everybody else unchanged: pay and penalties.
    pub price: Money,
    /// Part of that change that is pay.
    pub pay: Money,
}

/// An exchange of one day between two agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Swap {
    /// The other agent.
    pub with: AgentId,
    /// The other agent's shift on that day, `None` for a day off.
    pub shift: Option<String>,
    /// Change in total cost; negative for a saving.
    pub price: Money,
}

/// A roster in which single agents are moved on trial.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// use peakshift::workforce::AgentId;
/// // two of three agents are required from 09:00 to 17:00, and A and B are rostered
/// let duties = problem.people[..2].iter().map(|person| with_shift(&problem, person, &problem.shifts[0], first));
/// let roster = Roster { assignments: duties.collect() };
/// let (trial, agent) = (Trial::of(&problem, &roster), AgentId::new("A"));
/// let swap = &trial.swaps(&agent, first)[0];
/// assert_eq!((swap.with.as_str(), swap.shift.as_deref()), ("C", None)); // C has the day off and could come instead
/// let off = trial.next_best(&agent, first).expect("a day off is legal");
/// assert!(off.assignments.is_empty() && off.price > swap.price); // nobody instead would be dearer
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Trial<'a> {
    formulation: Formulation<'a>,
    /// Tours of everybody.
    tours: Vec<Tour>,
    /// The tours with their cost; a tour that breaks a rule is kept, too.
    columns: Vec<Column>,
}

impl<'a> Trial<'a> {
    /// Trial on a roster of a problem.
    #[must_use]
    pub fn of(problem: &'a RosterProblem, roster: &Roster) -> Self {
        let formulation = Formulation::of(problem);
        let Tours { tours, columns } = Tours::of(&formulation, roster);
        let standing =
            |(person, column): (usize, Option<Column>)| column.unwrap_or_else(|| as_paid(&formulation, person, &tours[person], roster));
        let columns = columns.into_iter().enumerate().map(standing).collect();
        Self { formulation, tours, columns }
    }

    fn person(&self, agent: &AgentId) -> Option<usize> {
        self.formulation.problem.people.iter().position(|person| &person.employee.id == agent)
    }

    /// The agent's best schedule in which `date` differs; `None` if there is none, or if the agent or date is unknown.
    #[must_use]
    pub fn next_best(&self, agent: &AgentId, date: NaiveDate) -> Option<Alternative> {
        let (person, day) = (self.person(agent)?, self.formulation.problem.horizon.day_of(date)?);
        let plain = &self.formulation.model;
        let mut solution = Solution::of(plain, self.columns.iter().cloned());
        let (cost, pay) = (solution.cost(), solution.own_cost());
        solution.remove(plain, person)?;
        let mut model = plain.clone();
        model.people[person].prices.set(day, self.tours[person][day].map(|duty| duty.shift), f64::INFINITY);
        let column =
            model.best_response(person, 0..model.days, &[], &solution.cover, &|other| solution.tour(other), &mut model.scratch())?;
        let assignments = self.formulation.assignments(person, &column).collect();
        solution.insert(plain, person, column);
        Some(Alternative { assignments, price: money(solution.cost() - cost), pay: money(solution.own_cost() - pay) })
    }

    /// Swaps of a day with other agents that keep both schedules legal, cheapest first.
    #[must_use]
    pub fn swaps(&self, agent: &AgentId, date: NaiveDate) -> Vec<Swap> {
        let problem = self.formulation.problem;
        let (Some(person), Some(day)) = (self.person(agent), problem.horizon.day_of(date)) else { return Vec::new() };
        let model = &self.formulation.model;
        let mut solution = Solution::of(model, self.columns.iter().cloned());
        let shift = |duty: Option<Duty>| duty.map(|duty| duty.shift);
        let mut swaps = Vec::new();
        for other in (0..self.tours.len()).filter(|&other| other != person) {
            let (mine, theirs) = (self.tours[person][day], self.tours[other][day]);
            if shift(mine) == shift(theirs) {
                continue;
            }
            let with = |of: usize, duty: Option<Duty>| {
                let mut tour = self.tours[of].clone();
                tour[day] = duty;
                model.column(of, &tour)
            };
            let (Some(hers), Some(others)) = (with(person, theirs), with(other, mine)) else { continue };
            let price = money(solution.change_if(model, vec![(person, Some(hers)), (other, Some(others))]));
            let shift = shift(theirs).map(|shift| problem.shifts[usize::from(shift)].id.clone());
            swaps.push(Swap { with: problem.people[other].employee.id.clone(), shift, price });
        }
        swaps.sort_by(|a, b| a.price.total_cmp(&b.price).then_with(|| a.with.cmp(&b.with)));
        swaps
    }
}

/// Column of a tour that breaks a rule: its pay, and the penalties of refused requests.
fn as_paid(formulation: &Formulation, person: usize, tour: &Tour, roster: &Roster) -> Column {
    let (problem, prices) = (formulation.problem, &formulation.model.people[person].prices);
    let of = &problem.people[person];
    let duties: Vec<&Assignment> = roster.of_agent(&of.employee.id).collect();
    let price_of = |(day, duty): (usize, &Option<Duty>)| prices.of(day, duty.map(|duty| duty.shift));
    let wishes: f64 = tour.iter().enumerate().map(price_of).filter(|price| price.is_finite()).sum();
    Column { tour: tour.clone(), own_cost: pay(problem, of, &duties).get() + wishes }
}
