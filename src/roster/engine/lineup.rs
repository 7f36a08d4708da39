//! The tours everybody has at the moment.

use super::{Column, Cover, Model, model::Scratch};

/// A tour for everybody, and the desk they cover.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Lineup<'a> {
    pub(in crate::roster) columns: Vec<Option<Column>>,
    pub(in crate::roster) cover: Cover<'a>,
    own_cost: f64,
}

impl<'a> Lineup<'a> {
    /// Nobody has a tour yet.
    pub(in crate::roster) fn empty(model: &'a Model) -> Self {
        Self { columns: vec![None; model.people.len()], cover: model.nobody(), own_cost: model.fixed_cost }
    }

    /// These tours, one for each person.
    pub(in crate::roster) fn of(model: &'a Model, columns: impl IntoIterator<Item = Column>) -> Self {
        let mut lineup = Self::empty(model);
        columns.into_iter().enumerate().for_each(|(person, column)| lineup.insert(model, person, column));
        lineup
    }

    /// What the tours cost and the price of all that is missing.
    pub(in crate::roster) fn cost(&self) -> f64 {
        self.own_cost + self.cover.cost()
    }

    /// What the tours cost by themselves.
    pub(in crate::roster) fn own_cost(&self) -> f64 {
        self.own_cost
    }

    pub(in crate::roster) fn insert(&mut self, model: &Model, person: usize, column: Column) {
        let member = &model.people[person];
        model.presence(&column.tour, |row, share| self.cover.add(row, member.set, share * member.strength));
        self.own_cost += column.own_cost;
        self.columns[person] = Some(column);
    }

    pub(in crate::roster) fn remove(&mut self, model: &Model, person: usize) -> Option<Column> {
        let column = self.columns[person].take()?;
        let member = &model.people[person];
        model.presence(&column.tour, |row, share| self.cover.add(row, member.set, -share * member.strength));
        self.own_cost -= column.own_cost;
        Some(column)
    }

    /// Her best tour beside everybody else's.
    pub(in crate::roster) fn best_response(&self, model: &Model, person: usize, scratch: &mut Scratch) -> Option<Column> {
        model.best_response(person, &self.cover, scratch).map(|(column, _)| column)
    }
}
