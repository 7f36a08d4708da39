//! The best legal tour of one person, exactly: a shortest path through the product of all rules.
//!
//! Which choices are legal after which does not depend on prices. The graph of reachable states is therefore built once a
//! person; every search after that is one pass over its edges. The same pass prices columns, builds the first roster,
//! improves it, and proves the bound.

use super::pattern::{BreakWindow, overlap};
use super::problem::{Person, RosterProblem};
use super::rules::{self, Choice, Day, State, may_work};
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use std::collections::BTreeMap;

/// A shift on a day for somebody, with the chosen beginning of each break.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Duty {
    pub(super) shift: usize,
    /// Beginnings in minutes after the shift's start, one for each of its break windows.
    pub(super) breaks: Vec<u32>,
}

/// What a person does on each day of the horizon.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Tour(pub(super) Vec<Option<Duty>>);

/// The legal tours of a person.
#[derive(Clone, Debug)]
pub(super) struct TourGraph {
    /// Edges of each day, ordered by the node they come from.
    days: Vec<Vec<Edge>>,
    nodes: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    from: u32,
    to: u32,
    /// The shift, or `OFF`.
    shift: u16,
    cost: f64,
}

const OFF: u16 = u16::MAX;
/// Between tours of equal cost, the one that works more paid hours wins: they are paid anyhow.
const IDLE_HOUR: f64 = 1e-6;

impl TourGraph {
    /// All legal tours of a person, day by day. Nodes from which the horizon's end cannot be reached are cut.
    pub(super) fn build(problem: &RosterProblem, person: &Person) -> Self {
        let horizon = problem.horizon;
        let day_of = |date: NaiveDate| Day {
            date,
            first: horizon.first,
            settles: date.weekday() == Weekday::Sun || date.succ_opt() == Some(horizon.end()),
            calendar: &problem.calendar,
            rules: &problem.rules,
            prices: &problem.prices,
        };
        let mut states = vec![rules::state_before(person, horizon.first, day_of)];
        let mut graph = Self { days: Vec::new(), nodes: vec![1] };
        for date in horizon.dates() {
            let choices = choices(problem, person, date);
            let mut next: BTreeMap<State, u32> = BTreeMap::new();
            let mut edges = Vec::new();
            for (from, state) in states.iter().enumerate() {
                for (shift, choice) in std::iter::once((OFF, None)).chain(choices.iter().map(|(shift, choice)| (*shift, Some(choice)))) {
                    if let Some((state, cost)) = rules::step(*state, person, &day_of(date), choice) {
                        let fresh = next.len() as u32;
                        let to = *next.entry(state).or_insert(fresh);
                        edges.push(Edge { from: from as u32, to, shift, cost });
                    }
                }
            }
            let mut ordered = vec![State::default(); next.len()];
            next.into_iter().for_each(|(state, node)| ordered[node as usize] = state);
            graph.nodes.push(ordered.len());
            graph.days.push(edges);
            states = ordered;
        }
        graph.cut_dead_ends();
        graph.merge_alike();
        graph
    }

    /// Nodes of a day from which the same choices lead on at the same cost are one node: last day first.
    fn merge_alike(&mut self) {
        for day in (1..self.days.len()).rev() {
            let mut onward: Vec<Vec<(u16, u32, u64)>> = vec![Vec::new(); self.nodes[day]];
            self.days[day].iter().for_each(|edge| onward[edge.from as usize].push((edge.shift, edge.to, edge.cost.to_bits())));
            let mut first_like: BTreeMap<&[(u16, u32, u64)], u32> = BTreeMap::new();
            let merged: Vec<u32> = onward
                .iter()
                .map(|edges| {
                    let fresh = first_like.len() as u32;
                    *first_like.entry(edges.as_slice()).or_insert(fresh)
                })
                .collect();
            self.nodes[day] = first_like.len();
            let mut kept = vec![false; merged.len()];
            let mut taken = vec![false; self.nodes[day]];
            for (node, class) in merged.iter().enumerate() {
                kept[node] = !std::mem::replace(&mut taken[*class as usize], true);
            }
            self.days[day].retain(|edge| kept[edge.from as usize]);
            self.days[day].iter_mut().for_each(|edge| edge.from = merged[edge.from as usize]);
            self.days[day - 1].iter_mut().for_each(|edge| edge.to = merged[edge.to as usize]);
        }
    }

    fn cut_dead_ends(&mut self) {
        let mut alive = vec![true; self.nodes[self.days.len()]];
        for day in (0..self.days.len()).rev() {
            self.days[day].retain(|edge| alive[edge.to as usize]);
            alive = vec![false; self.nodes[day]];
            self.days[day].iter().for_each(|edge| alive[edge.from as usize] = true);
        }
    }

