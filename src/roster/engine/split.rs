//! Split of the agents of one row over the queues they can serve, at the least understaffing penalty.

use super::row::{NOBODY, PenaltyStep};

/// Agents of one row: in each queue, then for each skill set its idle agents and those in each queue.
pub(super) struct Split<'a> {
    pub(super) steps: &'a [PenaltyStep],
    pub(super) first_step: &'a [u16],
    pub(super) sets: &'a [u32],
    pub(super) queues: usize,
    pub(super) at: &'a mut [f64],
}

/// Queues reachable along augmenting paths, nearest first.
struct Reached {
    order: [u8; MOST_QUEUES],
    count: usize,
    /// Predecessor of each queue, and the skill set that can move between them.
    came: [Option<(u8, u16)>; MOST_QUEUES],
}

const MOST_QUEUES: usize = 32;

impl Reached {
    /// Breadth-first search from the queues `first`, where `leads(set, queue)` are the queues to which agents of a set lead from a queue.
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

    /// Path back from a queue to the first: (queue, predecessor, skill set between them).
    fn way_back(&self, end: usize) -> impl Iterator<Item = (usize, usize, usize)> {
        let hop = |queue: usize| self.came[queue].map(|(before, mover)| (queue, usize::from(before), usize::from(mover)));
        std::iter::successors(hop(end), move |(_, before, _)| hop(*before))
    }
}

/// Indices of the bits of a set.
fn bits(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        lowest
    })
}

/// Whether a skill set includes a queue.
pub(in crate::roster) fn serves(set: u32, queue: usize) -> bool {
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

    /// Marginal price of a queue and its remaining width: of the next agent, or of the last one with `back`.
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

    /// Adds agents and returns the saving. Calls `on_push(amount, unit_saving)` for each augmenting path used.
    pub(super) fn augment(&mut self, set: usize, amount: f64, mut on_push: impl FnMut(f64, f64)) -> f64 {
        self.add_idle(set, amount);
        let mut saved = 0.0;
        while self.idle(set) > NOBODY {
            // queues reachable directly, or by moving agents there onwards
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
            on_push(pushed, price);
        }
        saved
    }

    /// Removes agents and returns the added penalty.
    pub(super) fn release(&mut self, set: usize, amount: f64) -> f64 {
        let unused = amount.min(self.idle(set));
        self.add_idle(set, -unused);
        let (mut left, mut lost) = (amount - unused, 0.0);
        while left > NOBODY {
            // queues that lose agents, or from which agents move to one that does
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
