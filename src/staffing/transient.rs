//! Time-varying service: the chain of contacts in the system, followed from interval to interval.
//!
//! Within a piece of constant rates the chain is solved by uniformisation (Jensen 1953): p(t) = Σ Poisson(m; Λt) · p·Pᵐ, all terms
//! positive. Leaving agents finish the contacts they have in hand; these do not return to the line. An arriving contact sees the line in
//! its current state (arrivals are Poisson) and the agents of the intervals ahead.

use super::chain::{Chain, Moves};
use super::poisson::poisson_weights;

/// Parameters of a line followed through time.
#[derive(Clone, Debug)]
pub struct ChangingLine {
    /// Mean contact time in seconds while an agent has 1, 2, … contacts; one entry for calls.
    pub contact_seconds: Vec<f64>,
    /// Mean patience in seconds; infinite without abandonment.
    pub patience_seconds: f64,
    /// Answer-within time of the service level, in seconds.
    pub within_seconds: f64,
    /// Length of every interval, in seconds.
    pub interval_seconds: f64,
    /// Selection of leaving agents when staffing falls.
    pub leavers: Leavers,
    /// Contacts waiting before the first interval.
    pub backlog: usize,
}

/// Selection of leaving agents when staffing falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leavers {
    /// Agents given by the roster: they finish the contacts in hand, while the others keep taking new ones.
    #[default]
    Named,
    /// Agents who finish first: nobody takes a contact until enough have left.
    FirstToFinish,
}

/// One interval of a time-varying line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Mean number of arriving contacts.
    pub contacts: f64,
    /// Handling time relative to the line's.
    pub handling: f64,
    /// Standard-speed agents on the desk; a fraction slows all of them down.
    pub agents: f64,
    /// Agents of the interval before who leave; at least as many as the reduction to `agents`.
    pub leaving: f64,
}

/// Performance for the contacts arriving in an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Passing {
    /// Share answered within the time, over offered.
    pub service_level: f64,
    /// Mean wait of the answered contacts in seconds.
    pub asa: f64,
    /// Contacts abandoning in the interval over those arriving in it.
    pub abandonment: f64,
    /// Busy share of desk time; for chats the used share of concurrency.
    pub occupancy: f64,
    /// Mean number of contacts waiting.
    pub mean_queue: f64,
}

/// Minimum patience in seconds; with less, every contact that has to wait is practically lost.
const LEAST_PATIENCE: f64 = 1.0;
/// Maximum length in seconds of a piece, within which the line is averaged.
const LONGEST_PIECE: f64 = 300.0;
/// Number of line lengths at which waits are computed, with linear interpolation between them.
const LENGTHS: usize = 48;

/// Rates of one interval.
#[derive(Clone, Copy, Debug)]
struct Rates {
    /// Contacts per second.
    arrival: f64,
    /// Agents, rounded up; their speed compensates.
    people: usize,
    /// Speed relative to a standard agent and the line's handling time.
    speed: f64,
}

impl ChangingLine {
    /// Performance of each interval, following the line through all of them.
    ///
    /// ```
    /// use peakshift::staffing::{ChangingLine, Leavers, Stretch};
    /// let line = ChangingLine {
    ///     contact_seconds: vec![300.0],
    ///     patience_seconds: f64::INFINITY,
    ///     within_seconds: 20.0,
    ///     interval_seconds: 1800.0,
    ///     leavers: Leavers::Named,
    ///     backlog: 0,
    /// };
    /// let ordinary = Stretch { contacts: 60.0, handling: 1.0, agents: 14.0, leaving: 0.0 };
    /// let peak = Stretch { contacts: 240.0, ..ordinary };
    /// let service = line.follow(&[ordinary, peak, ordinary]);
    /// assert!(service[0].service_level > 0.8);
    /// assert!(service[2].service_level < 0.01); // the peak's line is still there
    /// ```
    #[must_use]
    pub fn follow(&self, stretches: &[Stretch]) -> Vec<Passing> {
        let rates: Vec<Rates> = stretches.iter().map(|stretch| self.rates(*stretch)).collect();
        let mut chain = Chain::with(self.backlog);
        let nobody = Rates { arrival: 0.0, people: 0, speed: 0.0 };
        (0..rates.len())
            .map(|index| {
                let (before, now) = (if index == 0 { &nobody } else { &rates[index - 1] }, &rates[index]);
                chain = match self.leavers {
                    Leavers::Named => chain.taking_contacts_along(self.room(before), self.leaving_places(before, now, stretches, index)),
                    Leavers::FirstToFinish => chain.leaving_as_they_finish(self.room(before), self.room(now)),
                };
                self.pass(&mut chain, &rates[index..])
            })
            .collect()
    }

