//! Intraday alerts: demand above forecast, missed service targets, backlogs that will not clear.

use super::day::IntradayForecast;
use crate::plan::{QueueInputs, QueueRequirement};
use crate::service::{Channel, Queue};
use crate::time::Series;
use chrono::{NaiveDateTime, TimeDelta};

/// Observed service of an interval of today, where the export has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Served {
    /// Start of the interval.
    pub start: NaiveDateTime,
    /// Contacts offered.
    pub contacts: f64,
    /// Contacts answered within the queue's answer-within time.
    pub in_time: Option<f64>,
    /// Mean wait of the answered contacts, in seconds.
    pub mean_wait: Option<f64>,
    /// Awaited replies.
    pub replies: Option<f64>,
    /// Of these, replies by people within the platform's time.
    pub replies_in_time: Option<f64>,
    /// Contacts waiting at the end of the interval.
    pub waiting: Option<f64>,
}

/// Reason for an alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Alarm {
    /// Contacts of the last two hours against the forecast of the eve.
    Volume {
        /// Contacts over forecast, less 1.
        excess: f64,
    },
    /// The service level of the last hour is below target.
    Answered {
        /// Contacts answered within the queue's time over contacts offered.
        share: f64,
        /// The targeted share.
        target: f64,
    },
    /// The mean wait of the last hour is above target.
    Waits {
        /// Mean wait, in seconds.
        seconds: f64,
        /// The targeted wait, in seconds.
        target: f64,
    },
    /// A platform's reply figure of the day so far is below its threshold.
    Replies {
        /// Replies in time over replies.
        share: f64,
        /// The platform's threshold.
        target: f64,
    },
    /// The backlog will not clear before the queue closes.
    Backlog {
        /// Contacts still waiting at closing time.
        contacts: f64,
        /// Closing time.
        closing: NaiveDateTime,
    },
}

/// Excess volume of the last two hours from which each alert level applies.
const EXCESS: [f64; 3] = [0.15, 0.30, 0.60];
/// Hours of service that count as recent.
const RECENT_HOURS: i64 = 1;

impl Alarm {
    /// The alert level: for volume 1 from 15 %, 2 from 30 % and 3 from 60 %; 1 for a last hour below target, 2 for a platform's figure
    /// below its threshold, 3 for a backlog that will not clear before closing.
    #[must_use]
    pub fn level(&self) -> u8 {
        match self {
            Self::Volume { excess } => EXCESS.iter().rposition(|least| excess >= least).map_or(0, |level| level as u8 + 1),
            Self::Answered { .. } | Self::Waits { .. } => 1,
            Self::Replies { .. } => 2,
            Self::Backlog { .. } => 3,
        }
    }
}

/// Alarms of a queue's day at a time. `served` is the observed service so far; `rest` is the day's requirement and the agents available for
/// it in each interval, if known.
///
/// ```
/// use peakshift::{input::Folder, intraday::{Alarm, Counts, Served, alarms, reforecast}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// let (start, at) = (inputs.horizon.grid(inputs.interval).start(12), inputs.horizon.grid(inputs.interval).start(13));
/// let (in_time, mean_wait, replies, replies_in_time, waiting) = (None, Some(90.0), None, None, None);
/// let served = Served { start, contacts: 6.0, in_time, mean_wait, replies, replies_in_time, waiting };
/// let today = reforecast(&inputs, &Counts::new(), at)?;
/// let found = alarms(&inputs.queues[0], &today[0], &[served], None, at);
/// assert_eq!(found, [Alarm::Waits { seconds: 90.0, target: 60.0 }]); // the last hour's callers waited too long
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn alarms(
    of: &QueueInputs,
    intraday: &IntradayForecast,
    served: &[Served],
    rest: Option<(&QueueRequirement, &Series<f64>)>,
    at: NaiveDateTime,
) -> Vec<Alarm> {
    let volume = intraday.recent_excess.map(|excess| Alarm::Volume { excess });
    let so_far: Vec<Served> = served.iter().filter(|of| of.start.date() == at.date() && of.start < at).copied().collect();
    let recent: Vec<Served> = so_far.iter().filter(|of| of.start >= at - TimeDelta::hours(RECENT_HOURS)).copied().collect();
    let known = volume.into_iter().chain(last_hour(&of.queue, &recent)).chain(replies(&of.queue, &so_far));
    let waiting = recent.last().and_then(|of| of.waiting);
    let backlog = rest.and_then(|(need, able)| backlog(&of.queue, need, able, waiting.unwrap_or(0.0), at));
    known.chain(backlog).filter(|alarm| alarm.level() > 0).collect()
}

/// Targets missed over the last hour.
fn last_hour(queue: &Queue, recent: &[Served]) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    if let Some((_, target)) = queue.answer_within().filter(|_| queue.channel != Channel::Deferred)
        && let Some(share) = ratio(recent.iter().filter_map(|of| Some((of.in_time?, of.contacts))))
        && share < target.get()
    {
        alarms.push(Alarm::Answered { share, target: target.get() });
    }
    if let Some(target) = queue.mean_wait()
        && let Some(seconds) = ratio(recent.iter().filter_map(|of| Some((of.mean_wait? * of.contacts, of.contacts))))
        && seconds > target.get()
    {
        alarms.push(Alarm::Waits { seconds, target: target.get() });
    }
    alarms
}

/// Reply figures missed over the day so far.
fn replies(queue: &Queue, so_far: &[Served]) -> Vec<Alarm> {
    let missed = |figure: &crate::service::ReplyFigure| {
        let counted = so_far.iter().filter(|of| figure.counts(of.start));
        let share = ratio(counted.filter_map(|of| Some((of.replies_in_time?, of.replies?))))?;
        (share < figure.share.get()).then_some(Alarm::Replies { share, target: figure.share.get() })
    };
    queue.replies.iter().filter_map(missed).collect()
}

/// Ratio of two sums; `None` where the denominator is 0.
fn ratio(pairs: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (above, below) = pairs.fold((0.0, 0.0), |(above, below), (more, of)| (above + more, below + of));
    (below > 0.0).then(|| above / below)
}

/// Fluid approximation of the backlog until closing: arrivals less the capacity of the agents present. It does not clear if more is left
/// than the last interval's capacity.
fn backlog(queue: &Queue, requirement: &QueueRequirement, able: &Series<f64>, waiting: f64, at: NaiveDateTime) -> Option<Alarm> {
    if queue.channel == Channel::Deferred {
        return None;
    }
    let (need, grid) = (&requirement.need, requirement.need.grid());
    let open = |slot: &usize| grid.date_of(*slot) == at.date() && grid.start(*slot) >= at && queue.hours.is_open(grid.start(*slot));
    let (mut waiting, mut last) = (waiting, None);
    for slot in (0..grid.len()).filter(open) {
        let busy = match &queue.channel {
            Channel::Chat(concurrency) => concurrency.slower(concurrency.windows()) / concurrency.windows() as f64,
            Channel::Voice | Channel::Deferred => 1.0,
        };
        let answered = able[slot] * grid.interval().seconds().get() / (need[slot].handling.get() * busy).max(1.0);
        waiting = (waiting + need[slot].contacts.get() - answered).max(0.0);
        last = Some((grid.end(slot), answered));
    }
    let (closing, answered) = last?;
    (waiting > answered.max(1.0)).then_some(Alarm::Backlog { contacts: waiting, closing })
}
