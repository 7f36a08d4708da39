//! Diving heuristic: integral tours from fractional ones, by column generation that fixes single days again and again.
//!
//! Where the linear program gives a person the same shift (or day off) on a day in nearly all of their tours, it is fixed; then tours are
//! priced anew around what is fixed, so that only fractions are lost. Single days are fixed, never whole tours, which would leave too
//! little room (Joncour et al. 2010, Electronic Notes in Discrete Mathematics 36, on diving heuristics).

use super::bound::lagrangian;
use super::master::{Master, Relaxed};
use crate::budget::Budget;
use crate::roster::engine::bench::Bench;
use crate::roster::engine::column::Column;
use crate::roster::engine::model::Model;
use crate::roster::engine::solution::Solution;
use rand::{Rng, RngExt};

/// Pricing rounds between two fixings.
const ROUNDS: usize = 4;
/// Share of a person's tours with the same choice from which a day is fixed; drawn anew for each dive.
const THRESHOLDS: std::ops::Range<f64> = 0.55..0.95;
/// Tolerance of integrality.
const WHOLE: f64 = 1e-6;

/// Solution near that of the linear program; `None` if the budget ends before. Every group of the program must be one person; it keeps
/// the tours found.
pub(in crate::roster) fn dive<'a>(model: &'a Model, master: &mut Master, random: &mut impl Rng, budget: &Budget) -> Option<Solution<'a>> {
    let bench = Bench::new(model);
    let mut restricted = model.clone();
    let threshold = random.random_range(THRESHOLDS);
    let columns = loop {
        if budget.is_spent() {
            master.rule_out(model);
            return None;
        }
        let Some(relaxed) = price_beside(&restricted, &bench, master, budget) else { break None };
        if relaxed.taken.iter().flatten().all(|taken| *taken < WHOLE || *taken > 1.0 - WHOLE) {
            break Some(chosen(master, &relaxed));
        }
        fix(&mut restricted, master, &relaxed, threshold);
        master.rule_out(&restricted);
    };
    master.rule_out(model);
    Some(Solution::of(model, columns??))
}

/// Relaxation after a few rounds of pricing around what is fixed.
fn price_beside(restricted: &Model, bench: &Bench, master: &mut Master, budget: &Budget) -> Option<Relaxed> {
    for _ in 0..ROUNDS {
        let relaxed = master.relax(budget).found()?;
        let (_, columns) = lagrangian(restricted, bench, &master.groups, &relaxed.prices);
        if master.add_each(columns) == 0 {
            return Some(relaxed);
        }
    }
    master.relax(budget).found()
}

fn chosen(master: &Master, relaxed: &Relaxed) -> Option<Vec<Column>> {
    let of_group = |(tours, taken): (&Vec<(Column, highs::Col)>, &Vec<f64>)| {
        taken.iter().position(|taken| *taken > 0.5).map(|place| tours[place].0.clone())
    };
    master.tours.iter().zip(&relaxed.taken).map(of_group).collect()
}

/// Fixes days whose choice is nearly certain, and at least the most certain of the others.
fn fix(restricted: &mut Model, master: &Master, relaxed: &Relaxed, threshold: f64) {
    let shifts = restricted.shifts.len();
    let mut surest: Option<(f64, usize, usize, Option<u16>)> = None;
    let mut fixed_any = false;
    for (group, (tours, taken)) in master.tours.iter().zip(&relaxed.taken).enumerate() {
        let person = master.groups[group].members[0];
        let mut shares = vec![0.0; restricted.days * (shifts + 1)];
        for ((column, _), taken) in tours.iter().zip(taken).filter(|(_, taken)| **taken > WHOLE) {
            for (day, duty) in column.tour.iter().enumerate() {
                shares[day * (shifts + 1) + duty.map_or(shifts, |duty| usize::from(duty.shift))] += taken;
            }
        }
        // while less than one tour is given up in all, one of the person's tours has all that is fixed
        let mut given_up = 0.0;
        for day in 0..restricted.days {
            let of_day = &shares[day * (shifts + 1)..(day + 1) * (shifts + 1)];
            let (choice, share) = of_day.iter().copied().enumerate().fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best });
            let choice = (choice < shifts).then_some(choice as u16);
            if restricted.people[person].prices.is_fixed(day) {
                continue;
            }
            if share >= threshold && given_up + (1.0 - share) < 1.0 - WHOLE {
                given_up += 1.0 - share;
                restricted.people[person].prices.fix(day, choice);
                fixed_any |= share < 1.0 - WHOLE;
            } else if share < 1.0 - WHOLE && surest.is_none_or(|(best, ..)| share > best) {
                surest = Some((share, person, day, choice));
            }
        }
    }
    if let Some((_, person, day, choice)) = surest.filter(|_| !fixed_any) {
        restricted.people[person].prices.fix(day, choice);
    }
}
