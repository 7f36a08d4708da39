//! Current solution of a search.

use super::column::{Column, Duty, Tour};
use super::cover::Cover;
use super::model::Model;

/// A tour for each person, with the resulting coverage.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Solution<'a> {
    pub(in crate::roster) columns: Vec<Option<Column>>,
    pub(in crate::roster) cover: Cover<'a>,
    own_cost: f64,
    /// Price of the shortfall of each coupling.
    couplings: Vec<f64>,
}

impl<'a> Solution<'a> {
    /// Solution without tours.
    pub(in crate::roster) fn empty(model: &'a Model) -> Self {
        Self {
            columns: vec![None; model.people.len()],
            cover: model.nobody(),
            own_cost: model.fixed_cost,
            couplings: vec![0.0; model.couplings.len()],
        }
    }

    /// Solution with the given tours, at most one per person.
    pub(in crate::roster) fn of(model: &'a Model, columns: impl IntoIterator<Item = impl Into<Option<Column>>>) -> Self {
        let mut solution = Self::empty(model);
        for (person, column) in columns.into_iter().enumerate() {
            column.into().into_iter().for_each(|column| solution.insert(model, person, column));
        }
        solution
    }

    /// Solution with those of the given tours that are legal.
    pub(in crate::roster) fn of_tours(model: &'a Model, tours: &[Tour]) -> Self {
        Self::of(model, model.columns(tours))
    }

    /// Tour of a person, if any.
    pub(in crate::roster) fn tour(&self, person: usize) -> Option<&[Option<Duty>]> {
        self.columns[person].as_ref().map(|column| &column.tour[..])
    }

    fn price_couplings(&mut self, model: &Model, person: usize) {
        for (number, coupling) in model.couplings_of(person) {
            self.couplings[number] = coupling.cost(model, &|other| self.tour(other));
        }
    }

    /// Total cost: tours, understaffing and couplings.
    pub(in crate::roster) fn cost(&self) -> f64 {
        self.own_cost + self.cover.cost() + self.couplings.iter().sum::<f64>()
    }

    /// Cost of the tours themselves.
    pub(in crate::roster) fn own_cost(&self) -> f64 {
        self.own_cost
    }

    pub(in crate::roster) fn insert(&mut self, model: &Model, person: usize, column: Column) {
        model.put(&mut self.cover, person, &column.tour, 1.0);
        self.own_cost += column.own_cost;
        self.columns[person] = Some(column);
        self.price_couplings(model, person);
    }

    pub(in crate::roster) fn remove(&mut self, model: &Model, person: usize) -> Option<Column> {
        let column = self.columns[person].take()?;
        model.put(&mut self.cover, person, &column.tour, -1.0);
        self.own_cost -= column.own_cost;
        self.price_couplings(model, person);
        Some(column)
    }

    /// Replaces the tours of some people, `None` for none, and returns their previous ones.
    pub(in crate::roster) fn exchange(&mut self, model: &Model, tours: Vec<(usize, Option<Column>)>) -> Vec<(usize, Option<Column>)> {
        let had = tours.iter().map(|&(person, _)| (person, self.remove(model, person))).collect();
        for (person, column) in tours {
            column.into_iter().for_each(|column| self.insert(model, person, column));
        }
        had
    }

    /// Change of cost if some people had other tours; the solution stays as it is.
    pub(in crate::roster) fn change_if(&mut self, model: &Model, tours: Vec<(usize, Option<Column>)>) -> f64 {
        let before = self.cost();
        let had = self.exchange(model, tours);
        let change = self.cost() - before;
        self.exchange(model, had);
        change
    }

    /// Change of the understaffing penalty if a person had another tour; the solution stays as it is.
    pub(in crate::roster) fn missing_if(&mut self, model: &Model, person: usize, column: Column) -> f64 {
        let before = self.cover.cost();
        let had = self.exchange(model, vec![(person, Some(column))]);
        let change = self.cover.cost() - before;
        self.exchange(model, had);
        change
    }

    /// All days worked: person, day and duty.
    pub(in crate::roster) fn duties(&self) -> impl Iterator<Item = (usize, usize, Duty)> + '_ {
        self.columns.iter().enumerate().flat_map(|(person, column)| {
            let days = column.iter().flat_map(|column| column.tour.iter().enumerate());
            days.filter_map(move |(day, duty)| Some((person, day, (*duty)?)))
        })
    }
}
