//! How well the people at the desk cover each row of demand, at its price.
//!
//! A row is an interval (or a day's shift type) in which queues lack people. Where there is one queue, what is there takes the dearest
//! step of its shortage first. Where there are several, people split freely over the queues they can serve: the cheapest split is a
//! flow from skill sets to queues. It is kept at its optimum by moving along the best augmenting path whenever somebody comes or
//! goes (successive shortest paths: Ahuja, Magnanti & Orlin 1993, Network Flows, chapter 9).

use std::sync::{Arc, OnceLock};

/// One step of what a row lacks: agents of a queue, each at a price; the price of one more than is wanted may be below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::roster) struct Step {
    pub(in crate::roster) queue: usize,
    pub(in crate::roster) width: f64,
    pub(in crate::roster) price: f64,
}

/// Less than this many agents is nobody.
const NOBODY: f64 = 1e-9;

/// Strength at the desk in every row, by skill set, with the price of what is missing.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Cover<'a> {
    wants: Wants<'a>,
    there: There,
    cost: Vec<f64>,
}

/// What rows want and who could serve it.
#[derive(Clone, Debug)]
struct Wants<'a> {
    /// Steps of each row, by queue, dearest first.
    steps: &'a [Vec<Step>],
    /// The queues each skill set serves, as bits.
    sets: &'a [u32],
    queues: usize,
    /// Of each row and queue the first of its steps; and one past the last step of the row.
    first_step: Arc<[u16]>,
}

impl Wants<'_> {
    /// A row with those who are there.
    fn split<'b>(&'b self, row: usize, at: &'b mut [f64]) -> Split<'b> {
        let first_step = &self.first_step[row * (self.queues + 1)..];
        Split { steps: &self.steps[row], first_step, sets: self.sets, queues: self.queues, at }
    }

    /// What so much more strength of a skill set would save in a row, piece by piece.
    fn gains(&self, row: usize, at: &[f64], set: usize, amount: f64) -> Gains {
        let mut tried = at.to_vec();
        let mut gains = Vec::new();
        self.split(row, &mut tried).come(set, amount, |pushed, price| gains.push((pushed, price)));
        gains.into_boxed_slice()
    }
}

/// Who is there in each row.
#[derive(Clone, Debug)]
enum There {
    /// With one queue, the strength.
    OneQueue(Vec<f64>),
    /// With several, how it splits; copies of a cover share what is equal.
    Split(Vec<Arc<Row>>),
}

/// A row of several queues.
#[derive(Debug)]
struct Row {
    /// What is in each queue, then for each skill set who is idle and who is in each queue.
    at: Box<[f64]>,
    /// What more people of each skill set would save, once somebody has asked.
    gains: Box<[OnceLock<Gains>]>,
}

/// Strength that would come, and what a unit of it would save, the dearest first.
type Gains = Box<[(f64, f64)]>;

/// Strength up to which gains are kept: of one person, or a little more.
const REACH: f64 = 1.5;

impl Clone for Row {
    fn clone(&self) -> Self {
        Self::of(self.at.clone(), self.gains.len())
    }
}

impl Row {
    fn of(at: Box<[f64]>, sets: usize) -> Self {
        Self { at, gains: (0..sets).map(|_| OnceLock::new()).collect() }
    }
}

impl<'a> Cover<'a> {
    /// Nobody at the desk yet. Steps of a row are ordered by queue, then dearest first.
    pub(in crate::roster) fn empty(steps: &'a [Vec<Step>], sets: &'a [u32], queues: usize) -> Self {
        // beyond all that is wanted the steps cost nothing, or are paid for when they are reached
        let missing = |row: &Vec<Step>| row.iter().filter(|step| step.price > 0.0).map(|step| step.width * step.price).sum();
        let first_of_queues = |row: &'a Vec<Step>| (0..=queues).map(|queue| row.partition_point(|step| step.queue < queue) as u16);
        let there = if queues == 1 {
            There::OneQueue(vec![0.0; steps.len()])
        } else {
            let nobody = vec![0.0; queues + sets.len() * (queues + 1)].into_boxed_slice();
            There::Split(steps.iter().map(|_| Arc::new(Row::of(nobody.clone(), sets.len()))).collect())
        };
        let first_step = steps.iter().flat_map(first_of_queues).collect();
        Self { wants: Wants { steps, sets, queues, first_step }, there, cost: steps.iter().map(missing).collect() }
    }

