//! Search engine for rosters, free of dates, money and law.
//!
//! A [`Model`] holds what each shift puts on the desk, the demand with its penalties, and the tours open to each person; a
//! [`TourSpace`] finds a person's cheapest tour exactly. That one search serves insertion, improvement, pricing and repair. Any problem
//! stated as a model (a plan's week, a published benchmark instance) gets all of them.

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
