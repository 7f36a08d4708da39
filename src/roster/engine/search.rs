//! From model to roster: insert, answer, improve.

use super::bound::price_out;
use super::improve::{best_responses, construct, ruin_and_recreate};
use super::master::Master;
use super::{Lineup, Model};
use crate::budget::Budget;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// The best tours for everybody that the budget finds, and what no tours can undercut.
pub(in crate::roster) fn search<'a>(model: &'a Model, seed: u64, budget: &Budget) -> (Lineup<'a>, f64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut lineup = construct(model, &mut random);
    eprintln!("construct {:.2} left {:?}", lineup.cost(), budget.time_left());
    best_responses(model, &mut lineup, &mut random, budget);
    eprintln!("responses {:.2} left {:?}", lineup.cost(), budget.time_left());
    let mut master = Master::new(model);
    for group in 0..master.groups.len() {
        for person in master.groups[group].members.clone() {
            if let Some(column) = &lineup.columns[person] {
                master.add(group, column.clone());
            }
        }
    }
    let priced = price_out(model, &mut master, 200, lineup.cost(), &budget.keeping(0.3));
    let lineup = ruin_and_recreate(model, lineup, &mut random, budget, u64::MAX, priced.bound);
    eprintln!("ruin {:.2} left {:?}", lineup.cost(), budget.time_left());
    (lineup, priced.bound)
}
