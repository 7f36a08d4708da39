//! The problem as the search sees it: who can do what, which tours are legal, and the tours everybody has at the moment.

use super::cover::{Cover, SkillSet};
use super::pattern::BreakWindow;
use super::problem::RosterProblem;
use super::tour::{DutyWorth, Tour, TourGraph, presence};
use rayon::prelude::*;

/// What stays the same during a search.
#[derive(Debug)]
pub(super) struct Team<'a> {
    pub(super) problem: &'a RosterProblem,
    /// Break windows of each shift.
    pub(super) windows: Vec<Vec<BreakWindow>>,
    /// Legal tours of each person.
    pub(super) graphs: Vec<TourGraph>,
    /// The different sets of skills.
    pub(super) sets: Vec<SkillSet>,
    /// Which of them each person has.
    pub(super) set_of: Vec<usize>,
}

/// A tour with what it costs by itself and where it puts its person.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) tour: Tour,
    pub(super) own_cost: f64,
    /// Share of the interval at the desk, for the intervals in which it is at all.
    pub(super) presence: Vec<(usize, f64)>,
}

/// A tour for everybody.
#[derive(Clone, Debug)]
pub(super) struct Plan<'a> {
    pub(super) tours: Vec<Option<Column>>,
    pub(super) cover: Cover<'a>,
}

impl<'a> Team<'a> {
    pub(super) fn new(problem: &'a RosterProblem) -> Self {
        let person_sets = Self::skill_sets(problem);
        let mut sets = person_sets.clone();
        sets.sort_unstable();
        sets.dedup();
        Self {
            problem,
            windows: problem.shifts.iter().map(super::pattern::ShiftTemplate::break_windows).collect(),
            graphs: problem.people.par_iter().map(|person| TourGraph::build(problem, person)).collect(),
            set_of: person_sets.iter().map(|set| sets.binary_search(set).unwrap_or_default()).collect(),
            sets,
        }
    }

    /// The queues with demand that each person can serve.
    pub(super) fn skill_sets(problem: &RosterProblem) -> Vec<SkillSet> {
        let skills = |person: &super::problem::Person| {
            let served = problem.demand.iter().enumerate().filter(|(_, demand)| person.employee.serves(&demand.queue));
            served.fold(0, |set, (queue, _)| set | 1 << queue)
        };
        problem.people.iter().map(skills).collect()
    }

    /// The best tour of a person for what her presence is worth in each interval, and (own cost − worth).
    pub(super) fn best_tour(&self, person: usize, presence_worth: &[f64]) -> Option<(Column, f64)> {
        let worth = DutyWorth::new(self.problem, &self.windows, presence_worth);
        let (shifts, reduced) = self.graphs[person].cheapest(&worth)?;
        Some((self.column(person, worth.tour(&shifts))?, reduced))
    }

    pub(super) fn column(&self, person: usize, tour: Tour) -> Option<Column> {
        let own_cost = self.graphs[person].own_cost(&tour)?;
        let presence = presence(self.problem, &self.windows, &tour);
        Some(Column { tour, own_cost, presence })
    }

    pub(super) fn people(&self) -> usize {
        self.problem.people.len()
    }

    pub(super) fn strength(&self, person: usize) -> f64 {
        self.problem.people[person].strength
    }
}

impl<'a> Plan<'a> {
    pub(super) fn empty(team: &Team<'a>) -> Self {
        Self { tours: vec![None; team.people()], cover: Cover::empty(team.problem, &team.sets) }
    }

    pub(super) fn of(team: &Team<'a>, columns: impl IntoIterator<Item = Column>) -> Self {
        let mut plan = Self::empty(team);
        columns.into_iter().enumerate().for_each(|(person, column)| plan.insert(team, person, column));
        plan
    }

    /// Pay, premiums, refused requests and the price of all that is missing.
    pub(super) fn cost(&self) -> f64 {
        self.tours.iter().flatten().map(|column| column.own_cost).sum::<f64>() + self.cover.total_cost()
    }

    pub(super) fn insert(&mut self, team: &Team, person: usize, column: Column) {
        for &(slot, share) in &column.presence {
            self.cover.add(slot, team.set_of[person], share * team.strength(person));
        }
        self.tours[person] = Some(column);
    }

    pub(super) fn remove(&mut self, team: &Team, person: usize) -> Option<Column> {
        let column = self.tours[person].take()?;
        for &(slot, share) in &column.presence {
            self.cover.add(slot, team.set_of[person], -share * team.strength(person));
        }
        Some(column)
    }

    /// The best tour of a person beside everybody else's.
    pub(super) fn best_response(&self, team: &Team, person: usize) -> Option<Column> {
        let saving = |slot| self.cover.saving(slot, team.set_of[person], team.strength(person));
        let worth: Vec<f64> = (0..team.problem.grid.len()).map(saving).collect();
        team.best_tour(person, &worth).map(|(column, _)| column)
    }
}
