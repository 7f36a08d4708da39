//! Contacts of one queue in order of arrival.
//!
//! All randomness of a contact is drawn before any agent meets it, from a stream of its queue and interval. Desks that differ in their
//! agents therefore meet identical contacts with identical patience and work, and higher volumes add contacts to these (common random
//! numbers; Law 2015, *Simulation Modeling and Analysis*, section 11.2). Each count is the Poisson quantile of one random number
//! (inversion): it is non-decreasing in the mean, and a twentieth more expected contacts are a twentieth more in every run, with almost
//! no noise.

use super::{Arrivals, SimQueue};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, LogNormal};
use statrs::distribution::{Discrete, DiscreteCDF, Poisson};

/// One contact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    pub(super) queue: usize,
    /// Interval of arrival; `None` for the backlog from before the first.
    pub(super) slot: Option<usize>,
    /// Arrival in seconds after the grid's start.
    pub(super) came: f64,
    /// Time of abandonment if not answered; infinite without patience.
    pub(super) gives_up: f64,
    /// Remaining work, in units of the mean.
    pub(super) work: f64,
    /// Work rate relative to an ordinary contact.
    pub(super) ease: f64,
    /// Whether it goes before the others of its queue.
    pub(super) is_vip: bool,
}

/// Iterator over the contacts of a queue.
pub(super) struct Contacts<'a> {
    pub(super) queue: usize,
    of: &'a SimQueue,
    run: usize,
    interval_seconds: f64,
    /// Next interval.
    slot: usize,
    /// Contacts of the current interval, latest first.
    coming: Vec<Contact>,
    work: Handling,
    /// Generator in its initial state.
    unused: ChaCha8Rng,
}

/// Distribution of handling times with mean 1.
#[derive(Clone, Copy)]
enum Handling {
    Exponential,
    LogNormal(LogNormal<f64>),
    Constant,
}

impl Handling {
    fn of(variation: f64) -> Self {
        match LogNormal::from_mean_cv(1.0, variation) {
            _ if variation == 1.0 => Self::Exponential,
            Ok(around_one) if variation > 0.0 => Self::LogNormal(around_one),
            _ => Self::Constant,
        }
    }
}

impl Distribution<f64> for Handling {
    fn sample<R: rand::Rng + ?Sized>(&self, random: &mut R) -> f64 {
        match self {
            Self::Exponential => Exp1.sample(random),
            Self::LogNormal(around_one) => around_one.sample(random),
            Self::Constant => 1.0,
        }
    }
}

/// Stream number of the backlog, beyond those of the intervals, and number of streams per queue and per run.
const BACKLOG: u64 = (1 << 20) - 1;
const STREAMS_OF_QUEUE: u64 = 1 << 20;
const STREAMS_OF_RUN: u64 = 1 << 32;

impl<'a> Contacts<'a> {
    /// Contacts of a queue in run number `run` from a seed.
    pub(super) fn new(queue: usize, of: &'a SimQueue, interval_seconds: f64, seed: u64, run: usize) -> Self {
        let work = Handling::of(of.variation);
        Self { queue, of, run, interval_seconds, slot: 0, coming: Vec::new(), work, unused: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// Contacts waiting before the first arrival.
    pub(super) fn backlog(&self) -> Vec<Contact> {
        let mut random = self.stream(BACKLOG);
        (0..self.of.backlog).map(|_| self.draw(None, 0.0, &mut random)).collect()
    }

    fn stream(&self, number: u64) -> ChaCha8Rng {
        let mut random = self.unused.clone();
        random.set_stream((self.run as u64 + 1) * STREAMS_OF_RUN + self.queue as u64 * STREAMS_OF_QUEUE + number);
        random
    }

    fn draw(&self, slot: Option<usize>, came: f64, random: &mut ChaCha8Rng) -> Contact {
        let (endures, favour): (f64, f64) = (Exp1.sample(random), random.random());
        let gives_up = self.of.patience.map_or(f64::INFINITY, |patience| came + endures * patience.get());
        let is_vip = self.of.vips.is_some_and(|vips| favour < vips.share);
        let ease = 1.0 / slot.map_or(1.0, |slot| self.of.handling_factor[slot]).max(1e-6);
        Contact { queue: self.queue, slot, came, gives_up, work: self.work.sample(random), ease, is_vip }
    }

    /// Draws all contacts of an interval.
    fn enter(&mut self, slot: usize) {
        let mut random = self.stream(slot as u64);
        let chance: f64 = random.random();
        for _ in 0..self.number(slot, chance) {
            let came = (slot as f64 + random.random::<f64>()) * self.interval_seconds;
            self.coming.push(self.draw(Some(slot), came, &mut random));
        }
        self.coming.sort_unstable_by(|a, b| b.came.total_cmp(&a.came));
    }

    /// Number of contacts in an interval, at the quantile `chance`.
    fn number(&self, slot: usize, chance: f64) -> usize {
        match &self.of.arrivals {
            Arrivals::Counts(counts) => counts.get(slot).map_or(0, |count| *count as usize),
            Arrivals::Means(means) => poisson_quantile(means[slot], chance),
            Arrivals::SamplePaths(paths) => poisson_quantile(paths[self.run % paths.len()][slot], chance),
        }
    }
}

/// Poisson quantile at a probability below 1: searched up or down from the mean.
fn poisson_quantile(mean: f64, probability: f64) -> usize {
    let Ok(poisson) = Poisson::new(mean) else { return 0 };
    let mut number = mean.floor();
    let (mut of_number, mut up_to_number) = (poisson.pmf(number as u64), poisson.cdf(number as u64));
    while number > 0.0 && up_to_number - of_number >= probability {
        up_to_number -= of_number;
        of_number *= number / mean;
        number -= 1.0;
    }
    // beyond the last number whose probability rounding distinguishes from 1, there are no contacts
    while up_to_number < probability && of_number > f64::EPSILON / 16.0 {
        number += 1.0;
        of_number *= mean / number;
        up_to_number += of_number;
    }
    number as usize
}

impl Iterator for Contacts<'_> {
    type Item = Contact;

    fn next(&mut self) -> Option<Contact> {
        while self.coming.is_empty() && self.slot < self.of.open.len() {
            self.enter(self.slot);
            self.slot += 1;
        }
        self.coming.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_first_number_whose_probability_reaches() {
        for mean in [0.01, 0.7, 3.0, 42.5, 900.0, 20_000.0] {
            let poisson = Poisson::new(mean).unwrap();
            for probability in [1e-9, 0.02, 0.3, 0.5, 0.75, 0.999, 1.0 - 1e-9] {
                let number = poisson_quantile(mean, probability) as u64;
                assert!(poisson.cdf(number) >= probability - 1e-11, "{mean} {probability} {number}");
                assert!(number == 0 || poisson.cdf(number - 1) < probability + 1e-11, "{mean} {probability} {number}");
            }
        }
        assert_eq!(poisson_quantile(0.0, 0.9), 0);
        assert!(poisson_quantile(5.0, 1.0 - f64::EPSILON / 2.0) < 60);
    }
}
