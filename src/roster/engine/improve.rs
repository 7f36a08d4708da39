//! Construction and improvement heuristics; every intermediate roster is legal.
//!
//! People are inserted one by one at the exact marginal price of an agent. Then each in turn is re-optimised against all others (best
//! response). Then a few at a time are removed and re-inserted (ruin and recreate: Schrimpf et al. 2000, Journal of Computational
//! Physics 159), and the result is kept if a slowly falling temperature accepts it. A few such moves are tried in parallel and applied one
//! after the other as far as they still hold: a fixed number, however many cores there are, so that a seed gives one roster.

use super::bench::Bench;
use super::column::Column;
use super::model::Model;
use super::regroup::regroup;
use super::solution::Solution;
use crate::budget::{Budget, Progress};
use crate::roster::engine::proof::volume::Goal;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rayon::prelude::*;
use std::ops::Range;
use tracing::info;

/// Solution with everybody inserted in random order.
pub(in crate::roster) fn construct<'a>(model: &'a Model, random: &mut impl Rng) -> Solution<'a> {
    let mut solution = Solution::empty(model);
    insert_missing(model, &mut solution, random);
    solution
}

/// Inserts everybody without a tour, in random order. A person's best tour may cost more than it saves, as for people away on full pay:
/// it is owed all the same, so nobody is left out of a roster to save it.
pub(in crate::roster) fn insert_missing(model: &Model, solution: &mut Solution, random: &mut impl Rng) {
    let mut scratch = model.scratch();
    let mut order: Vec<usize> = (0..model.people.len()).filter(|&person| solution.columns[person].is_none()).collect();
    order.shuffle(random);
    for person in order {
        if let Some(column) = model.best_response(person, 0..model.days, &[], &solution.cover, &|other| solution.tour(other), &mut scratch)
        {
            solution.insert(model, person, column);
        }
    }
}

/// Weight of the pull towards the fractional coverage in each pass, as a share of the mean price.
const DRAWS: [f64; 3] = [0.03, 0.01, 0.01];

/// Solution with everybody inserted in random order at the prices of a fractional coverage, pulled towards what it still has more of; then
/// moved again with a weaker pull. This smooth objective keeps people from getting stuck behind one another.
pub(in crate::roster) fn construct_towards<'a>(model: &'a Model, goal: &Goal, random: &mut impl Rng) -> Solution<'a> {
    let prices = model.prices_of_sets(&goal.prices);
    let mean = prices.iter().flatten().map(|price| price.abs()).sum::<f64>() / (prices.len() * model.rows()) as f64;
    let mut order: Vec<usize> = (0..model.people.len()).collect();
    let mut scratch = model.scratch();
    let mut columns: Vec<Option<Column>> = vec![None; model.people.len()];
    let mut staffed = vec![vec![0.0; model.rows()]; model.sets.len()];
    let (mut inserted, mut of_set) = (vec![0.0; model.sets.len()], vec![0.0; model.sets.len()]);
    model.people.iter().for_each(|member| of_set[member.set] += member.effectiveness);
    for (pass, draw) in DRAWS.into_iter().enumerate() {
        let draw = draw * mean;
        order.shuffle(random);
        // one after the other: people inserted together would not see each other
        for &person in &order {
            let member = &model.people[person];
            let set = member.set;
            match &columns[person] {
                Some(column) => model.presence(person, &column.tour, |row, agents| staffed[set][row] -= agents),
                // in the first pass the goal grows in proportion to the people inserted
                None if pass == 0 => inserted[set] += member.effectiveness,
                None => {}
            }
            let share = inserted[set] / of_set[set];
            let worth = |row: usize, agents: f64| {
                agents * (prices[set][row] + draw * (goal.staffed[set][row] * share - staffed[set][row] - agents / 2.0))
            };
            let found = model.best_at(person, worth, &mut scratch);
            if let Some(column) = &found {
                model.presence(person, &column.tour, |row, agents| staffed[set][row] += agents);
            }
            columns[person] = found;
        }
    }
    Solution::of(model, columns)
}

/// Relative gain below which passes over everybody stop, and their maximum number.
const LEAST_GAIN: f64 = 1e-5;
const MOST_PASSES: usize = 30;
/// Moves, and groups to regroup, tried in parallel before any is applied: part of the search, not of the machine. More would use more
/// cores, but each move is tried against a roster that is as many moves old.
const MOVES_AT_A_TIME: usize = 4;
const GROUPS_AT_A_TIME: usize = 2;

/// People to be removed within a window of days and re-inserted in this order.
struct Ruin {
    people: Vec<usize>,
    days: Range<usize>,
}

/// New tours of some people.
struct Move {
    people: Vec<usize>,
    columns: Vec<Column>,
}