    /// Places of the agents who leave at the start of an interval.
    fn leaving_places(&self, before: &Rates, now: &Rates, stretches: &[Stretch], index: usize) -> usize {
        let Some(last) = index.checked_sub(1).map(|last| stretches[last].agents).filter(|agents| *agents > 0.0) else { return 0 };
        let people = (stretches[index].leaving / last * before.people as f64).round() as usize;
        people.clamp(before.people.saturating_sub(now.people), before.people) * self.windows()
    }

    /// Maximum number of contacts in hand of all agents on duty.
    fn room(&self, rates: &Rates) -> usize {
        rates.people * self.windows()
    }

    fn windows(&self) -> usize {
        self.contact_seconds.len()
    }

    fn rates(&self, stretch: Stretch) -> Rates {
        let people = (stretch.agents - 1e-9).ceil().max(0.0);
        let speed = if people > 0.0 { stretch.agents / people / stretch.handling.max(1e-9) } else { 0.0 };
        Rates { arrival: stretch.contacts.max(0.0) / self.interval_seconds, people: people as usize, speed }
    }

    fn give_up_rate(&self) -> f64 {
        1.0 / self.patience_seconds.max(LEAST_PATIENCE)
    }

    /// Contacts finished per second with `in_system` contacts.
    fn finished(&self, rates: &Rates, in_system: usize) -> f64 {
        let each = |windows: usize| if windows == 0 { 0.0 } else { windows as f64 / self.contact_seconds[windows - 1] };
        let (people, windows) = (rates.people, self.windows());
        if in_system >= people * windows {
            return rates.speed * people as f64 * each(windows);
        }
        let (least, more) = (in_system / people, in_system % people);
        rates.speed * (more as f64 * each(least + 1) + (people - more) as f64 * each(least))
    }

    /// Performance of the interval at the head of `ahead`, piece by piece.
    fn pass(&self, chain: &mut Chain, ahead: &[Rates]) -> Passing {
        let rates = &ahead[0];
        let pieces = (self.interval_seconds / LONGEST_PIECE).ceil().max(1.0);
        let seconds = self.interval_seconds / pieces;
        let room = self.room(rates);
        let moves = Moves {
            arrival: rates.arrival,
            finished: &|in_system| self.finished(rates, in_system),
            finished_above: &|beyond| self.finished_beyond(rates, beyond),
            given_up: &|in_system| in_system.saturating_sub(room) as f64 * self.give_up_rate(),
            room,
            most_waiting: rates.arrival * self.patience_seconds.max(LEAST_PATIENCE),
        };
        let mut sum = Sums::default();
        for piece in 0..pieces as usize {
            let over_piece = chain.advance(seconds, &moves);
            let until_next = self.interval_seconds - (piece as f64 + 0.5) * seconds;
            self.count(&over_piece, ahead, until_next, &mut sum);
        }
        sum.passing(pieces, rates, self)
    }

    /// Contacts finished per second by the agents on duty and by those with the `beyond` extra contacts.
    fn finished_beyond(&self, rates: &Rates, beyond: usize) -> f64 {
        let windows = self.windows();
        let speed = if rates.people > 0 { rates.speed } else { 1.0 };
        speed * (self.room(rates) + beyond) as f64 / self.contact_seconds[windows - 1]
    }

