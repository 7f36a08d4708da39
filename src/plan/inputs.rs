//! All that a plan depends on.

use crate::calendar::Calendar;
use crate::capacity::HiringTerms;
use crate::event::Event;
use crate::forecast::{Driver, Override};
use crate::history::RawCount;
use crate::roster::{Activity, Assignment, MinimumStaffing, PastDuty, Prices, Rules, ShiftTemplate, TimeAccount};
use crate::service::{Channel, Queue, QueueId};
use crate::staffing::Shrinkage;
use crate::time::{Horizon, Interval};
use crate::workforce::{Absence, AgentId, Employee, Pin};
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// All that a plan depends on, checked and in memory.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The name people see.
    pub name: String,
    /// The days to plan.
    pub horizon: Horizon,
    /// The first day whose history must not be used; the horizon's first day unless told otherwise.
    pub history_until: NaiveDate,
    /// The clocks by which the plan is told, where it says which; sites without clocks of their own go by them.
    pub zone: Option<Zone>,
    /// The interval of forecasts, requirements and coverage.
    pub interval: Interval,
    /// The queues, in order of importance.
    pub queues: Vec<QueueInputs>,
    /// Holidays.
    pub calendar: Calendar,
    /// The month of the year before in which the law's authority publishes a year's holidays and make-up days, where it does.
    pub holidays_published_month: Option<u32>,
    /// Promotions and closures.
    pub events: Vec<Event>,
    /// Numbers known ahead that move the contacts of every queue with them.
    pub drivers: Vec<Driver>,
    /// The team.
    pub employees: Vec<Employee>,
    /// When people are away.
    pub absences: Vec<Absence>,
    /// What planners have fixed.
    pub pins: Vec<Pin>,
    /// Published shifts that absences keep people from, as repairs before have noted them: their hours count as done.
    pub excused: Vec<Assignment>,
    /// What people have had before the horizon, over months.
    pub accounts: BTreeMap<AgentId, TimeAccount>,
    /// Shifts before the horizon.
    pub past: BTreeMap<AgentId, Vec<PastDuty>>,
    /// The shifts.
    pub shifts: Vec<ShiftTemplate>,
    /// What people do away from the desk every week.
    pub activities: Vec<Activity>,
    /// Who should be at work at all times.
    pub minimum_staffing: Vec<MinimumStaffing>,
    /// What must hold.
    pub rules: Rules,
    /// What things cost.
    pub prices: Prices,
    /// The currency people see.
    pub currency: String,
    /// The terms of hiring and of staying.
    pub terms: HiringTerms,
    /// Paid time that is lost inside shifts, by cause.
    pub shrinkage: Shrinkage,
    /// Simulated repetitions of the horizon.
    pub replications: usize,
    /// The seed of everything random.
    pub seed: u64,
}

impl Inputs {
    /// Whether somebody is away from any part of a duty.
    #[must_use]
    pub fn is_away(&self, duty: &Assignment) -> bool {
        self.absences.iter().any(|absence| absence.agent == duty.agent && absence.overlaps(duty.start, duty.end))
    }

    /// Whether an absence of an unpaid kind takes any part of a duty.
    #[must_use]
    pub fn is_away_unpaid(&self, duty: &Assignment) -> bool {
        let takes_of_it = |absence: &Absence| absence.agent == duty.agent && absence.overlaps(duty.start, duty.end);
        self.absences.iter().any(|absence| takes_of_it(absence) && self.prices.is_unpaid(absence))
    }

    /// The name of a queue that people see; its own where none is known.
    #[must_use]
    pub fn queue_name<'a>(&'a self, id: &'a QueueId) -> &'a str {
        self.queues.iter().find(|of| of.queue.id == *id).map_or_else(|| id.as_str(), |of| of.queue.name.as_str())
    }

    /// Whether both ask for the same queues over the same intervals.
    #[must_use]
    pub fn asks_as(&self, other: &Self) -> bool {
        let ids = |inputs: &Self| inputs.queues.iter().map(|of| of.queue.id.clone()).collect::<Vec<_>>();
        (self.horizon, self.interval) == (other.horizon, other.interval) && ids(self) == ids(other)
    }
}

/// A queue with what is known of its past.
#[derive(Clone, Debug)]
pub struct QueueInputs {
    /// The queue.
    pub queue: Queue,
    /// Its counts.
    pub counts: Vec<RawCount>,
    /// The interval they were taken in.
    pub counted_every: Interval,
    /// Planners' corrections of its forecast, in the order they are applied.
    pub overrides: Vec<Override>,
    /// When its bots answer nobody, from-to.
    pub bots_down: Vec<(NaiveDateTime, NaiveDateTime)>,
}

impl QueueInputs {
    /// Whether the queue is open at a time for which planners state no curve of contacts.
    pub(super) fn opens_plainly(&self, time: NaiveDateTime, events: &[Event]) -> bool {
        self.queue.hours.is_open(time) && !events.iter().any(|event| event.expected.curve.is_some() && event.is_on(time))
    }

    /// Whether contacts can come at a time.
    pub(crate) fn takes_contacts(&self, start: NaiveDateTime) -> bool {
        !self.opens_by_hours() || self.queue.hours.is_open(start)
    }

    /// Whether contacts come when the queue is open; deferred work comes at any time, and its hours say when it is done.
    pub(super) fn opens_by_hours(&self) -> bool {
        !matches!(self.queue.channel, Channel::Deferred)
    }
}

/// The events that touch a queue.
#[must_use]
pub fn events_of(inputs: &Inputs, queue: &QueueId) -> Vec<Event> {
    inputs.events.iter().filter(|event| event.touches(queue)).cloned().collect()
}
