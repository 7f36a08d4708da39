//! What-if scenarios: named changes to the inputs, each run through the same pipeline beside one base.
//!
//! Unaffected steps are reused, all scenarios are planned in parallel, and all are simulated with common random numbers, so that a
//! difference between two plans is theirs and not chance's.

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

/// Name of the plan with which all scenarios are compared.
pub const BASE: &str = "base";

/// A named set of changes.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name given by the user.
    pub name: String,
    /// Changes, in order of application.
    pub changes: Vec<Change>,
}

/// One change to the inputs. A queue of `None` selects every queue to which the change can apply.
#[derive(Clone, Debug)]
pub enum Change {
    /// Other settings in the plan file; further changes apply on top.
    Settings(Arc<Inputs>),
    /// Scales offered contacts.
    Volume {
        /// The queue.
        queue: Option<QueueId>,
        /// Part of the planned days.
        when: When,
        /// Scaling factor.
        factor: Factor,
    },
    /// Scales handling time.
    Handling {
        /// The queue.
        queue: Option<QueueId>,
        /// Scaling factor.
        factor: Factor,
    },
    /// Sets bot containment, in ordinary times and in events.
    BotShare {
        /// The queue.
        queue: Option<QueueId>,
        /// New share.
        share: Share,
    },
    /// A bot outage.
    BotsDown {
        /// The queue.
        queue: Option<QueueId>,
        /// Part of the planned days.
        when: When,
    },
    /// Additional shrinkage.
    Absence {
        /// Share lost beside the shrinkage of the plan.
        share: Share,
    },
    /// Sick calls among the people who would work, drawn by the plan's seed.
    Sick {
        /// Share of the people.
        share: Share,
        /// Start, within the planned days; a sick person misses every shift that overlaps the period.
        from: Option<NaiveDateTime>,
        /// End, exclusive.
        until: Option<NaiveDateTime>,
    },
    /// Removes an event from the planned days.
    WithoutEvent {
        /// Beginning of its name.
        name: String,
    },
    /// Resizes an event that ends in the planned days or after them.
    ResizedEvent {
        /// Beginning of its name.
        name: String,
        /// Factor on what it adds to an ordinary day.
        factor: Factor,
    },
    /// Moves an event that ends in the planned days or after them: a promotion moved, parcels late.
    MovedEvent {
        /// Beginning of its name.
        name: String,
        /// Delay; negative for earlier.
        by: TimeDelta,
    },
    /// Changes the mean-wait target of queues that have one.
    MeanWait {
        /// The queue.
        queue: Option<QueueId>,
        /// New mean wait.
        wait: Seconds,
    },
    /// Changes the answer-within time of queues with a service-level target.
    AnswerWithin {
        /// The queue.
        queue: Option<QueueId>,
        /// New time.
        within: Seconds,
    },
    /// Changes the share of service-level targets.
    AnswerShare {
        /// The queue.
        queue: Option<QueueId>,
        /// New share.
        share: Share,
    },
    /// Adds people: hired, loaned, part-time.
    ExtraPeople(Recruits),
    /// Removes people.
    WithoutPeople {
        /// Numbers of the people.
        agents: Vec<AgentId>,
    },
    /// Cross-trains people for another queue, ranked after those they serve already.
    CrossTrained {
        /// Numbers of the people.
        agents: Vec<AgentId>,
        /// The queue.
        queue: QueueId,
    },
    /// Adds a copy of a shift with another start.
    ExtraShift {
        /// Code of the copied shift.
        like: String,
        /// Code of the new shift.
        id: String,
        /// Start of the new shift.
        start: ClockTime,
    },
    /// Removes shifts.
    WithoutShifts {
        /// Codes of the shifts.
        codes: Vec<String>,
    },
}

/// Additional people modelled on a member of the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Recruits {
    /// Number of the model.
    pub like: AgentId,
    /// Number of people.
    pub count: usize,
    /// Skills, if different.
    pub skills: Option<Vec<QueueId>>,
    /// Speed relative to a standard agent, if different.
    pub speed: Option<Factor>,
    /// First moment at work.
    pub from: Option<NaiveDateTime>,
    /// End, exclusive.
    pub until: Option<NaiveDateTime>,
}

/// A part of the planned days: the intersection of all conditions, all days without any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    /// Start.
    pub from: Option<NaiveDateTime>,
    /// End, exclusive.
    pub until: Option<NaiveDateTime>,
    /// Clock times of every day.
    pub hours: Option<(ClockTime, ClockTime)>,
    /// Beginning of the name of an event that must be active.
    pub event: Option<String>,
}
