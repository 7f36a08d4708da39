//! A roster as everybody's tours.

use super::problem_model::Formulation;
use crate::roster::engine::{Column, Duty, Tour};
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::Person;

/// Tours of everybody in a roster.
#[derive(Debug)]
pub(in crate::roster) struct Tours {
    pub(in crate::roster) tours: Vec<Tour>,
    /// The legal tours with their cost.
    pub(in crate::roster) columns: Vec<Option<Column>>,
}

impl Tours {
    pub(in crate::roster) fn of(formulation: &Formulation, roster: &Roster) -> Self {
        let problem = formulation.problem;
        let of_agent = roster.by_agent();
        let tour = |(number, person): (usize, &Person)| {
            let mut tour = vec![None; problem.horizon.days];
            for assignment in of_agent.get(&person.employee.id).into_iter().flatten() {
                if let Some(day) = problem.horizon.day_of(assignment.date) {
                    tour[day] = formulation.duty(number, day, assignment).or(tour[day]);
                }
            }
            tour
        };
        let tours: Vec<Tour> = problem.people.iter().enumerate().map(tour).collect();
        Self { columns: formulation.model.columns(&tours).collect(), tours }
    }

    /// Days on which another tour of a person differs.
    pub(in crate::roster) fn changed_days<'a>(&'a self, person: usize, tour: &'a [Option<Duty>]) -> impl Iterator<Item = usize> + 'a {
        let shift = |duty: &Option<Duty>| duty.map(|duty| duty.shift);
        (0..tour.len()).filter(move |&day| shift(&self.tours[person][day]) != shift(&tour[day]))
    }
}