/// Tries each ruin on its own; a move is cut short where a person finds no tour.
fn try_all(model: &Model, bench: &Bench, solution: &Solution, ruins: Vec<Ruin>) -> Vec<Move> {
    let try_one = |Ruin { people, days }: Ruin| {
        bench.with_memory(|scratch| {
            let mut cover = solution.cover.clone();
            for &person in &people {
                solution.columns[person].iter().for_each(|column| model.put(&mut cover, person, &column.tour, -1.0));
            }
            let mut columns: Vec<Column> = Vec::with_capacity(people.len());
            for &person in &people {
                if let Some((&before, column)) = people.iter().zip(&columns).next_back() {
                    model.put(&mut cover, before, &column.tour, 1.0);
                }
                let now = solution.columns[person].as_ref().map_or(&[][..], |column| &column.tour);
                let others = |other: usize| match people.iter().position(|&moved| moved == other) {
                    Some(place) => columns.get(place).map(|column| &column.tour[..]),
                    None => solution.tour(other),
                };
                let Some(column) = model.best_response(person, days.clone(), now, &cover, &others, scratch) else { break };
                columns.push(column);
            }
            Move { people, columns }
        })
    };
    ruins.into_par_iter().map(try_one).collect()
}

/// Applies moves whose change of cost `accepts`, one after the other, except for people moved since they were tried.
fn take_over_each(model: &Model, solution: &mut Solution, tried: impl IntoIterator<Item = Move>, mut accepts: impl FnMut(f64) -> bool) {
    let mut moved: Vec<usize> = Vec::new();
    for tried in tried {
        if tried.people.iter().any(|person| moved.contains(person)) {
            continue;
        }
        let people = tried.people.clone();
        if take_over(model, solution, tried, &mut accepts) {
            moved.extend(people);
        }
    }
}

/// Applies a move if `accepts` takes its change of cost.
fn take_over(model: &Model, solution: &mut Solution, tried: Move, accepts: impl FnOnce(f64) -> bool) -> bool {
    let as_before = |(&person, column): (&usize, &Column)| solution.columns[person].as_ref().is_some_and(|now| now.tour == column.tour);
    if tried.columns.len() < tried.people.len() || tried.people.iter().zip(&tried.columns).all(as_before) {
        return false;
    }
    let before = solution.cost();
    let had = solution.exchange(model, tried.people.into_iter().zip(tried.columns.into_iter().map(Some)).collect());
    let accepted = accepts(solution.cost() - before);
    if !accepted {
        solution.exchange(model, had);
    }
    accepted
}

/// Gives each person in turn the best tour against all others, until nobody gains.
pub(in crate::roster) fn best_responses(model: &Model, solution: &mut Solution, random: &mut impl Rng, budget: &Budget) {
    let bench = Bench::new(model);
    let mut order: Vec<usize> = (0..model.people.len()).collect();
    for _ in 0..MOST_PASSES {
        let before = solution.cost();
        order.shuffle(random);
        for people in order.chunks(MOVES_AT_A_TIME) {
            if budget.is_spent() {
                return;
            }
            let ruins = people.iter().map(|&person| Ruin { people: vec![person], days: 0..model.days }).collect();
            take_over_each(model, solution, try_all(model, &bench, solution, ruins), |change| change < 0.0);
        }
        if before - solution.cost() < LEAST_GAIN * before {
            return;
        }
    }
}

/// Maximum number of weeks ruined at a time.
const MOST_WEEKS: usize = 4;
/// Probability of ruining a single week; otherwise any number of them.
const ONE_WEEK: f64 = 0.75;
/// Initial temperature as a share of the cost per person and week; it falls to a hundredth of that.
const FIRST_TEMPERATURE: f64 = 0.004;

/// Relative gap to the bound at which a roster counts as optimal.
const CLOSE_ENOUGH: f64 = 1e-7;

/// Whether a roster counts as optimal; never without a proven bound.
pub(super) fn is_close_enough(cost: f64, bound: f64) -> bool {
    bound.is_finite() && cost <= bound + CLOSE_ENOUGH * bound.abs()
}

