//! Coverage of each row of demand by the staffed agents, at its price.
//!
//! A row is an interval (or a day's shift type) with the requirements of queues. With one queue, agents fill its most costly penalty step
//! first. With several, agents split freely over the queues they can serve: the cheapest split is a flow from skill sets to queues. It
//! is kept optimal by moving along the best augmenting path whenever agents are added or removed (successive shortest paths: Ahuja,
//! Magnanti & Orlin 1993, Network Flows, chapter 9).

use super::row::{Gains, NOBODY, PenaltyStep, REACH, Row, gain, gain_of};
use super::split::Split;
use std::sync::{Arc, OnceLock};

/// Effective agents in every row, by skill set, with the understaffing penalty.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Cover<'a> {
    wants: RowDemand<'a>,
    there: Supply,
    cost: Vec<f64>,
}

/// Demand of the rows, and the skill sets that can serve it.
#[derive(Clone, Debug)]
struct RowDemand<'a> {
    /// Penalty steps of each row, by queue, most costly first.
    steps: &'a [Vec<PenaltyStep>],
    /// Queues that each skill set serves, as bits.
    sets: &'a [u32],
    queues: usize,
    /// First step of each row and queue, and one past the last step of the row.
    first_step: Arc<[u16]>,
}

impl RowDemand<'_> {
    /// Split of a row over its queues.
    fn split<'b>(&'b self, row: usize, at: &'b mut [f64]) -> Split<'b> {
        let first_step = &self.first_step[row * (self.queues + 1)..];
        Split { steps: &self.steps[row], first_step, sets: self.sets, queues: self.queues, at }
    }

    /// Savings from adding `amount` agents of a skill set to a row, piece by piece.
    fn gains(&self, row: usize, at: &[f64], set: usize, amount: f64) -> Gains {
        let mut tried = at.to_vec();
        let mut gains = Vec::new();
        self.split(row, &mut tried).augment(set, amount, |pushed, price| gains.push((pushed, price)));
        gains.into_boxed_slice()
    }
}

/// Agents in each row.
#[derive(Clone, Debug)]
enum Supply {
    /// With one queue: effective agents.
    OneQueue(Vec<f64>),
    /// With several: their split; copies of a cover share equal rows.
    Split(Vec<Arc<Row>>),
}

impl<'a> Cover<'a> {
    /// Coverage by nobody. Steps of a row are ordered by queue, then most costly first.
    pub(in crate::roster) fn empty(steps: &'a [Vec<PenaltyStep>], sets: &'a [u32], queues: usize) -> Self {
        // steps beyond the requirement cost nothing, or are charged once they are reached
        let missing = |row: &Vec<PenaltyStep>| row.iter().filter(|step| step.price > 0.0).map(|step| step.width * step.price).sum();
        let first_of_queues = |row: &'a Vec<PenaltyStep>| (0..=queues).map(|queue| row.partition_point(|step| step.queue < queue) as u16);
        let there = if queues == 1 {
            Supply::OneQueue(vec![0.0; steps.len()])
        } else {
            let nobody = vec![0.0; queues + sets.len() * (queues + 1)].into_boxed_slice();
            Supply::Split(steps.iter().map(|_| Arc::new(Row::of(nobody.clone(), sets.len()))).collect())
        };
        let first_step = steps.iter().flat_map(first_of_queues).collect();
        Self { wants: RowDemand { steps, sets, queues, first_step }, there, cost: steps.iter().map(missing).collect() }
    }

    /// Total understaffing penalty.
    pub(in crate::roster) fn cost(&self) -> f64 {
        self.cost.iter().sum()
    }

    /// Agents of each queue in a row; surplus counts only where there is one queue.
    pub(in crate::roster) fn filled(&self, row: usize) -> &[f64] {
        match &self.there {
            Supply::OneQueue(there) => &there[row..=row],
            Supply::Split(rows) => &rows[row].at[..self.wants.queues],
        }
    }

    /// Adds effective agents of a skill set to a row, or removes them with a negative amount.
    pub(in crate::roster) fn add(&mut self, row: usize, set: usize, amount: f64) {
        if self.wants.sets[set] == 0 {
            return;
        }
        match &mut self.there {
            Supply::OneQueue(there) => {
                let before = there[row];
                there[row] = if (before + amount).abs() < NOBODY { 0.0 } else { before + amount };
                self.cost[row] -= gain(&self.wants.steps[row], before, there[row]);
            }
            Supply::Split(rows) => {
                let Row { at, gains } = Arc::make_mut(&mut rows[row]);
                gains.iter_mut().for_each(|gains| *gains = OnceLock::new());
                let mut split = self.wants.split(row, at);
                self.cost[row] -= if amount > 0.0 { split.augment(set, amount, |_, _| {}) } else { -split.release(set, -amount) };
            }
        }
    }

