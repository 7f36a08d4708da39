//! From model to roster: insert, answer, improve.

use super::bound::price_out;
use super::dive::dive;
use super::improve::{best_responses, construct, construct_towards, ruin_and_recreate};
use super::master::{Group, Master, groups};
use super::volume::improve_prices;
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
    let start = vec![vec![std::env::var("P0").map_or(0.0, |v| v.parse().unwrap()); model.rows()]; model.queues];
    let prices = improve_prices(model, &groups(model), start, lineup.cost(), 1500, &budget.keeping(0.75));
    eprintln!("volume done bound {:.2} left {:?}", prices.bound, budget.time_left());
    for _ in 0..4 {
        let mut other = construct_towards(model, &prices, &mut random);
        best_responses(model, &mut other, &mut random, budget);
        eprintln!("towards responses {:.2} left {:?}", other.cost(), budget.time_left());
        if other.cost() < lineup.cost() { lineup = other; }
    }
    if std::env::var("R").is_ok_and(|v| v == "0") { let l = ruin_and_recreate(model, lineup, &mut random, budget, u64::MAX, prices.bound); return (l, prices.bound); }
    let singles: Vec<Group> = (0..model.people.len()).map(|person| Group { members: vec![person] }).collect();
    let mut master = Master::new(model, singles);
    for (group, tours) in groups(model).iter().zip(&prices.tours) {
        for &person in &group.members {
            tours.iter().filter(|(_, w)| *w > 0.01).for_each(|(column, _)| {
                master.add(person, column.clone());
            });
        }
    }
    for (person, column) in lineup.columns.iter().enumerate() {
        if let Some(column) = column {
            master.add(person, column.clone());
        }
    }
    let mut bound = prices.bound;
    let priced = price_out(model, &mut master, 200, lineup.cost(), &budget.keeping(0.3));
    bound = bound.max(priced.bound);
    let mut last_mip = 0;
    while !budget.is_spent() && lineup.cost() > bound + 1.0 {
        let Some(mut other) = dive(model, &mut master, &mut random, budget) else { break };
        let dived = other.cost();
        best_responses(model, &mut other, &mut random, budget);
        eprintln!("dive {dived:.2} responses {:.2} best {:.2} left {:?}", other.cost(), lineup.cost(), budget.time_left());
        if other.cost() < lineup.cost() { lineup = other; }
        last_mip += 1;
        if last_mip >= 10 {
            last_mip = 0;
            let pool = promising(model, &master, &priced.prices, &lineup, bound);
            let n: usize = pool.iter().map(Vec::len).sum();
            if let Some(chosen) = super::master::choose(model, &master.groups, &pool, budget.time_left().map_or(10.0, |left| left.as_secs_f64().min(10.0))) {
                let mut other = Lineup::of(model, pool.into_iter().zip(chosen).map(|(mut tours, chosen)| tours.swap_remove(chosen)));
                let c = other.cost();
                best_responses(model, &mut other, &mut random, budget);
                eprintln!("mip {n} of {} {c:.2} {:.2} best {:.2} left {:?}", master.tours.iter().map(Vec::len).sum::<usize>(), other.cost(), lineup.cost(), budget.time_left());
                if other.cost() < lineup.cost() { lineup = other; }
            }
        }
    }
    let lineup = ruin_and_recreate(model, lineup, &mut random, budget, 100, bound);
    (lineup, bound)
}

/// Tours that a roster cheaper than the one at hand could have: those whose reduced cost at the bound's prices is below the gap.
fn promising(model: &Model, master: &Master, prices: &[Vec<f64>], lineup: &Lineup, bound: f64) -> Vec<Vec<super::Column>> {
    let gap = lineup.cost() - bound;
    let of_set: Vec<Vec<f64>> = model.sets.iter().map(|set| (0..model.rows()).map(|row| (0..model.queues).filter(|queue| set >> queue & 1 == 1).map(|queue| prices[queue][row]).reduce(f64::max).unwrap_or(0.0)).collect()).collect();
    master.groups.iter().zip(&master.tours).map(|(group, tours)| {
        let person = group.members[0];
        let member = &model.people[person];
        let reduced = |column: &super::Column| {
            let mut worth = 0.0;
            model.presence(&column.tour, |row, share| worth += share * member.strength * of_set[member.set][row]);
            column.own_cost - worth
        };
        let mut priced: Vec<(f64, &super::Column)> = tours.iter().map(|(column, _)| (reduced(column), column)).collect();
        priced.sort_by(|a, b| a.0.total_cmp(&b.0));
        let least = priced.first().map_or(0.0, |first| first.0);
        let now = lineup.columns[person].clone();
        let others = priced.into_iter().filter(|(reduced, column)| *reduced < least + gap && now.as_ref().is_none_or(|now| now.tour != column.tour)).take(200).map(|(_, column)| column.clone()).collect::<Vec<_>>();
        now.into_iter().chain(others).collect()
    }).collect()
}
