//! Distribution of the number of contacts in a time-varying line, advanced by uniformisation.
//!
//! A line has layers: in layer s, s more contacts are in hand than the agents on duty may have. Nobody takes a new one until these are
//! finished. Only layer 0 has free agents.

use super::poisson::poisson_weights;

/// Probability below which states are dropped.
const NEGLIGIBLE: f64 = 1e-13;
/// Maximum number of contacts in the system; further arrivals are turned away.
const MOST_IN_SYSTEM: usize = 100_000;

/// Maximum number of steps, beyond which a piece is cut short: only absurd rates reach it.
const MOST_STEPS: f64 = 1e6;

/// Probabilities of the number of contacts on duty or waiting, from `first` on.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    first: usize,
    chance: Vec<f64>,
}

/// Distribution of the whole line: layer s at index s.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) layers: Vec<Layer>,
}

/// Transition rates of a line, per second.
pub(super) struct Moves<'a> {
    pub(super) arrival: f64,
    /// Contacts finished in layer 0, by the number in the system.
    pub(super) finished: &'a dyn Fn(usize) -> f64,
    /// Contacts finished in layer s > 0.
    pub(super) finished_above: &'a dyn Fn(usize) -> f64,
    /// Contacts abandoning, by the number in the system.
    pub(super) given_up: &'a dyn Fn(usize) -> f64,
    /// Places on duty, and the mean number that would wait beyond them if nobody were answered.
    pub(super) room: usize,
    pub(super) most_waiting: f64,
}

impl Chain {
    /// The line with a known number of contacts in it.
    pub(super) fn with(contacts: usize) -> Self {
        Self { layers: vec![Layer { first: contacts.min(MOST_IN_SYSTEM), chance: vec![1.0] }] }
    }

    /// Advances the line by `seconds`; returns its time average on the way.
    pub(super) fn advance(&mut self, seconds: f64, moves: &Moves) -> Self {
        let (least, most) = self.reach(seconds, moves);
        let places = most - least + 1;
        let given_up: Vec<f64> = (least..=most).map(moves.given_up).collect();
        let finished: Vec<f64> = (least..=most).map(moves.finished).collect();
        let layers = self.layers.len();
        let above: Vec<f64> = (0..layers).map(|layer| if layer == 0 { 0.0 } else { (moves.finished_above)(layer) }).collect();
        let fastest = finished.iter().chain(&above).copied().fold(0.0, f64::max);
        let top = moves.arrival + fastest + given_up.iter().copied().fold(0.0, f64::max);
        if top * seconds <= 0.0 {
            return self.clone();
        }
        let seconds = seconds.min(MOST_STEPS / top);
        let mut chance = vec![vec![0.0; places]; layers];
        let mut ranges: Vec<Option<(usize, usize)>> = Vec::new();
        for (of, layer) in chance.iter_mut().zip(&self.layers) {
            let offset = layer.first.saturating_sub(least);
            of[offset..offset + layer.chance.len()].copy_from_slice(&layer.chance);
            ranges.push((!layer.chance.is_empty()).then(|| (offset, offset + layer.chance.len() - 1)));
        }
        let out: Vec<f64> = above.iter().map(|rate| rate / top).collect();
        let down: Vec<Vec<f64>> = (0..layers)
            .map(|layer| (0..places).map(|place| (given_up[place] + if layer == 0 { finished[place] } else { 0.0 }) / top).collect())
            .collect();
        let (mut end, mut mean) = (vec![vec![0.0; places]; layers], vec![vec![0.0; places]; layers]);
        let mut after = vec![vec![0.0; places]; layers];
        let mut later: f64 = 1.0;
        for weight in poisson_weights(top * seconds) {
            later -= weight;
            let share = later.max(0.0) / (top * seconds);
            for layer in 0..layers {
                let Some((low, high)) = ranges[layer] else { continue };
                add(&mut mean[layer][low..=high], &chance[layer][low..=high], share);
                if weight > 0.0 {
                    add(&mut end[layer][low..=high], &chance[layer][low..=high], weight);
                }
            }
            for layer in 0..layers {
                ranges[layer] = match ranges[layer] {
                    Some(range) => step(&chance[layer], &mut after[layer], range, moves.arrival / top, &down[layer], out[layer]),
                    None => None,
                };
                // contacts leaving the layer above enter this one
                if let Some(above) = ranges.get(layer + 1).copied().flatten() {
                    let range = widened(&mut after[layer], ranges[layer], above);
                    add(&mut after[layer][above.0..=above.1], &chance[layer + 1][above.0..=above.1], out[layer + 1]);
                    ranges[layer] = Some(range);
                }
            }
            std::mem::swap(&mut chance, &mut after);
        }
        *self = Self::of(least, end);
        Self::of(least, mean)
    }