    /// The tour with the least (own cost − worth), and that difference. `worth` is asked once for each day and shift.
    pub(super) fn cheapest(&self, worth: &DutyWorth) -> Option<(Vec<Option<usize>>, f64)> {
        let mut cost = vec![0.0];
        let mut back: Vec<Vec<u32>> = Vec::with_capacity(self.days.len());
        for (day, edges) in self.days.iter().enumerate() {
            let mut next = vec![f64::INFINITY; self.nodes[day + 1]];
            let mut came = vec![u32::MAX; self.nodes[day + 1]];
            for (index, edge) in edges.iter().enumerate() {
                let there = cost[edge.from as usize] + edge.cost - worth.of(day, edge.shift);
                if there < next[edge.to as usize] {
                    next[edge.to as usize] = there;
                    came[edge.to as usize] = index as u32;
                }
            }
            cost = next;
            back.push(came);
        }
        let (mut node, least) = cost.iter().copied().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        let mut tour = vec![None; self.days.len()];
        for day in (0..self.days.len()).rev() {
            let edge = self.days[day].get(back[day][node] as usize)?;
            tour[day] = (edge.shift != OFF).then_some(edge.shift as usize);
            node = edge.from as usize;
        }
        least.is_finite().then_some((tour, least))
    }

    /// What a tour itself costs (pay, premiums, refused requests); `None` if it is not legal.
    pub(super) fn own_cost(&self, tour: &Tour) -> Option<f64> {
        let (mut node, mut cost) = (0, 0.0);
        for (edges, duty) in self.days.iter().zip(&tour.0) {
            let shift = duty.as_ref().map_or(OFF, |duty| duty.shift as u16);
            let edge = edges.iter().find(|edge| edge.from == node && edge.shift == shift)?;
            node = edge.to;
            cost += edge.cost;
        }
        Some(cost)
    }
}

/// The shifts a person may work on a date.
fn choices(problem: &RosterProblem, person: &Person, date: NaiveDate) -> Vec<(u16, Choice)> {
    let fits = problem.shifts.iter().enumerate().filter(|(_, shift)| may_work(person, shift, date, &problem.rules).is_none());
    fits.map(|(index, shift)| {
        let choice = Choice {
            start: shift.start_on(date),
            end: shift.end_on(date),
            paid_hours: shift.paid.get(),
            next_day_off: shift.volunteers_only,
        };
        (index as u16, choice)
    })
    .collect()
}

/// What each duty is worth to the desk, with its breaks where they hurt least.
#[derive(Clone, Debug)]
pub(super) struct DutyWorth {
    worth: Vec<f64>,
    breaks: Vec<Vec<u32>>,
    shifts: usize,
}

impl DutyWorth {
    /// From the worth of a person's presence in each interval.
    pub(super) fn new(problem: &RosterProblem, windows: &[Vec<BreakWindow>], presence_worth: &[f64]) -> Self {
        let shifts = problem.shifts.len();
        let mut worth = Vec::with_capacity(problem.horizon.days * shifts);
        let mut breaks = Vec::with_capacity(problem.horizon.days * shifts);
        for date in problem.horizon.dates() {
            for (shift, windows) in problem.shifts.iter().zip(windows) {
                let (start, end) = (shift.start_on(date), shift.end_on(date));
                let sum = |from, to| overlap(problem.grid, from, to).map(|(slot, share)| presence_worth[slot] * share).sum::<f64>();
                let mut total = sum(start, end);
                let mut chosen = Vec::with_capacity(windows.len());
                for window in windows {
                    let lost = |offset: u32| {
                        let from = start + TimeDelta::minutes(i64::from(offset));
                        sum(from, from + TimeDelta::minutes(i64::from(window.minutes)))
                    };
                    let best = window
                        .offsets
                        .iter()
                        .map(|&offset| (offset, lost(offset)))
                        .reduce(|best, next| if next.1 < best.1 - 1e-12 { next } else { best });
                    if let Some((offset, lost)) = best {
                        total -= lost;
                        chosen.push(offset);
                    }
                }
                worth.push(total + IDLE_HOUR * shift.paid.get());
                breaks.push(chosen);
            }
        }
        Self { worth, breaks, shifts }
    }

    fn of(&self, day: usize, shift: u16) -> f64 {
        if shift == OFF { 0.0 } else { self.worth[day * self.shifts + shift as usize] }
    }

    /// The tour of shifts with its breaks.
    pub(super) fn tour(&self, shifts: &[Option<usize>]) -> Tour {
        let duty = |(day, shift): (usize, &Option<usize>)| {
            shift.map(|shift| Duty { shift, breaks: self.breaks[day * self.shifts + shift].clone() })
        };
        Tour(shifts.iter().enumerate().map(duty).collect())
    }
}

/// The share of each interval a tour spends at the desk.
pub(super) fn presence(problem: &RosterProblem, windows: &[Vec<BreakWindow>], tour: &Tour) -> Vec<(usize, f64)> {
    let mut at_desk: BTreeMap<usize, f64> = BTreeMap::new();
    for (date, duty) in problem.horizon.dates().zip(&tour.0) {
        let Some(duty) = duty else { continue };
        let shift = &problem.shifts[duty.shift];
        let start = shift.start_on(date);
        overlap(problem.grid, start, shift.end_on(date)).for_each(|(slot, share)| *at_desk.entry(slot).or_default() += share);
        for (window, offset) in windows[duty.shift].iter().zip(&duty.breaks) {
            let from = start + TimeDelta::minutes(i64::from(*offset));
            let to = from + TimeDelta::minutes(i64::from(window.minutes));
            overlap(problem.grid, from, to).for_each(|(slot, share)| *at_desk.entry(slot).or_default() -= share);
        }
    }
    at_desk.into_iter().filter(|(_, share)| *share > 1e-9).collect()
}