    /// The price of all that is missing.
    pub(in crate::roster) fn cost(&self) -> f64 {
        self.cost.iter().sum()
    }

    /// The agents each queue has of what it wants in a row.
    pub(in crate::roster) fn filled(&self, row: usize) -> &[f64] {
        match &self.there {
            There::OneQueue(there) => &there[row..=row],
            There::Split(rows) => &rows[row].at[..self.wants.queues],
        }
    }

    /// Adds strength of a skill set to a row, or with a negative amount takes it away.
    pub(in crate::roster) fn add(&mut self, row: usize, set: usize, amount: f64) {
        if self.wants.sets[set] == 0 {
            return;
        }
        match &mut self.there {
            There::OneQueue(there) => {
                let before = there[row];
                there[row] = if (before + amount).abs() < NOBODY { 0.0 } else { before + amount };
                self.cost[row] -= gain(&self.wants.steps[row], before, there[row]);
            }
            There::Split(rows) => {
                let Row { at, gains } = Arc::make_mut(&mut rows[row]);
                gains.iter_mut().for_each(|gains| *gains = OnceLock::new());
                let mut split = self.wants.split(row, at);
                self.cost[row] -= if amount > 0.0 { split.come(set, amount, |_, _| {}) } else { -split.go(set, -amount) };
            }
        }
    }

    /// What a person of a skill set, so many agents in each row, would save there by each share of presence, smallest first: for each
    /// share, all rows.
    pub(in crate::roster) fn savings(&self, set: usize, shares: &[f64], agents: impl Fn(usize) -> f64, savings: &mut Vec<f64>) {
        let rows = self.wants.steps.len();
        savings.clear();
        savings.resize(rows * shares.len(), 0.0);
        if self.wants.sets[set] == 0 {
            return;
        }
        match &self.there {
            There::OneQueue(there) => {
                for (share, savings) in shares.iter().zip(savings.chunks_mut(rows)) {
                    for (row, ((saving, steps), &there)) in savings.iter_mut().zip(self.wants.steps).zip(there).enumerate() {
                        *saving = gain(steps, there, there + share * agents(row));
                    }
                }
            }
            There::Split(split) => {
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

/// What an amount of the strength that would come saves.
fn gain_of(gains: &[(f64, f64)], mut amount: f64) -> f64 {
    let mut sum = 0.0;
    for &(pushed, price) in gains {
        sum += amount.min(pushed) * price;
        amount -= pushed;
        if amount <= 0.0 {
            break;
        }
    }
    sum
}

/// What steps are worth between two numbers of agents.
fn gain(steps: &[Step], from: f64, to: f64) -> f64 {
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    let (mut sum, mut passed) = (0.0, 0.0);
    for step in steps {
        let taken = high.min(passed + step.width) - low.max(passed);
        sum += if taken > 0.0 { taken * step.price } else { 0.0 };
        passed += step.width;
        if passed >= high {
            break;
        }
    }
    if from < to { sum } else { -sum }
}

/// The people of one row over its queues: what is in each queue, then for each skill set who is idle and who is in each queue.
struct Split<'a> {
    steps: &'a [Step],
    first_step: &'a [u16],
    sets: &'a [u32],
    queues: usize,
    at: &'a mut [f64],
}

/// The queues that can be reached, nearest first, and how.
struct Reached {
    order: [u8; MOST_QUEUES],
    count: usize,
    /// For each queue the one from which it was reached, and the skill set that can move between them.
    came: [Option<(u8, u16)>; MOST_QUEUES],
}

const MOST_QUEUES: usize = 32;

impl Reached {
    /// From the queues `first` onwards along what `leads` says: the queues that a set leads to from another.
    fn new(first: u32, sets: usize, leads: impl Fn(usize, usize) -> u32) -> Self {
        let mut reached = Self { order: [0; MOST_QUEUES], count: 0, came: [None; MOST_QUEUES] };
        let mut seen = first;
        bits(first).for_each(|queue| reached.push(queue, None));
        let mut next = 0;
        while next < reached.count {
            let queue = usize::from(reached.order[next]);
            next += 1;
            for mover in 0..sets {
                let fresh = leads(mover, queue) & !seen;
                seen |= fresh;
                bits(fresh).for_each(|to| reached.push(to, Some((queue as u8, mover as u16))));
            }
        }
        reached
    }

    fn push(&mut self, queue: usize, came: Option<(u8, u16)>) {
        self.order[self.count] = queue as u8;
        self.came[queue] = came;
        self.count += 1;
    }

    fn queues(&self) -> impl Iterator<Item = usize> + '_ {
        self.order[..self.count].iter().map(|&queue| usize::from(queue))
    }

    /// The way back from a queue to the first: (queue, the one before, the skill set between them).
    fn way_back(&self, end: usize) -> impl Iterator<Item = (usize, usize, usize)> {
        let hop = |queue: usize| self.came[queue].map(|(before, mover)| (queue, usize::from(before), usize::from(mover)));
        std::iter::successors(hop(end), move |(_, before, _)| hop(*before))
    }
}

/// The numbers of a set's queues.
fn bits(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        lowest
    })
}

