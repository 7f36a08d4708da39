//! The search for rosters, free of dates, money and law.
//!
//! A [`Model`] says what each shift puts on the desk, what the desk is short of and what that costs, and which tours each person may
//! have; a [`TourSpace`] finds the cheapest of somebody's tours exactly. One such search serves insertion, improvement, pricing and
//! repair. Whoever states a problem as a model (a plan's week, a published benchmark instance) gets all of them.

mod bench;
mod block;
mod bond;
mod bound;
#[cfg(test)]
mod brute_force;
mod choice;
mod column;
mod cover;
mod dive;
mod graph;
mod improve;
mod lineup;
mod master;
mod model;
mod path;
mod prices;
mod regroup;
mod search;
mod volume;

pub(super) use block::Block;
pub(super) use bond::{Bond, Company, Others};
pub(super) use column::{Column, Duty, Placing, Tour};
pub(super) use cover::{Cover, Step};
pub(super) use graph::{StartBands, StateGraph, TourRules, Transition};
pub(super) use lineup::Lineup;
pub(super) use model::{BreakOption, Member, Model, ShiftWork};
pub(super) use prices::DutyPrices;
pub(super) use search::{draft, mend, prove, search};

/// The legal tours of people who are under the same rules.
pub(super) trait TourSpace: Send + Sync + std::fmt::Debug {
    /// The tour with the least sum of its own cost, times `scale`, and of the prices of what is done on each day, from one of the
    /// space's beginnings: the shift of each day, its own cost and that sum. `None` if no tour has a finite price.
    fn cheapest(&self, start: usize, scale: f64, prices: &DutyPrices, memory: &mut Memory) -> Option<Found>;

    /// The same among the tours that differ from a legal one within a window only; the prices of the days around it do not count.
    fn within(&self, start: usize, scale: f64, prices: &DutyPrices, window: &Window, memory: &mut Memory) -> Option<Found>;
}

/// Memory that searches use again and again.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Numbers that nobody relies on.
    pub(super) values: Vec<f64>,
    /// Infinite numbers: whoever changes some makes them infinite again.
    infinite: Vec<f64>,
    /// Places in these.
    reached: Vec<u32>,
}

/// Days that may change, within a tour.
#[derive(Clone, Debug)]
pub(super) struct Window<'a> {
    pub(super) days: std::ops::Range<usize>,
    pub(super) around: &'a [Option<u16>],
}

/// A tour found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The shift of each day, `None` for a day off.
    pub(super) shifts: Vec<Option<u16>>,
    /// What the tour itself costs under the space's rules, scaled.
    pub(super) own_cost: f64,
    /// Own cost and the prices of all days.
    pub(super) price: f64,
}
