//! The search for rosters, free of dates, money and law.
//!
//! A [`Model`] says what each shift puts on the desk, what the desk is short of and what that costs, and which tours each person may
//! have; a [`TourSpace`] finds the cheapest of somebody's tours exactly. One such search serves insertion, improvement, pricing and
//! repair. Whoever states a problem as a model (a plan's week, a published benchmark instance) gets all of them.

mod bench;
mod block_prices;
#[cfg(test)]
mod brute_force;
mod choice;
mod column;
mod coupling;
mod coupling_prices;
mod cover;
mod graph;
mod improve;
mod model;
mod path;
mod prices;
mod proof;
mod regroup;
mod row;
mod search;
mod solution;
mod space;
mod split;

pub(super) use column::{Column, Duty, Placing, Tour};
pub(super) use coupling::{Block, Coupling, SharedHours};
pub(super) use cover::Cover;
pub(super) use graph::{StartBands, StateGraph, TourRules, Transition};
pub(super) use model::{BreakOption, Member, Model, ShiftWork};
pub(super) use prices::DutyPrices;
pub(super) use row::PenaltyStep;
pub(super) use search::{draft, mend, prove, search};
pub(super) use solution::Solution;
pub(super) use space::{Found, Memory, TourSpace, Window};
