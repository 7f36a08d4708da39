//! Regrouping: several people removed from the roster, their tours generated and chosen anew, given all others.
//!
//! The coverage by the others is subtracted from the demand; what remains is a small roster problem, solved by column generation and
//! branch and bound. So people can exchange duties in ways that no single move could begin.

use super::choice::{Patience, choose};
use super::column::{Column, Duty};
use super::model::Model;
use super::row::PenaltyStep;
use super::solution::Solution;
use crate::budget::Budget;
use crate::roster::engine::proof::bound::price_out;
use crate::roster::engine::proof::master::Master;
use std::ops::Range;

/// Pricing rounds of the small problem.
const ROUNDS: u64 = 30;
/// Limit of its branch and bound: seconds, or nodes without a time limit.
const MOST_SECONDS: f64 = 0.5;
const MOST_NODES: i32 = 200;
/// Tours per person in its pool.
const MOST_TOURS: usize = 60;

/// Better or equal tours of some people within a window of days; `None` where nothing changes.
pub(in crate::roster) fn regroup(
    model: &Model,
    solution: &Solution,
    people: &[usize],
    window: &Range<usize>,
    budget: &Budget,
) -> Option<Vec<Column>> {
    let (sub, now) = beside_others(model, solution, people, window)?;
    let before = Solution::of(&sub, now.iter().cloned()).cost();
    let mut master = Master::of_everybody(&sub, now.iter().cloned());
    let priced = price_out(&sub, &mut master, ROUNDS, before, &budget.silent());
    if priced.bound > before - 1e-6 || budget.is_spent() {
        return None;
    }
    let pool = master.promising(&priced.prices, &now, before - priced.bound, MOST_TOURS);
    let columns = choose(&sub, pool, Patience::of(budget, MOST_SECONDS, MOST_NODES)).found()?;
    (columns != now).then_some(columns)
}

/// Problem of some people given all others, with days outside the window fixed; and their current tours.
fn beside_others(model: &Model, solution: &Solution, people: &[usize], window: &Range<usize>) -> Option<(Model, Vec<Column>)> {
    let now: Vec<Column> = people.iter().map(|&person| solution.columns[person].clone()).collect::<Option<_>>()?;
    let mut cover = solution.cover.clone();
    for (&person, column) in people.iter().zip(&now) {
        model.put(&mut cover, person, &column.tour, -1.0);
    }
    let left = |(row, steps): (usize, &Vec<PenaltyStep>)| what_is_left(steps, cover.filled(row)[0]);
    let mut sub = Model {
        demand: model.demand.iter().enumerate().map(left).collect(),
        people: people.iter().map(|&person| model.people[person].clone()).collect(),
        fixed_cost: 0.0,
        couplings: Vec::new(),
        ..model.clone()
    };
    for (member, column) in sub.people.iter_mut().zip(&now) {
        for (day, duty) in column.tour.iter().enumerate().filter(|(day, _)| !window.contains(day)) {
            member.prices.fix(day, duty.map(|Duty { shift, .. }| shift));
        }
    }
    Some((sub, now))
}

/// Penalty steps left unfilled by `agents`.
fn what_is_left(steps: &[PenaltyStep], mut agents: f64) -> Vec<PenaltyStep> {
    let mut left = Vec::with_capacity(steps.len());
    for step in steps {
        let taken = agents.min(step.width);
        agents -= taken;
        if step.width > taken {
            left.push(PenaltyStep { width: step.width - taken, ..*step });
        }
    }
    left
}
