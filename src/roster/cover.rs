//! How well people of mixed skills cover an interval, at its price.
//!
//! People split freely over the queues they can serve. What they can serve together, x, is any vector with
//! x(A) ≤ (strength of those who can serve some queue of A) for every set A of queues: a polymatroid. The dearest shortage is
//! therefore filled first, as far as every set allows, and no other split is cheaper (Edmonds 1970).

use super::problem::RosterProblem;

/// A set of queues as bits.
pub(super) type SkillSet = u32;

/// Strength at the desk in every interval, by skill set; and the price of what is missing.
#[derive(Clone, Debug)]
pub(super) struct Cover<'a> {
    problem: &'a RosterProblem,
    /// Per interval, per set of queues: the strength of all who can serve some queue of it.
    room: Vec<f64>,
    /// Per interval: shortage steps (price an agent and interval, queue, width in agents), dearest first.
    steps: Vec<Vec<Step>>,
    cost: Vec<f64>,
    forgiven: f64,
    sets: Vec<SkillSet>,
    /// Every set of queues.
    subsets: Vec<SkillSet>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    price: f64,
    queue: usize,
    width: f64,
}

impl<'a> Cover<'a> {
    /// Nobody at the desk yet.
    pub(super) fn empty(problem: &'a RosterProblem, sets: &[SkillSet]) -> Self {
        let hours = problem.grid.interval().hours();
        let steps: Vec<Vec<Step>> = (0..problem.grid.len())
            .map(|slot| {
                let mut steps: Vec<Step> = Vec::new();
                for queue in 0..problem.demand.len() {
                    let of_queue = problem.steps(queue, slot).into_iter().filter(|(width, _)| *width > 0.0);
                    steps.extend(of_queue.map(|(width, price)| Step { price: price * hours, queue, width }));
                }
                steps.sort_by(|a, b| b.price.total_cmp(&a.price).then(a.queue.cmp(&b.queue)));
                steps
            })
            .collect();
        let subsets: Vec<SkillSet> = (1..1 << problem.demand.len()).collect();
        let cost = steps.iter().map(|steps| steps.iter().map(|step| step.price * step.width).sum()).collect();
        Self {
            problem,
            room: vec![0.0; problem.grid.len() * subsets.len()],
            steps,
            cost,
            forgiven: problem.forgiven(),
            sets: sets.to_vec(),
            subsets,
        }
    }

    /// The price of everything missing, less the worth of what is beyond.
    pub(super) fn total_cost(&self) -> f64 {
        self.cost.iter().sum::<f64>() - self.forgiven
    }

    /// The price of what each stretch lacks: more than [`Cover::total_cost`] where some have more than they require.
    pub(super) fn missing_price(&self) -> f64 {
        let splits: Vec<Split> = (0..self.problem.grid.len()).map(|slot| self.split(slot)).collect();
        let of_queue = |queue: usize| {
            let price = |(slot, split): (usize, &Split)| self.problem.interval_price(queue, slot, split.filled[queue]);
            self.problem.demand[queue].missing_price(&splits.iter().enumerate().map(price).collect::<Vec<_>>())
        };
        (0..self.problem.demand.len()).map(of_queue).sum()
    }

    /// Adds (or with a negative amount takes away) strength in an interval.
    pub(super) fn add(&mut self, slot: usize, set: usize, amount: f64) {
        let room = &mut self.room[slot * self.subsets.len()..][..self.subsets.len()];
        for (room, subset) in room.iter_mut().zip(&self.subsets) {
            *room += if self.sets[set] & subset == 0 { 0.0 } else { amount };
        }
        self.cost[slot] = self.cost_with(slot, set, 0.0);
    }

    /// What `amount` more strength of a skill set would save in an interval.
    pub(super) fn saving(&self, slot: usize, set: usize, amount: f64) -> f64 {
        if self.cost[slot] == 0.0 { 0.0 } else { (self.cost[slot] - self.cost_with(slot, set, amount)).max(0.0) }
    }

    fn cost_with(&self, slot: usize, set: usize, more: f64) -> f64 {
        if self.steps[slot].is_empty() {
            return 0.0;
        }
        self.fill(slot, set, more).iter().zip(&self.steps[slot]).map(|(taken, step)| (step.width - taken) * step.price).sum()
    }

    /// How much of each shortage step the people at the desk take away.
    fn fill(&self, slot: usize, set: usize, more: f64) -> Vec<f64> {
        let there = &self.room[slot * self.subsets.len()..][..self.subsets.len()];
        let with_more = |(room, subset): (&f64, &SkillSet)| room + if self.sets[set] & subset == 0 { 0.0 } else { more };
        let mut room: Vec<f64> = there.iter().zip(&self.subsets).map(with_more).collect();
        self.steps[slot].iter().map(|step| self.take(&mut room, step.queue, step.width)).collect()
    }

    /// The agents each queue gets in an interval under the cheapest split: up to its requirement, and with its part of whoever is
    /// left over, spread in proportion to the requirements.
    pub(super) fn split(&self, slot: usize) -> Split {
        let mut room = self.room[slot * self.subsets.len()..][..self.subsets.len()].to_vec();
        let mut filled = vec![0.0; self.problem.demand.len()];
        for step in &self.steps[slot] {
            filled[step.queue] += self.take(&mut room, step.queue, step.width);
        }
        let mut rostered = filled.clone();
        for _ in 0..SURPLUS_ROUNDS {
            for (queue, demand) in self.problem.demand.iter().enumerate() {
                rostered[queue] += self.take(&mut room, queue, demand.required[slot] * SURPLUS_STEP);
            }
        }
        let served = filled.iter().zip(&self.problem.demand).map(|(filled, demand)| filled.min(demand.required[slot])).collect();
        Split { filled, served, rostered }
    }

    /// Takes up to `width` agents for a queue out of what every set of queues has room for.
    fn take(&self, room: &mut [f64], queue: usize, width: f64) -> f64 {
        let touched = || self.subsets.iter().enumerate().filter(|(_, subset)| **subset >> queue & 1 == 1).map(|(place, _)| place);
        let most = touched().map(|place| room[place]).fold(width, f64::min).max(0.0);
        touched().for_each(|place| room[place] -= most);
        most
    }
}

/// Agents of each queue in an interval.
#[derive(Clone, Debug)]
pub(super) struct Split {
    /// As far as agents are worth something.
    pub(super) filled: Vec<f64>,
    /// Up to the requirement.
    pub(super) served: Vec<f64>,
    /// With the surplus.
    pub(super) rostered: Vec<f64>,
}

/// The surplus is dealt out in rounds of this share of each requirement.
const SURPLUS_STEP: f64 = 0.1;
const SURPLUS_ROUNDS: usize = 60;