    fn of(first: usize, layers: Vec<Vec<f64>>) -> Self {
        let mut layers: Vec<Layer> = layers.into_iter().map(|chance| Layer { first, chance }.trimmed()).collect();
        while layers.len() > 1 && layers.last().is_some_and(|layer| layer.chance.is_empty()) {
            layers.pop();
        }
        Self { layers }
    }

    /// Range of the numbers in the system that can matter within `seconds`.
    fn reach(&self, seconds: f64, moves: &Moves) -> (usize, usize) {
        let far = |mean: f64| (mean + 9.0 * mean.sqrt()).ceil() as usize + 10;
        let first = self.layers.iter().filter(|layer| !layer.chance.is_empty()).map(|layer| layer.first).min().unwrap_or(0);
        let last = self.longest();
        let longest = moves.room.saturating_add(far(moves.most_waiting.min(MOST_IN_SYSTEM as f64)));
        let most = (last + far(moves.arrival * seconds)).min(longest.min(MOST_IN_SYSTEM).max(last));
        let gone = far(seconds * ((moves.finished)(most) + (moves.given_up)(most)));
        (first.saturating_sub(gone), most)
    }

    /// All states: layer, number in the system, probability.
    pub(super) fn states(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let of_layer = |(number, layer)| Layer::states(layer).map(move |(in_system, chance)| (number, in_system, chance));
        self.layers.iter().enumerate().flat_map(of_layer)
    }

    /// Largest number of contacts in the system with a positive probability.
    pub(super) fn longest(&self) -> usize {
        self.layers.iter().filter(|layer| !layer.chance.is_empty()).map(Layer::last).max().unwrap_or(0)
    }

    /// The line after `leaving` of the `before` places on duty go with the contacts they have in hand. Every contact in hand is equally
    /// likely to be among them, so a hypergeometric number goes.
    pub(super) fn taking_contacts_along(&self, before: usize, leaving: usize) -> Self {
        if leaving == 0 {
            return self.clone();
        }
        let mut chance = vec![0.0; self.longest() + 1];
        for (_, in_system, of) in self.states() {
            for (taken, share) in hypergeometric(before, in_system.min(before), leaving.min(before)) {
                chance[in_system - taken] += of * share;
            }
        }
        Self::of(0, vec![chance])
    }

    /// The line after the places on duty change from `before` to `room`, with agents leaving as they finish.
    pub(super) fn leaving_as_they_finish(&self, before: usize, room: usize) -> Self {
        let mut layers: Vec<Vec<f64>> = vec![Vec::new()];
        for (layer, on_duty, of) in self.states() {
            let in_system = on_duty + layer;
            let in_hand = if layer > 0 { before + layer } else { on_duty.min(before) };
            let beyond = in_hand.saturating_sub(room);
            layers.resize(layers.len().max(beyond + 1), Vec::new());
            let place = in_system - beyond;
            let chance = &mut layers[beyond];
            chance.resize(chance.len().max(place + 1), 0.0);
            chance[place] += of;
        }
        Self::of(0, layers)
    }
}

impl Layer {
    fn last(&self) -> usize {
        self.first + self.chance.len() - 1
    }

    fn states(&self) -> impl Iterator<Item = (usize, f64)> {
        self.chance.iter().enumerate().map(|(place, chance)| (self.first + place, *chance))
    }

    fn trimmed(mut self) -> Self {
        self.chance.truncate(self.chance.iter().rposition(|chance| *chance > NEGLIGIBLE).map_or(0, |last| last + 1));
        let start = self.chance.iter().position(|chance| *chance > NEGLIGIBLE).unwrap_or(0);
        self.chance.drain(..start);
        self.first += start;
        self
    }
}