/// Best solution found by removing and re-inserting a few people at a time.
pub(in crate::roster) fn ruin_and_recreate<'a>(
    model: &'a Model,
    start: Solution<'a>,
    random: &mut impl Rng,
    budget: &Budget,
    rounds: u64,
    bound: f64,
) -> Solution<'a> {
    let bench = Bench::new(model);
    let person_weeks = model.people.len() as f64 * f64::max(model.days as f64 / model.week as f64, 1.0);
    let time = budget.time_left().map(|left| left.as_secs_f64());
    let mut best = start.clone();
    let mut current = start;
    let mut best_cost = best.cost();
    let mut round = 0;
    while round < rounds && !is_close_enough(best_cost, bound) && !budget.is_spent() {
        let of_rounds = round as f64 / rounds as f64;
        let of_time = time.map_or(0.0, |time| 1.0 - budget.time_left().map_or(0.0, |left| left.as_secs_f64()) / time);
        let temperature = FIRST_TEMPERATURE * best_cost / person_weeks * 0.01_f64.powf(of_rounds.max(of_time));
        let ruins: Vec<Ruin> =
            (0..MOVES_AT_A_TIME).map(|_| Ruin { days: few_weeks(model, random), people: few_people(model, random) }).collect();
        round += ruins.len() as u64;
        let tried = try_all(model, &bench, &current, ruins);
        take_over_each(model, &mut current, tried, |change| change <= 0.0 || random.random::<f64>() < (-change / temperature).exp());
        let cost = current.cost();
        if cost < best_cost - 1e-9 {
            best_cost = cost;
            best = current.clone();
            budget.report(Progress::Roster { cost: best_cost, bound });
        }
    }
    if rounds > 0 {
        let done = if is_close_enough(best_cost, bound) { "as cheap as the bound" } else { "all moves made" };
        info!(moves = round, cost = best_cost, ended = budget.ended(done), "local search");
    }
    best
}

/// Smallest and largest number of people regrouped together.
const LEAST_TOGETHER: usize = 6;
const MOST_TOGETHER: usize = 30;
/// Failures after which one more person takes part, and after which the search stops.
const FAILURES: usize = 60;
const MOST_FAILURES: usize = 200;

/// Regroups several people at a time, ever more of them, until nobody has gained for long or the budget is spent.
pub(in crate::roster) fn regroup_all(model: &Model, solution: &mut Solution, random: &mut impl Rng, budget: &Budget, bound: f64) {
    let everybody = model.people.len();
    let (mut together, mut failures, mut failures_together) = (LEAST_TOGETHER.min(everybody), 0, 0);
    while failures < MOST_FAILURES && !is_close_enough(solution.cost(), bound) && !budget.is_spent() {
        let groups: Vec<Ruin> = (0..GROUPS_AT_A_TIME)
            .map(|_| {
                let mut people: Vec<usize> = (0..everybody).collect();
                people.shuffle(random);
                people.truncate(together);
                Ruin { people, days: window(model, random) }
            })
            .collect();
        let place = |Ruin { people, days }: Ruin| regroup(model, solution, &people, &days, budget).map(|columns| Move { people, columns });
        let found: Vec<Option<Move>> = groups.into_par_iter().map(place).collect();
        failures += GROUPS_AT_A_TIME;
        failures_together += GROUPS_AT_A_TIME;
        let before = solution.cost();
        take_over_each(model, solution, found.into_iter().flatten(), |change| change <= 1e-9);
        if solution.cost() < before - 1e-9 {
            (failures, failures_together) = (0, 0);
            budget.report(Progress::Roster { cost: solution.cost(), bound });
        }
        if failures_together > FAILURES {
            failures_together = 0;
            together = if together < MOST_TOGETHER.min(everybody) { together + 1 } else { LEAST_TOGETHER.min(everybody) };
        }
    }
}

/// A few weeks of a long horizon.
fn window(model: &Model, random: &mut impl Rng) -> Range<usize> {
    let weeks = model.days.div_ceil(model.week);
    if weeks <= MOST_WEEKS || weeks <= 2 * MOST_WEEKS && random.random_bool(0.5) {
        return 0..model.days;
    }
    let first = random.random_range(0..=weeks - MOST_WEEKS);
    first * model.week..((first + MOST_WEEKS) * model.week).min(model.days)
}

/// One week, or sometimes several.
fn few_weeks(model: &Model, random: &mut impl Rng) -> Range<usize> {
    let weeks = model.days.div_ceil(model.week);
    let taken = if random.random_bool(ONE_WEEK) { 1 } else { random.random_range(1..=weeks.min(MOST_WEEKS)) };
    let first = random.random_range(0..=weeks - taken);
    first * model.week..((first + taken) * model.week).min(model.days)
}

/// Up to four people: the first at random, the others with a skill in common, as far as found.
fn few_people(model: &Model, random: &mut impl Rng) -> Vec<usize> {
    let everybody = model.people.len();
    let first = random.random_range(0..everybody);
    let alike = |person: usize| model.sets[model.people[person].set] & model.sets[model.people[first].set] != 0;
    let mut people = vec![first];
    let wanted = random.random_range(2..=4);
    for _ in 0..20 {
        let other = random.random_range(0..everybody);
        if people.len() < wanted && !people.contains(&other) && alike(other) {
            people.push(other);
        }
    }
    people.shuffle(random);
    people
}
