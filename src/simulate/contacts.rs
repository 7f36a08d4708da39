//! The contacts of one queue in the order in which they come.
//!
//! All that is random about a contact is drawn as it comes, from a stream of its queue's own: desks that differ in their people meet
//! the same contacts with the same patience and the same work (common random numbers).

use super::{Arrivals, DeskQueue};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, LogNormal};

/// One contact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    pub(super) queue: usize,
    /// The interval in which it came; `None` for the backlog from before the first.
    pub(super) slot: Option<usize>,
    /// When it came, in seconds after the grid's start.
    pub(super) came: f64,
    /// When it gives up if nobody has answered; infinite without patience.
    pub(super) gives_up: f64,
    /// What is left to do, in units of the mean.
    pub(super) work: f64,
    /// Whether it goes before the others of its queue.
    pub(super) is_vip: bool,
}

/// Contacts yet to come.
pub(super) struct Contacts<'a> {
    pub(super) queue: usize,
    of: &'a DeskQueue,
    world: usize,
    interval_seconds: f64,
    slot: usize,
    now: f64,
    /// Moments within the interval at hand, latest first, where their number is given.
    moments: Vec<f64>,
    work: Handling,
    random: ChaCha8Rng,
}

/// How handling times vary around a mean of 1.
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

impl<'a> Contacts<'a> {
    /// The contacts of a queue in run `run` from a seed.
    pub(super) fn new(queue: usize, of: &'a DeskQueue, interval_seconds: f64, seed: u64, run: usize) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(((run as u64 + 1) << 16) | queue as u64);
        let work = Handling::of(of.variation);
        let mut contacts = Self { queue, of, world: run, interval_seconds, slot: 0, now: 0.0, moments: Vec::new(), work, random };
        contacts.enter(0);
        contacts
    }

    /// What waits before anybody comes.
    pub(super) fn backlog(&mut self) -> Vec<Contact> {
        (0..self.of.backlog).map(|_| self.draw(None, 0.0)).collect()
    }

    fn draw(&mut self, slot: Option<usize>, came: f64) -> Contact {
        let (work, endures): (f64, f64) = (self.work.sample(&mut self.random), Exp1.sample(&mut self.random));
        let is_vip = self.of.vips.is_some_and(|vips| self.random.random::<f64>() < vips.share);
        let gives_up = self.of.patience.map_or(f64::INFINITY, |patience| came + endures * patience.get());
        Contact { queue: self.queue, slot, came, gives_up, work, is_vip }
    }

    /// Begins an interval.
    fn enter(&mut self, slot: usize) {
        self.slot = slot;
        self.now = slot as f64 * self.interval_seconds;
        if let Arrivals::Counts(counts) = &self.of.arrivals {
            let number = counts.get(slot).copied().unwrap_or(0);
            let (random, start, length) = (&mut self.random, self.now, self.interval_seconds);
            self.moments = (0..number).map(|_| start + random.random::<f64>() * length).collect();
            self.moments.sort_unstable_by(|a, b| b.total_cmp(a));
        }
    }

    /// The next moment within the interval at hand.
    fn next_moment(&mut self) -> Option<f64> {
        let mean = match &self.of.arrivals {
            Arrivals::Counts(_) => return self.moments.pop(),
            Arrivals::Means(means) => means[self.slot],
            Arrivals::Worlds(worlds) => worlds[self.world % worlds.len()][self.slot],
        };
        if mean <= 0.0 {
            return None;
        }
        let gap: f64 = Exp1.sample(&mut self.random);
        self.now += gap * self.interval_seconds / mean;
        (self.now < (self.slot + 1) as f64 * self.interval_seconds).then_some(self.now)
    }
}

impl Iterator for Contacts<'_> {
    type Item = Contact;

    fn next(&mut self) -> Option<Contact> {
        while self.slot < self.of.open.len() {
            if let Some(came) = self.next_moment() {
                return Some(self.draw(Some(self.slot), came));
            }
            self.enter(self.slot + 1);
        }
        None
    }
}