    /// Adds the service of the contacts that arrive in a piece.
    fn count(&self, over_piece: &Chain, ahead: &[Rates], until_next: f64, sum: &mut Sums) {
        let room = self.room(&ahead[0]);
        let longest = over_piece.longest().saturating_sub(room);
        let in_time = self.answered_in_time(over_piece.layers.len(), ahead, until_next, longest);
        let waits = self.waits(ahead, until_next, longest);
        for (layer, in_system, chance) in over_piece.states() {
            sum.busy += chance * in_system.min(room) as f64;
            if layer == 0 && in_system < room {
                sum.in_time += chance;
                sum.answered += chance;
                continue;
            }
            let before = in_system.saturating_sub(room);
            let held_up: f64 = (1..=layer).map(|beyond| 1.0 / self.finished_beyond(&ahead[0], beyond)).sum();
            let stays = (-held_up * self.give_up_rate()).exp();
            let (served, wait) = waits.at((before as f64 * stays).round() as usize);
            sum.in_time += chance * in_time[layer].get(before).copied().unwrap_or(0.0);
            sum.answered += chance * served * stays;
            sum.waited += chance * served * stays * (wait + held_up);
            sum.waiting += chance * before as f64;
        }
    }

    /// Probability that a contact is answered in time, by layer and number waiting before it. Lines too long to matter are left out.
    fn answered_in_time(&self, layers: usize, ahead: &[Rates], until_next: f64, longest: usize) -> Vec<Vec<f64>> {
        let reach = self.reach(ahead, until_next);
        let speed = |rates: &Rates| self.finished(rates, self.room(rates));
        let freed: f64 = reach.iter().map(|(rates, seconds)| speed(rates) * seconds).sum();
        let joined = |pair: &[(&Rates, f64)]| self.room(pair[1].0).saturating_sub(self.room(pair[0].0));
        let newcomers: usize = reach.windows(2).map(joined).sum();
        let most = freed + (self.give_up_rate() * self.within_seconds).min(1.0) * longest as f64;
        let lengths = longest.min((most + 9.0 * most.sqrt()) as usize + 20 + newcomers) + 1;
        // from the last interval within the time back to the first
        let mut chance = vec![0.0; lengths];
        for (place, (rates, seconds)) in reach.iter().enumerate().rev() {
            if let Some((next, _)) = reach.get(place + 1) {
                let joined = self.room(next).saturating_sub(self.room(rates));
                chance = (0..lengths).map(|before| if before < joined { 1.0 } else { chance[before - joined] }).collect();
            }
            if place > 0 || layers == 1 {
                self.answered_backwards(std::slice::from_mut(&mut chance), rates, *seconds);
            }
        }
        if layers == 1 {
            return vec![chance];
        }
        let mut all = vec![chance; layers];
        if let Some((rates, seconds)) = reach.first() {
            self.answered_backwards(&mut all, rates, *seconds);
        }
        all
    }