/// Whether a skill set has a queue among those it serves.
pub(super) fn serves(set: u32, queue: usize) -> bool {
    set >> queue & 1 == 1
}

impl Split<'_> {
    fn idle(&self, set: usize) -> f64 {
        self.at[self.queues + set * (self.queues + 1)]
    }

    fn add_idle(&mut self, set: usize, amount: f64) {
        self.at[self.queues + set * (self.queues + 1)] += amount;
    }

    fn flow(&self, set: usize, queue: usize) -> f64 {
        self.at[self.queues + set * (self.queues + 1) + 1 + queue]
    }

    fn push(&mut self, set: usize, queue: usize, amount: f64) {
        let place = self.queues + set * (self.queues + 1) + 1 + queue;
        self.at[place] += amount;
        self.at[queue] += amount;
    }

    fn serves(&self, set: usize, queue: usize) -> bool {
        serves(self.sets[set], queue)
    }

    /// The price of the next agent in a queue and how many more it holds for; of the last one and how many, looking back.
    fn margin(&self, queue: usize, back: bool) -> (f64, f64) {
        let mut left = self.at[queue];
        let mut last = (f64::INFINITY, 0.0);
        for step in &self.steps[usize::from(self.first_step[queue])..usize::from(self.first_step[queue + 1])] {
            if back {
                if left <= NOBODY {
                    return last;
                }
                last = (step.price, left.min(step.width));
            } else if left < step.width - NOBODY {
                return (step.price, step.width - left);
            }
            left -= step.width;
        }
        if back { last } else { (0.0, 0.0) }
    }

    /// Somebody comes; what is saved. `hear` is told each part of her strength that goes one way, and what a unit of it saves.
    fn come(&mut self, set: usize, amount: f64, mut hear: impl FnMut(f64, f64)) -> f64 {
        self.add_idle(set, amount);
        let mut saved = 0.0;
        while self.idle(set) > NOBODY {
            // queues that can be reached: directly, or by moving somebody there onwards
            let leads = |mover: usize, queue: usize| if self.flow(mover, queue) > NOBODY { self.sets[mover] } else { 0 };
            let reached = Reached::new(self.sets[set], self.sets.len(), leads);
            let best = reached.queues().map(|queue| (queue, self.margin(queue, false)));
            let best = best.filter(|(_, (price, _))| *price > 0.0).reduce(|best, next| if next.1.0 > best.1.0 { next } else { best });
            let Some((goal, (price, room))) = best else { break };
            let movable = reached.way_back(goal).map(|(_, before, mover)| self.flow(mover, before));
            let pushed = movable.fold(room.min(self.idle(set)), f64::min);
            let mut first = goal;
            for (queue, before, mover) in reached.way_back(goal) {
                self.push(mover, queue, pushed);
                self.push(mover, before, -pushed);
                first = before;
            }
            self.push(set, first, pushed);
            self.add_idle(set, -pushed);
            saved += pushed * price;
            hear(pushed, price);
        }
        saved
    }

    /// Somebody goes; what that costs.
    fn go(&mut self, set: usize, amount: f64) -> f64 {
        let unused = amount.min(self.idle(set));
        self.add_idle(set, -unused);
        let (mut left, mut lost) = (amount - unused, 0.0);
        while left > NOBODY {
            // queues that lose somebody, or from which somebody moves to one that does
            let flows = |mover: usize, queue: usize| u32::from(self.flow(mover, queue) > NOBODY) << queue;
            let used = |mover: usize| (0..self.queues).fold(0, |used, queue| used | flows(mover, queue));
            let used: Vec<u32> = (0..self.sets.len()).map(used).collect();
            let leads = |mover: usize, queue: usize| if self.serves(mover, queue) { used[mover] } else { 0 };
            let reached = Reached::new(used[set], self.sets.len(), leads);
            let idler = reached.queues().find_map(|queue| {
                let mut able = (0..self.sets.len()).filter(|&mover| self.serves(mover, queue));
                able.find(|&mover| self.idle(mover) > NOBODY).map(|mover| (queue, mover))
            });
            let (end, price, room) = if let Some((queue, mover)) = idler {
                (queue, 0.0, self.idle(mover))
            } else {
                let cheapest = reached.queues().map(|queue| (queue, self.margin(queue, true)));
                let Some((queue, (price, room))) = cheapest.reduce(|best, next| if next.1.0 < best.1.0 { next } else { best }) else {
                    break;
                };
                (queue, price, room)
            };
            let movable = reached.way_back(end).map(|(queue, _, mover)| self.flow(mover, queue)).fold(room.min(left), f64::min);
            let first = reached.way_back(end).last().map_or(end, |(_, onward, _)| onward);
            let moved = movable.min(self.flow(set, first));
            if let Some((queue, mover)) = idler {
                self.add_idle(mover, -moved);
                self.push(mover, queue, moved);
            }
            for (queue, onward, mover) in reached.way_back(end) {
                self.push(mover, queue, -moved);
                self.push(mover, onward, moved);
            }
            self.push(set, first, -moved);
            left -= moved;
            lost += moved * price;
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<Step>> {
        let step = |queue, width, price| Step { queue, width, price };
        vec![vec![step(0, 1.0, 6.0), step(0, 1.0, 1.0), step(1, 1.0, 5.0), step(1, 2.0, 2.0), step(2, 1.5, 3.0)]]
    }

    /// The dearest steps first, as far as every set of queues has room: the greedy rule for polymatroids (Edmonds 1970).
    fn cost_of(strengths: &[f64], sets: &[u32], steps: &[Step]) -> f64 {
        let mut room: Vec<f64> = (1_u32..8)
            .map(|subset| strengths.iter().zip(sets).filter(|(_, set)| **set & subset != 0).map(|(strength, _)| strength).sum())
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
        let mut strengths = [0.0; 4];
        let mut dice = 7_u64;
        for _ in 0..2000 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let set = (dice >> 33) as usize % 4;
            let amount = ((dice >> 40) % 7) as f64 / 4.0 - 0.75;
            let amount = if strengths[set] + amount < 0.0 { -strengths[set] } else { amount };
            let expected = cost_of(&strengths, &sets, &rows[0]) - {
                let mut more = strengths;
                more[set] += amount.abs();
                cost_of(&more, &sets, &rows[0])
            };
            let mut savings = Vec::new();
            cover.savings(set, &[amount.abs()], |_| 1.0, &mut savings);
            assert!((savings[0] - expected).abs() < 1e-9, "{savings:?} {expected}");
            strengths[set] += amount;
            cover.add(0, set, amount);
            assert!((cover.cost() - cost_of(&strengths, &sets, &rows[0])).abs() < 1e-9);
        }
    }

    #[test]
    fn more_than_is_wanted_may_cost() {
        let rows = vec![vec![Step { queue: 0, width: 2.0, price: 100.0 }, Step { queue: 0, width: f64::INFINITY, price: -1.0 }]];
        let mut cover = Cover::empty(&rows, &[1], 1);
        assert_eq!(cover.cost(), 200.0);
        cover.add(0, 0, 3.0);
        assert_eq!(cover.cost(), 1.0);
        cover.add(0, 0, -2.0);
        assert_eq!(cover.cost(), 100.0);
    }
}
