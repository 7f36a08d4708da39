//! Inputs of a plan.

use crate::calendar::Calendar;
use crate::capacity::HiringTerms;
use crate::event::Event;
use crate::forecast::{Driver, Override};
use crate::history::RawCount;
use crate::law::Law;
use crate::roster::{Activity, Assignment, MinimumStaffing, PastDuty, Prices, Rules, ShiftTemplate, TimeAccount};
use crate::service::{Channel, Queue, QueueId};
use crate::staffing::Shrinkage;
use crate::time::{Horizon, Interval};
use crate::workforce::{Absence, AgentId, Employee, Pin};
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// All inputs of a plan, validated and in memory.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Display name.
    pub name: String,
    /// Planned days.
    pub horizon: Horizon,
    /// First day whose history must not be used; the horizon's first day unless set.
    pub history_until: NaiveDate,
    /// Zone of the plan's times, if stated; sites without clocks of their own use it.
    pub zone: Option<Zone>,
    /// Interval of forecasts, requirements and coverage.
    pub interval: Interval,
    /// Queues, in order of importance.
    pub queues: Vec<QueueInputs>,
    /// Holidays.
    pub calendar: Calendar,
    /// Month of the preceding year in which the authorities publish a year's holidays and make-up days, where they do.
    pub holidays_published_month: Option<u32>,
    /// Promotions and closures.
    pub events: Vec<Event>,
    /// Leading indicators: numbers known ahead with which the contacts of every queue move.
    pub drivers: Vec<Driver>,
    /// The team.
    pub employees: Vec<Employee>,
    /// Absences.
    pub absences: Vec<Absence>,
    /// Assignments fixed by planners.
    pub pins: Vec<Pin>,
    /// Published shifts that absences prevent, as recorded by earlier repairs: their hours count as worked.
    pub excused: Vec<Assignment>,
    /// Time accounts from months before the horizon.
    pub accounts: BTreeMap<AgentId, TimeAccount>,
    /// Shifts before the horizon.
    pub past: BTreeMap<AgentId, Vec<PastDuty>>,
    /// The shifts.
    pub shifts: Vec<ShiftTemplate>,
    /// Weekly offline activities.
    pub activities: Vec<Activity>,
    /// Minimum staffing at all times.
    pub minimum_staffing: Vec<MinimumStaffing>,
    /// Scheduling rules.
    pub rules: Rules,
    /// Where the rules come from.
    pub law: Law,
    /// Prices.
    pub prices: Prices,
    /// Currency for display.
    pub currency: String,
    /// Terms of hiring and attrition.
    pub terms: HiringTerms,
    /// Shrinkage inside shifts, by cause.
    pub shrinkage: Shrinkage,
    /// Simulation replications of the horizon.
    pub replications: usize,
    /// Random seed.
    pub seed: u64,
}

impl Inputs {
    /// Whether an absence overlaps a duty.
    #[must_use]
    pub fn is_away(&self, duty: &Assignment) -> bool {
        self.absences.iter().any(|absence| absence.agent == duty.agent && absence.overlaps(duty.start, duty.end))
    }

    /// Whether an absence of an unpaid kind overlaps a duty.
    #[must_use]
    pub fn is_away_unpaid(&self, duty: &Assignment) -> bool {
        let takes_of_it = |absence: &Absence| absence.agent == duty.agent && absence.overlaps(duty.start, duty.end);
        self.absences.iter().any(|absence| takes_of_it(absence) && self.prices.is_unpaid(absence))
    }

    /// Display name of a queue; its identifier where none is known.
    #[must_use]
    pub fn queue_name<'a>(&'a self, id: &'a QueueId) -> &'a str {
        self.queues.iter().find(|of| of.queue.id == *id).map_or_else(|| id.as_str(), |of| of.queue.name.as_str())
    }

    /// Whether both have the same queues over the same intervals.
    #[must_use]
    pub fn asks_as(&self, other: &Self) -> bool {
        let ids = |inputs: &Self| inputs.queues.iter().map(|of| of.queue.id.clone()).collect::<Vec<_>>();
        (self.horizon, self.interval) == (other.horizon, other.interval) && ids(self) == ids(other)
    }
}

/// A queue with the data of its past.
#[derive(Clone, Debug)]
pub struct QueueInputs {
    /// The queue.
    pub queue: Queue,
    /// Counts of contacts.
    pub counts: Vec<RawCount>,
    /// Interval of the counts.
    pub counted_every: Interval,
    /// Planners' corrections of its forecast, in order of application.
    pub overrides: Vec<Override>,
    /// Bot outages, start to end.
    pub bots_down: Vec<(NaiveDateTime, NaiveDateTime)>,
}

impl QueueInputs {
    /// Whether the queue is open at a time for which planners state no intraday profile.
    pub(super) fn opens_plainly(&self, time: NaiveDateTime, events: &[Event]) -> bool {
        self.queue.hours.is_open(time) && !events.iter().any(|event| event.expected.curve.is_some() && event.is_on(time))
    }

    /// Whether contacts can arrive at a time.
    pub(crate) fn takes_contacts(&self, start: NaiveDateTime) -> bool {
        !self.opens_by_hours() || self.queue.hours.is_open(start)
    }

    /// Whether contacts arrive only while the queue is open; deferred work arrives at any time, and its hours say when it is done.
    pub(super) fn opens_by_hours(&self) -> bool {
        !matches!(self.queue.channel, Channel::Deferred)
    }
}

/// Events that affect a queue.
///
/// ```
/// use peakshift::{input::Folder, plan::events_of, service::QueueId};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// // its promotion is of the phone only
/// assert_eq!(["phone", "chat"].map(|queue| events_of(&inputs, &QueueId::new(queue)).len()), [1, 0]);
/// ```
#[must_use]
pub fn events_of(inputs: &Inputs, queue: &QueueId) -> Vec<Event> {
    inputs.events.iter().filter(|event| event.touches(queue)).cloned().collect()
}
