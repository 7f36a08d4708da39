//! Does it hold? Contacts, rostered people and a seed in; the service every queue attains, with confidence intervals, out.
//!
//! A discrete-event simulation of the finished roster, contact by contact, with the backlog carried from interval to interval
//! and day to day. The room does not know how the roster was found.
//!
//! A contact goes to the least loaded person who may take it, of equals to one with the fewest other queues who has been free for
//! longest; a person who falls free takes from her most important queue whoever has waited longest. Chats in one hand slow each other
//! down. Whose break or shift ends finishes the calls and chats in hand; deferred work fills idle time and is put aside for anything else.
//!
//! What is simple so far: patience is exponential; time lost inside a shift slows its person down instead of taking her away.

mod chance;
mod contacts;
mod deviations;
mod engine;
mod estimate;
mod pool;
mod replicate;
mod tally;
mod tournament_tree;

pub use estimate::{Estimate, Figure, Verdict};
pub use replicate::{Attained, ProjectedVerdict, simulate, simulate_until};

use crate::service::Concurrency;
use crate::time::TimeGrid;
use crate::units::Seconds;

/// What is simulated: queues with their contacts, and the people at the desk.
#[derive(Clone, Debug)]
pub struct SimModel {
    /// The intervals.
    pub grid: TimeGrid,
    /// The queues.
    pub queues: Vec<SimQueue>,
    /// The people.
    pub agents: Vec<SimAgent>,
}

/// A queue as the simulation sees it.
#[derive(Clone, Debug)]
pub struct SimQueue {
    /// Contacts that arrive in each interval.
    pub arrivals: Arrivals,
    /// Whether the queue takes contacts in each interval; others are turned away, deferred work waits.
    pub open: Vec<bool>,
    /// Mean handling time against ordinary, in each interval of arrival.
    pub handling_factor: Vec<f64>,
    /// How contacts meet agents.
    pub work: Work,
    /// Mean patience; `None` if nobody gives up.
    pub patience: Option<Seconds>,
    /// The answer-within time of its service level; for deferred work the window to finish in.
    pub within: Seconds,
    /// Of waiting contacts of several queues, those of the lowest rank go first.
    pub rank: u8,
    /// Contacts that wait before the first interval; they count in no interval.
    pub backlog: u32,
    /// Which replies are counted.
    pub replies: Vec<Replies>,
    /// Standard deviation of handling times over their mean: 1 for exponential ones, 0 where all take as long; others are log-normal.
    pub variation: f64,
    /// Contacts that go before all others of the queue.
    pub vips: Option<Vips>,
}

/// Contacts that go before all others of their queue.
#[derive(Clone, Copy, Debug)]
pub struct Vips {
    /// Their share of the queue's contacts.
    pub share: f64,
    /// The answer-within time of their own service level.
    pub within: Seconds,
}

/// Replies that a platform counts: the first of a contact, and later ones while its agent has it in hand.
#[derive(Clone, Debug)]
pub struct Replies {
    /// The time to reply in.
    pub within: Seconds,
    /// Rounds that count, 1 and up.
    pub rounds: f64,
    /// Mean time to a later reply while an agent has one chat; exponential, and longer with more chats as chat times are.
    pub reply: Seconds,
    /// Whether contacts of each interval count.
    pub counts: Vec<bool>,
}

/// How many contacts come.
#[derive(Clone, Debug)]
pub enum Arrivals {
    /// A Poisson number with this mean in each interval.
    Means(Vec<f64>),
    /// A Poisson number in each interval, around means of a world for each run: the first run has the first, and after the last the
    /// first comes again. Never empty.
    SamplePaths(Vec<Vec<f64>>),
    /// Exactly this number in each interval, at random moments: what really came.
    Counts(Vec<u32>),
}

/// How a queue's contacts occupy agents.
#[derive(Clone, Debug)]
pub enum Work {
    /// One at a time, so long on average.
    Call(Seconds),
    /// Several at a time.
    Chat(Concurrency),
    /// Whenever nothing else waits; interrupted by anything that does.
    Deferred(Seconds),
}

/// A person as the simulation sees her.
#[derive(Clone, Debug)]
pub struct SimAgent {
    /// From-to in seconds after the grid's start, in order: when she takes new contacts.
    pub at_desk: Vec<(f64, f64)>,
    /// The queues she serves, preferred first.
    pub queues: Vec<usize>,
    /// Her work against a standard agent who is never away.
    pub effectiveness: f64,
}
