//! Why does she work then, what would be her next-best week, and who could change places with her?

use crate::roster::count::pay::pay;
use crate::roster::engine::{Column, Duty, Solution, Tour};
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::formulation::tours::Tours;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::RosterProblem;
use crate::workforce::AgentId;
use chrono::NaiveDate;

/// Somebody's days if one of them were otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Her assignments then; her best legal days in which the one in question is not as it is.
    pub assignments: Vec<Assignment>,
    /// What the roster would cost more, everybody else's days as they are: pay and the price of what is missing.
    pub price: f64,
    /// What of that is pay.
    pub pay: f64,
}

/// Two people who could change places on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Swap {
    /// With whom.
    pub with: AgentId,
    /// What the other does that day, `None` for a day off.
    pub shift: Option<String>,
    /// What the roster would cost more; below 0 where it would cost less.
    pub price: f64,
}

/// A roster in which single people are moved to see what that would cost.
#[derive(Debug)]
pub struct Trial<'a> {
    formulation: Formulation<'a>,
    /// What everybody does.
    tours: Vec<Tour>,
    /// The same with its cost: a tour that breaks a rule stands in a roster all the same.
    columns: Vec<Column>,
}

impl<'a> Trial<'a> {
    /// A roster of a problem.
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

    /// Her best days in which she does not do on `date` what she does; `None` if there are none, or she or the day is unknown.
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
        Some(Alternative { assignments, price: solution.cost() - cost, pay: solution.own_cost() - pay })
    }

    /// Whoever could change places with her on a day so that both keep every rule, the cheapest change first.
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
            let price = solution.change_if(model, vec![(person, Some(hers)), (other, Some(others))]);
            let shift = shift(theirs).map(|shift| problem.shifts[usize::from(shift)].id.clone());
            swaps.push(Swap { with: problem.people[other].employee.id.clone(), shift, price });
        }
        swaps.sort_by(|a, b| a.price.total_cmp(&b.price).then_with(|| a.with.cmp(&b.with)));
        swaps
    }
}

/// A tour that breaks a rule, at what is paid for it and the price of what she asked for otherwise.
fn as_paid(formulation: &Formulation, person: usize, tour: &Tour, roster: &Roster) -> Column {
    let (problem, prices) = (formulation.problem, &formulation.model.people[person].prices);
    let of = &problem.people[person];
    let duties: Vec<&Assignment> = roster.of_agent(&of.employee.id).collect();
    let price_of = |(day, duty): (usize, &Option<Duty>)| prices.of(day, duty.map(|duty| duty.shift));
    let wishes: f64 = tour.iter().enumerate().map(price_of).filter(|price| price.is_finite()).sum();
    Column { tour: tour.clone(), own_cost: pay(problem, of, &duties) + wishes }
}
