//! Simulation: service attained by every queue, with confidence intervals, from contacts, rostered agents and a seed.
//!
//! A discrete-event simulation of the finished roster, contact by contact, with the backlog carried from interval to interval and day to
//! day. The module does not know how the roster was found.
//!
//! A contact goes to the least loaded eligible agent; ties go to the agent with the fewest other queues, then to the one idle longest. A
//! freed agent takes the longest-waiting contact of their highest-ranked queue. Simultaneous chats of an agent slow each other down.
//! Agents finish calls and chats in hand when a break begins or the shift ends. Deferred work fills idle time and is set aside for any
//! other contact.
//!
//! Simplifications: patience is exponential; time lost inside a shift slows the agent down instead of removing them from the desk.

mod chance;
mod contacts;
mod deviations;
mod engine;
mod estimate;
mod pool;
mod replicate;
mod tally;
mod tournament_tree;
mod turns;

pub use estimate::{Estimate, Figure, Verdict};
pub use replicate::{Attained, ProjectedVerdict, simulate, simulate_until};

use crate::service::Concurrency;
use crate::time::TimeGrid;
use crate::units::Seconds;

/// Simulation input: queues with their contacts, and the agents on the desk.
#[derive(Clone, Debug)]
pub struct SimModel {
    /// Intervals of the horizon.
    pub grid: TimeGrid,
    /// Queues.
    pub queues: Vec<SimQueue>,
    /// Agents.
    pub agents: Vec<SimAgent>,
}

/// A queue in the simulation.
#[derive(Clone, Debug)]
pub struct SimQueue {
    /// Contacts that arrive in each interval.
    pub arrivals: Arrivals,
    /// Whether the queue accepts contacts in each interval; otherwise they are turned away, and deferred work waits.
    pub open: Vec<bool>,
    /// Mean handling time relative to the ordinary one, by interval of arrival.
    pub handling_factor: Vec<f64>,
    /// Kind of work.
    pub work: Work,
    /// Mean patience; `None` without abandonment.
    pub patience: Option<Seconds>,
    /// Answer-within time of the service level; for deferred work the window to finish in.
    pub within: Seconds,
    /// Priority among waiting contacts of several queues; the lowest rank goes first.
    pub rank: u8,
    /// Contacts waiting before the first interval; they count in no interval.
    pub backlog: u32,
    /// Replies counted by platforms.
    pub replies: Vec<Replies>,
    /// Standard deviation of handling times over their mean: 1 for exponential, 0 for constant; others are log-normal.
    pub variation: f64,
    /// VIPs, who go before all other contacts of the queue.
    pub vips: Option<Vips>,
}

/// Contacts that go before all others of their queue.
#[derive(Clone, Copy, Debug)]
pub struct Vips {
    /// Share of the queue's contacts.
    pub share: f64,
    /// Answer-within time of their own service level.
    pub within: Seconds,
}

/// Replies counted by a platform: the first to a contact, and later ones while its agent has it in hand.
#[derive(Clone, Debug)]
pub struct Replies {
    /// Time to reply.
    pub within: Seconds,
    /// Rounds that count, at least 1.
    pub rounds: f64,
    /// Mean time to a later reply of an agent with one chat; exponential, and longer with more chats in the proportion of chat times.
    pub reply: Seconds,
    /// Whether contacts of each interval count.
    pub counts: Vec<bool>,
}

/// Number of arriving contacts.
#[derive(Clone, Debug)]
pub enum Arrivals {
    /// Poisson counts with this mean in each interval.
    Means(Vec<f64>),
    /// Poisson counts around the means of one sample path per run, starting over after the last. Never empty.
    SamplePaths(Vec<Vec<f64>>),
    /// Exact counts in each interval, at random moments: actual arrivals.
    Counts(Vec<u32>),
}

/// Kinds of work.
#[derive(Clone, Debug)]
pub enum Work {
    /// One contact at a time, with this mean duration.
    Call(Seconds),
    /// Several contacts at a time.
    Chat(Concurrency),
    /// Work done when nothing else waits, and interrupted by any other contact; mean duration.
    Deferred(Seconds),
}

/// An agent in the simulation.
#[derive(Clone, Debug)]
pub struct SimAgent {
    /// Periods of taking new contacts, in order.
    pub periods: Vec<DeskPeriod>,
    /// Work rate relative to a standard agent who is never away.
    pub effectiveness: f64,
}

/// A period in which an agent takes new contacts of the same queues. Calls and chats in hand at its end are finished, whatever the next
/// period serves.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskPeriod {
    /// Start, in seconds after the grid's.
    pub from: f64,
    /// End, in seconds after the grid's start.
    pub to: f64,
    /// Queues served, preferred first.
    pub queues: Vec<usize>,
}