    /// Savings per row from adding one agent of skill set `set`, who counts for `agents(row)`, at each presence share (ascending): for each
    /// share, all rows.
    pub(in crate::roster) fn savings(&self, set: usize, shares: &[f64], agents: impl Fn(usize) -> f64, savings: &mut Vec<f64>) {
        let rows = self.wants.steps.len();
        savings.clear();
        savings.resize(rows * shares.len(), 0.0);
        if self.wants.sets[set] == 0 {
            return;
        }
        match &self.there {
            Supply::OneQueue(there) => {
                for (share, savings) in shares.iter().zip(savings.chunks_mut(rows)) {
                    for (row, ((saving, steps), &there)) in savings.iter_mut().zip(self.wants.steps).zip(there).enumerate() {
                        *saving = gain(steps, there, there + share * agents(row));
                    }
                }
            }
            Supply::Split(split) => {
                let whole = shares.iter().copied().fold(0.0, f64::max);
                for row in (0..rows).filter(|&row| self.cost[row] > NOBODY) {
                    let agents = agents(row);
                    let most = whole * agents;
                    let asked;
                    let gains = if most <= REACH {
                        split[row].gains[set].get_or_init(|| self.wants.gains(row, &split[row].at, set, REACH))
                    } else {
                        asked = self.wants.gains(row, &split[row].at, set, most);
                        &asked
                    };
                    for (place, share) in shares.iter().enumerate() {
                        savings[place * rows + row] = gain_of(gains, share * agents);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<PenaltyStep>> {
        let step = |queue, width, price| PenaltyStep { queue, width, price };
        vec![vec![step(0, 1.0, 6.0), step(0, 1.0, 1.0), step(1, 1.0, 5.0), step(1, 2.0, 2.0), step(2, 1.5, 3.0)]]
    }

    /// Cost with the most costly steps filled first, as far as every set of queues has room: greedy rule for polymatroids (Edmonds 1970).
    fn cost_of(effectiveness: &[f64], sets: &[u32], steps: &[PenaltyStep]) -> f64 {
        let mut room: Vec<f64> = (1_u32..8)
            .map(|subset| {
                effectiveness.iter().zip(sets).filter(|(_, set)| **set & subset != 0).map(|(effectiveness, _)| effectiveness).sum()
            })
            .collect();
        let mut steps = steps.to_vec();
        steps.sort_by(|a, b| b.price.total_cmp(&a.price));
        let mut cost = 0.0;
        for step in steps {
            let touched: Vec<usize> = (0..7).filter(|place| (place + 1) >> step.queue & 1 == 1).collect();
            let taken = touched.iter().map(|&place| room[place]).fold(step.width, f64::min).max(0.0);
            touched.iter().for_each(|&place| room[place] -= taken);
            cost += (step.width - taken) * step.price;
        }
        cost
    }

    #[test]
    fn comings_and_goings_keep_the_cheapest_split() {
        let rows = rows();
        let sets = [0b001, 0b011, 0b110, 0b111];
        let mut cover = Cover::empty(&rows, &sets, 3);
        let mut effectiveness = [0.0; 4];
        let mut dice = 7_u64;
        for _ in 0..2000 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let set = (dice >> 33) as usize % 4;
            let amount = ((dice >> 40) % 7) as f64 / 4.0 - 0.75;
            let amount = if effectiveness[set] + amount < 0.0 { -effectiveness[set] } else { amount };
            let expected = cost_of(&effectiveness, &sets, &rows[0]) - {
                let mut more = effectiveness;
                more[set] += amount.abs();
                cost_of(&more, &sets, &rows[0])
            };
            let mut savings = Vec::new();
            cover.savings(set, &[amount.abs()], |_| 1.0, &mut savings);
            assert!((savings[0] - expected).abs() < 1e-9, "{savings:?} {expected}");
            effectiveness[set] += amount;
            cover.add(0, set, amount);
            assert!((cover.cost() - cost_of(&effectiveness, &sets, &rows[0])).abs() < 1e-9);
        }
    }

    #[test]
    fn more_than_is_wanted_may_cost() {
        let rows =
            vec![vec![PenaltyStep { queue: 0, width: 2.0, price: 100.0 }, PenaltyStep { queue: 0, width: f64::INFINITY, price: -1.0 }]];
        let mut cover = Cover::empty(&rows, &[1], 1);
        assert_eq!(cover.cost(), 200.0);
        cover.add(0, 0, 3.0);
        assert_eq!(cover.cost(), 1.0);
        cover.add(0, 0, -2.0);
        assert_eq!(cover.cost(), 100.0);
    }
}
