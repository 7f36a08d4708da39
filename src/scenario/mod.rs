//! What if? Named changes to the inputs, each run through the same pipeline beside one base.
//!
//! What a change does not touch is not worked out again, all scenarios are planned at once, and all are simulated with the same contacts, so
//! that a difference between two plans is theirs and not chance's.

mod apply;
mod compare;
mod curve;
mod drill;
mod outcome;
mod sweep;

pub use apply::{Idle, apply};
pub use compare::compare;
pub use curve::{Bought, Curve, CurvePoint, curves};
pub use drill::{Drill, Recovery, drill};
pub use outcome::{Difference, Figures, Outcome, Platform, QueueOutcome};
pub use sweep::{Axis, Scenarios, Sweep};

use crate::plan::Inputs;
use crate::service::QueueId;
use crate::time::ClockTime;
use crate::units::{Factor, Seconds, Share};
use crate::workforce::AgentId;
use chrono::{NaiveDateTime, TimeDelta};
use std::sync::Arc;

/// The name of the plan that all scenarios are compared with.
pub const BASE: &str = "base";

/// A named set of changes.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name people gave it.
    pub name: String,
    /// What is different, in the order in which it is applied.
    pub changes: Vec<Change>,
}

/// One change to the inputs. A queue of `None` means every queue that the change can touch.
#[derive(Clone, Debug)]
pub enum Change {
    /// The plan read with other settings in its file; whatever else changes is applied to that.
    Settings(Arc<Inputs>),
    /// Offered contacts scaled.
    Volume {
        /// Which queue.
        queue: Option<QueueId>,
        /// In which part of the planned days.
        when: When,
        /// By how much.
        factor: Factor,
    },
    /// Handling time scaled.
    Handling {
        /// Which queue.
        queue: Option<QueueId>,
        /// By how much.
        factor: Factor,
    },
    /// The share that bots answer in full, in ordinary times and in events.
    BotShare {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new share.
        share: Share,
    },
    /// Bots answer nobody.
    BotsDown {
        /// Which queue.
        queue: Option<QueueId>,
        /// In which part of the planned days.
        when: When,
    },
    /// More paid time lost.
    Absence {
        /// The share lost beside what is lost already.
        share: Share,
    },
    /// Some of the people who would work then call in sick, drawn by the plan's seed.
    Sick {
        /// Their share.
        share: Share,
        /// In which part of the planned days; who is sick misses every shift that it touches.
        from: Option<NaiveDateTime>,
        /// Up to, not including.
        until: Option<NaiveDateTime>,
    },
    /// An event does not happen in the planned days.
    WithoutEvent {
        /// The beginning of its name.
        name: String,
    },
    /// An event that ends in the planned days or after them is larger or smaller.
    ResizedEvent {
        /// The beginning of its name.
        name: String,
        /// What it adds to an ordinary day, against what is expected now.
        factor: Factor,
    },
    /// An event that ends in the planned days or after them is at another time: a promotion moved, parcels late.
    MovedEvent {
        /// The beginning of its name.
        name: String,
        /// Later by so much; earlier if below 0.
        by: TimeDelta,
    },
    /// Another mean wait promised, by queues that promise one.
    MeanWait {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new wait.
        wait: Seconds,
    },
    /// Another answer-within time, by queues that promise a share.
    AnswerWithin {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new time.
        within: Seconds,
    },
    /// Another share promised.
    AnswerShare {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new share.
        share: Share,
    },
    /// More people: hired, lent, part-time.
    ExtraPeople(Recruits),
    /// People who are not there.
    WithoutPeople {
        /// Who.
        agents: Vec<AgentId>,
    },
    /// People who learn to serve another queue, after those they serve already.
    CrossTrained {
        /// Who.
        agents: Vec<AgentId>,
        /// Which queue.
        queue: QueueId,
    },
    /// A shift like another that starts at another time.
    ExtraShift {
        /// The code of the shift it is like.
        like: String,
        /// Its own code.
        id: String,
        /// When it starts.
        start: ClockTime,
    },
    /// Shifts that are not worked.
    WithoutShifts {
        /// Their codes.
        codes: Vec<String>,
    },
}

/// People like somebody of the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Recruits {
    /// Whom they are like.
    pub like: AgentId,
    /// How many.
    pub count: usize,
    /// What they serve, if not the same.
    pub skills: Option<Vec<QueueId>>,
    /// Work done against a standard agent, if not the same.
    pub speed: Option<Factor>,
    /// The first moment they are there.
    pub from: Option<NaiveDateTime>,
    /// The first moment they are no longer there.
    pub until: Option<NaiveDateTime>,
}

/// A part of the planned days: what all of its conditions leave, all of the days if there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    /// Not before.
    pub from: Option<NaiveDateTime>,
    /// Up to, not including.
    pub until: Option<NaiveDateTime>,
    /// Between these times of every day.
    pub hours: Option<(ClockTime, ClockTime)>,
    /// While an event whose name begins so is on.
    pub event: Option<String>,
}
