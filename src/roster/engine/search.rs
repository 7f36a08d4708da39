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
    let start = vec![vec![std::env::var("P0").map_or(0.0, |v| v.parse().unwrap()); model.rows()]; model.queues];
    let prices = super::volume::improve_prices(model, &master, start, lineup.cost(), 1500, &budget.keeping(0.75));
    for (group, tours) in prices.tours.iter().enumerate() {
        tours.iter().for_each(|(column, _)| {
            master.add(group, column.clone());
        });
    }
    eprintln!("volume done bound {:.2} left {:?}", prices.bound, budget.time_left());
    for _ in 0..4 {
        let mut other = super::improve::construct_towards(model, &prices, &mut random);
        eprintln!("towards {:.2} left {:?}", other.cost(), budget.time_left());
        best_responses(model, &mut other, &mut random, budget);
        eprintln!("responses {:.2} left {:?}", other.cost(), budget.time_left());
        if other.cost() < lineup.cost() { lineup = other; }
    }
    if std::env::var("R").is_ok_and(|v| v == "0") { let l = ruin_and_recreate(model, lineup, &mut random, budget, u64::MAX, prices.bound); return (l, prices.bound); }
    let priced = price_out(model, &mut master, std::env::var("R").map_or(200, |v| v.parse().unwrap()), lineup.cost(), &budget.keeping(0.3));
    let lineup = ruin_and_recreate(model, lineup, &mut random, budget, u64::MAX, priced.bound);
    eprintln!("ruin {:.2} left {:?}", lineup.cost(), budget.time_left());
    (lineup, priced.bound)
}