    /// Intervals that the answer-within time extends into, with the seconds in each.
    fn reach<'a>(&self, ahead: &'a [Rates], until_next: f64) -> Vec<(&'a Rates, f64)> {
        let mut left = self.within_seconds;
        let here = |(index, rates): (usize, &'a Rates)| {
            let seconds = left.min(if index == 0 { until_next } else { self.interval_seconds });
            left -= seconds;
            (index == 0 || seconds > 0.0).then_some((rates, seconds))
        };
        ahead.iter().enumerate().map_while(here).collect()
    }

    /// Advances uₛₖ backwards in time by uniformisation. In layer 0, u'ₖ = (R + kθ)(uₖ₋₁ − uₖ) − θuₖ with u₋₁ = 1; above it contacts only
    /// abandon, and the layer falls when an agent finishes.
    fn answered_backwards(&self, layers: &mut [Vec<f64>], rates: &Rates, seconds: f64) {
        let theta = self.give_up_rate();
        let freed = self.finished(rates, self.room(rates));
        let out: Vec<f64> = (0..layers.len()).map(|layer| if layer == 0 { 0.0 } else { self.finished_beyond(rates, layer) }).collect();
        let top = out.iter().copied().fold(freed, f64::max) + (layers[0].len() as f64 + 1.0) * theta;
        if seconds <= 0.0 || top <= 0.0 {
            return;
        }
        let mut sums: Vec<Vec<f64>> = layers.iter().map(|layer| vec![0.0; layer.len()]).collect();
        for weight in poisson_weights(top * seconds) {
            for (sum, layer) in sums.iter_mut().zip(layers.iter()) {
                sum.iter_mut().zip(layer).for_each(|(sum, chance)| *sum += weight * chance);
            }
            for layer in (0..layers.len()).rev() {
                let mut ahead_of_it = if layer == 0 { 1.0 } else { 0.0 };
                for place in 0..layers[layer].len() {
                    let up = place as f64 * theta + if layer == 0 { freed } else { 0.0 };
                    let falls = if layer == 0 { 0.0 } else { out[layer] * layers[layer - 1][place] };
                    let here = layers[layer][place];
                    layers[layer][place] = (up * ahead_of_it + falls + (top - up - theta - out[layer]) * here) / top;
                    ahead_of_it = here;
                }
            }
        }
        layers.iter_mut().zip(sums).for_each(|(layer, sum)| *layer = sum);
    }

    /// Waits behind other contacts, with the share answered at all.
    fn waits(&self, ahead: &[Rates], until_next: f64, longest: usize) -> Waits {
        let stride = longest / LENGTHS + 1;
        let lengths = (0..=longest.div_ceil(stride)).map(|step| self.wait_behind(step * stride, ahead, until_next));
        Waits { stride, lengths: lengths.collect() }
    }

    /// Wait and answered share, place by place: a contact leaves place i after 1/(R + iθ) seconds on average, and is still there with
    /// probability (R + (i−1)θ)/(R + iθ).
    fn wait_behind(&self, before: usize, ahead: &[Rates], until_next: f64) -> (f64, f64) {
        let theta = self.give_up_rate();
        let (mut place, mut interval, mut wait, mut served) = (before + 1, 0, 0.0, 1.0);
        while place > 0 {
            let rates = &ahead[interval];
            let freed = self.finished(rates, self.room(rates));
            let rate = freed + place as f64 * theta;
            let change = until_next + interval as f64 * self.interval_seconds;
            let step = 1.0 / rate.max(f64::MIN_POSITIVE);
            if wait + step > change && interval + 1 < ahead.len() {
                // no contact moves up before the agents change
                served *= (-(change - wait).max(0.0) * theta).exp();
                wait = wait.max(change);
                interval += 1;
                let joined = ahead[interval].people.saturating_sub(rates.people) * self.windows();
                place = place.saturating_sub(joined);
                continue;
            }
            if freed == 0.0 && interval + 1 == ahead.len() {
                return (0.0, wait);
            }
            wait += step;
            served *= (rate - theta) / rate;
            place -= 1;
        }
        (served, wait)
    }
}

/// Answered share and wait by the number waiting before, at multiples of `stride`.
struct Waits {
    stride: usize,
    lengths: Vec<(f64, f64)>,
}

impl Waits {
    fn at(&self, before: usize) -> (f64, f64) {
        let (step, part) = (before / self.stride, (before % self.stride) as f64 / self.stride as f64);
        let low = self.lengths[step.min(self.lengths.len() - 1)];
        let high = self.lengths[(step + 1).min(self.lengths.len() - 1)];
        (low.0 + part * (high.0 - low.0), low.1 + part * (high.1 - low.1))
    }
}

/// Sums over the pieces of an interval.
#[derive(Default)]
struct Sums {
    in_time: f64,
    answered: f64,
    waited: f64,
    waiting: f64,
    busy: f64,
}

impl Sums {
    fn passing(&self, pieces: f64, rates: &Rates, line: &ChangingLine) -> Passing {
        let room = line.room(rates) as f64;
        let gives_up = line.give_up_rate() * self.waiting / pieces;
        Passing {
            service_level: (self.in_time / pieces).min(1.0),
            asa: if self.answered > 0.0 { self.waited / self.answered } else { f64::INFINITY },
            abandonment: if rates.arrival > 0.0 { (gives_up / rates.arrival).min(1.0) } else { 0.0 },
            occupancy: if room > 0.0 { self.busy / pieces / room } else { 0.0 },
            mean_queue: self.waiting / pieces,
        }
    }
}