/// Union of the relevant ranges of two layers; new places start at 0.
fn widened(chance: &mut [f64], range: Option<(usize, usize)>, other: (usize, usize)) -> (usize, usize) {
    let Some((low, high)) = range else {
        chance[other.0..=other.1].fill(0.0);
        return other;
    };
    chance[other.0.min(low)..low].fill(0.0);
    chance[high..=other.1.max(high)][1..].fill(0.0);
    (low.min(other.0), high.max(other.1))
}

/// Adds `share` of the probabilities `of` to `sum`.
fn add(sum: &mut [f64], of: &[f64], share: f64) {
    sum.iter_mut().zip(of).for_each(|(sum, of)| *sum += share * of);
}

/// One step of the uniformised chain within a layer, from the relevant places of `now` to those of `after`, whose range is returned.
/// `out` is the probability of falling into the layer below.
fn step(now: &[f64], after: &mut [f64], (low, high): (usize, usize), up: f64, down: &[f64], out: f64) -> Option<(usize, usize)> {
    let (start, end) = (low.saturating_sub(1), (high + 1).min(now.len() - 1));
    let at = |place: usize| if (low..=high).contains(&place) { now[place] } else { 0.0 };
    // no arrivals at the last place followed
    let comes = |place: usize| if place + 1 == now.len() { 0.0 } else { up };
    let edge = |place: usize| {
        let below = place.checked_sub(1).map_or(0.0, |below| at(below) * up);
        let above = if place + 1 < now.len() { at(place + 1) * down[place + 1] } else { 0.0 };
        below + at(place) * (1.0 - comes(place) - down[place] - out) + above
    };
    if high > low + 1 {
        let inner = low + 1..high;
        let neighbours = now[low..].iter().zip(&now[inner.clone()]).zip(&now[low + 2..]);
        let rates = down[inner.clone()].iter().zip(&down[low + 2..]);
        let stays = 1.0 - up - out;
        let moved = neighbours
            .zip(rates)
            .map(|(((below, here), above), (leaves, comes_down))| below * up + here * (stays - leaves) + above * comes_down);
        after[inner].iter_mut().zip(moved).for_each(|(place, moved)| *place = moved);
    }
    for place in [start, low, high, end] {
        after[place] = edge(place);
    }
    let matters = |place: &usize| after[*place] >= 1e-3 * NEGLIGIBLE;
    (start..=end).find(matters).zip((start..=end).rev().find(matters))
}

/// Distribution of the number of `marked` items among `drawn` from `all`: values with their probabilities.
fn hypergeometric(all: usize, marked: usize, drawn: usize) -> Vec<(usize, f64)> {
    let (least, most) = ((marked + drawn).saturating_sub(all), marked.min(drawn));
    // P(k + 1) / P(k), from the mode, so that nothing overflows
    let ratio = |k: usize| ((marked - k) * (drawn - k)) as f64 / ((k + 1) as f64 * (all + k + 1 - marked - drawn) as f64);
    let mode = ((marked + 1) * (drawn + 1) / (all + 2)).clamp(least, most);
    let mut weights = vec![(mode, 1.0)];
    let upwards = (mode..most).scan(1.0, |weight, k| {
        *weight *= ratio(k);
        Some((k + 1, *weight))
    });
    let downwards = (least..mode).rev().scan(1.0, |weight, k| {
        *weight /= ratio(k);
        Some((k, *weight))
    });
    weights.extend(upwards.take_while(|(_, weight)| *weight > NEGLIGIBLE));
    weights.extend(downwards.take_while(|(_, weight)| *weight > NEGLIGIBLE));
    let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
    weights.iter_mut().for_each(|(_, weight)| *weight /= sum);
    weights
}

#[cfg(test)]
mod tests {
    use super::hypergeometric;

    #[test]
    fn three_of_ten_drawn_hold_as_many_of_four_marked_as_counting_says() {
        let mut shares = hypergeometric(10, 4, 3);
        shares.sort_by_key(|(taken, _)| *taken);
        // C(4,k)·C(6,3−k)/C(10,3): 20, 60, 36, 4 of 120
        for ((taken, share), expected) in shares.into_iter().zip([20.0, 60.0, 36.0, 4.0]) {
            assert!((share - expected / 120.0).abs() < 1e-12, "{taken}");
        }
    }
}
