//! Couplings between people in the model.

use crate::roster::count::block::blocks;
use crate::roster::count::shared_time::ties;
use crate::roster::engine::{self, Block, Coupling};
use crate::roster::model::problem::RosterProblem;
use crate::roster::model::shift::ShiftTemplate;
use crate::units::{HourlyPrice, Share};

/// Couplings of people who should work shared hours.
pub(in crate::roster) fn of_shared_hours(problem: &RosterProblem) -> impl Iterator<Item = Coupling> {
    let price = problem.prices.apart_hour.get();
    let coupling =
        move |(leader, followers, share): (usize, Vec<usize>, Share)| engine::SharedHours { leader, followers, share: share.get(), price };
    ties(problem).into_iter().map(coupling).map(Coupling::SharedHours)
}

/// Hours that each shift has in common with each that starts on the same day.
pub(in crate::roster) fn hours_in_common(problem: &RosterProblem) -> Vec<f64> {
    let times: Vec<(i32, i32)> = problem.shifts.iter().map(ShiftTemplate::by_desk).collect();
    let common = |one: (i32, i32), other: (i32, i32)| f64::from((one.1.min(other.1) - one.0.max(other.0)).max(0)) / 60.0;
    times.iter().flat_map(|&one| times.iter().map(move |&other| common(one, other))).collect()
}

/// Couplings of BPO seats in minimum-size blocks.
pub(in crate::roster) fn of_blocks(problem: &RosterProblem) -> impl Iterator<Item = Coupling> {
    let prices = |pay: HourlyPrice| problem.shifts.iter().map(|shift| (shift.paid * pay).get()).collect();
    blocks(problem).into_iter().map(move |(_, people, least, pay)| Coupling::Block(Block { people, least, prices: prices(pay) }))
}
