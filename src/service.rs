//! Queues and their service targets: channel, hours, handling time, patience, concurrency.

mod concurrency;
mod defaults;
mod opening_hours;

pub use concurrency::Concurrency;
pub use opening_hours::{OpenSpan, OpeningHours, SpecialHours};

use crate::identifier::{IdentifierError, identifier};
use crate::time::ClockTime;
use crate::units::{Seconds, Share};
use chrono::{NaiveDateTime, Timelike};
use std::fmt;

/// Identifier of a queue in files (a skill, a 技能组).
///
/// ```
/// use peakshift::service::QueueId;
/// assert_eq!(QueueId::parse(" phone "), Ok(QueueId::new("phone")));
/// assert!(QueueId::parse("a;b").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueId(String);

impl QueueId {
    /// Parses a name from a file.
    ///
    /// # Errors
    /// [`IdentifierError`] if the text is no identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        identifier(text).map(|name| Self(name.to_owned()))
    }

    /// Wraps a name that the program makes or knows; names from files go through [`QueueId::parse`].
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.trim().to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QueueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Channel through which contacts of a queue reach agents.
#[derive(Clone, Debug, PartialEq)]
pub enum Channel {
    /// One call at a time; callers wait on the line.
    Voice,
    /// Several chats at a time, each slower with every further chat.
    Chat(Concurrency),
    /// Tickets and e-mail: nobody waits on the line, work is done in order within hours.
    Deferred,
}

/// Service target of a queue. Each variant names the share and the contacts it refers to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ServiceTarget {
    /// Largest mean wait of the answered contacts (ASA).
    MeanWait(Seconds),
    /// Least share of the offered contacts answered within a time (service level).
    AnsweredWithin {
        /// The answer-within time T.
        within: Seconds,
        /// The least share.
        share: Share,
    },
    /// Largest share of the offered contacts that abandon.
    Abandonment(Share),
    /// Largest share of desk time spent on contacts.
    Occupancy(Share),
    /// Least share of deferred work finished within a time of its arrival.
    DoneWithin {
        /// The window, in clock time.
        within: Seconds,
        /// The least share.
        share: Share,
    },
}

impl ServiceTarget {
    /// The weaker of two targets of one kind; `None` for targets of different kinds.
    ///
    /// ```
    /// use peakshift::{service::ServiceTarget, units::{Seconds, Share}};
    /// let (strict, lax) = (ServiceTarget::MeanWait(Seconds::new(20.0)?), ServiceTarget::MeanWait(Seconds::new(60.0)?));
    /// assert_eq!((strict.weaker(lax), strict.weaker(ServiceTarget::Abandonment(Share::new(0.05)?))), (Some(lax), None));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn weaker(self, other: Self) -> Option<Self> {
        let more = |a: Share, b: Share| if a > b { a } else { b };
        let longer = |a: Seconds, b: Seconds| if a > b { a } else { b };
        match (self, other) {
            (Self::MeanWait(a), Self::MeanWait(b)) => Some(Self::MeanWait(longer(a, b))),
            (Self::AnsweredWithin { within: t, share: a }, Self::AnsweredWithin { within: u, share: b }) => {
                Some(Self::AnsweredWithin { within: longer(t, u), share: if a < b { a } else { b } })
            }
            (Self::Abandonment(a), Self::Abandonment(b)) => Some(Self::Abandonment(more(a, b))),
            (Self::Occupancy(a), Self::Occupancy(b)) => Some(Self::Occupancy(more(a, b))),
            _ => None,
        }
    }
}

/// A queue: one kind of contact and its service targets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Queue {
    /// Identifier in files.
    pub id: QueueId,
    /// Display name.
    pub name: String,
    /// Channel.
    pub channel: Channel,
    /// Opening hours.
    pub hours: OpeningHours,
    /// Mean time an agent is busy with one contact; for a chat queue, with a single chat.
    pub handling: Seconds,
    /// Mean patience; `None` if nobody abandons.
    pub patience: Option<Seconds>,
    /// Bot containment: share of offered contacts that bots answer in full. `None` continues the history's, or means none where the history
    /// has none.
    pub bot_share: Option<Share>,
    /// Service targets; all hold at once.
    pub targets: Vec<ServiceTarget>,
    /// Priority rank: among waiting contacts of several queues, those of the lowest rank are answered first.
    pub rank: u8,
    /// Contacts waiting before the plan's first interval.
    pub backlog: u32,
    /// Reply figures of the platforms for this queue.
    pub replies: Vec<ReplyFigure>,
    /// Coefficient of variation of handling times: 1 is the exponential of the formulas.
    pub handling_variation: f64,
    /// Time that bots hold a contact before they hand it over to people.
    pub handover: Seconds,
    /// Contacts that go before all others of the queue.
    pub vip: Option<Vip>,
    /// Chat times up to the highest permitted concurrency, where that exceeds the planned one.
    pub wider: Option<Concurrency>,
    /// Source of the planned concurrency.
    pub windows: Windows,
    /// Period over which the wait target or service level is met; the other targets hold in every interval.
    pub over: Over,
    /// Target of each interval, where the main target is met over a day or a week.
    pub floor: Option<ServiceTarget>,
}

/// Period over which a target is met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// Every interval.
    #[default]
    Interval,
    /// Each day.
    Day,
    /// Each seven days from the first.
    Week,
}

impl Over {
    /// Length of the period in days; an interval counts as one.
    #[must_use]
    pub const fn days(self) -> usize {
        match self {
            Self::Interval | Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// Source of the planned concurrency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Windows {
    /// The planner.
    #[default]
    Given,
    /// The plan, up to the highest permitted concurrency.
    Best,
}

/// A class of contacts that is answered before the others of its queue.
///
/// ```
/// use peakshift::{service::{ServiceTarget, Vip}, units::{Seconds, Share}};
/// let (within, share) = (Seconds::new(10.0)?, Share::new(0.9)?);
/// let vip = Vip { share: Share::new(0.1)?, targets: vec![ServiceTarget::AnsweredWithin { within, share }] };
/// assert_eq!(vip.answer_within(), Some(within));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Vip {
    /// Their share of the contacts.
    pub share: Share,
    /// Their targets beside those of all contacts.
    pub targets: Vec<ServiceTarget>,
}

impl Vip {
    /// The answer-within time of their own service level.
    #[must_use]
    pub fn answer_within(&self) -> Option<Seconds> {
        answer_within(&self.targets).map(|(within, _)| within)
    }
}

/// Reply figure of a platform for a chat queue: the share of the awaited replies that people give in time. A dialogue has several rounds;
/// the first reply comes after the wait in the queue, and a customer who abandoned waited for one in vain.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyFigure {
    /// Reply-within time.
    pub within: Seconds,
    /// The least share.
    pub share: Share,
    /// Rounds of a dialogue that count; 1 counts first replies alone.
    pub rounds: f64,
    /// Mean time to a later reply with one chat in hand; it grows with the agent's chats as chat times do.
    pub reply: Seconds,
    /// Clock times between which dialogues must begin to count.
    pub window: (ClockTime, ClockTime),
    /// Days over which the platform counts.
    pub period_days: u32,
}

/// Share of later replies within a time, for exponential times of mean `reply` with one chat in hand, `slower` times as long now.
///
/// ```
/// use peakshift::{service::later_in_time, units::Seconds};
/// let share = later_in_time(Seconds::new(60.0)?, Seconds::new(30.0)?, 1.5); // replies take 45 s now
/// assert!((share - (1.0 - (-60.0_f64 / 45.0).exp())).abs() < 1e-12);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn later_in_time(within: Seconds, reply: Seconds, slower: f64) -> f64 {
    1.0 - (-within.get() / (reply.get() * slower).max(1e-9)).exp()
}

impl ReplyFigure {
    /// Share of later replies in time from an agent with `chats` chats.
    #[must_use]
    pub fn later_in_time(&self, concurrency: &Concurrency, chats: usize) -> f64 {
        later_in_time(self.within, self.reply, concurrency.slower(chats))
    }

    /// Whether a dialogue that begins at a time counts; a window that ends before it begins spans midnight.
    ///
    /// ```
    /// # use peakshift::{service::ReplyFigure, time::{ClockTime, read_stamp}, units::{Seconds, Share}};
    /// let window = ("22:00".parse::<ClockTime>()?, "06:00".parse::<ClockTime>()?);
    /// let (within, reply, share) = (Seconds::new(60.0)?, Seconds::new(30.0)?, Share::new(0.8)?);
    /// let figure = ReplyFigure { within, share, rounds: 3.0, reply, window, period_days: 30 };
    /// assert!(figure.counts(read_stamp("2026-11-30T02:00")?) && !figure.counts(read_stamp("2026-11-30T12:00")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn counts(&self, time: NaiveDateTime) -> bool {
        let minute = time.hour() * 60 + time.minute();
        let (from, to) = (self.window.0.minutes(), self.window.1.minutes());
        if from <= to { from <= minute && minute < to } else { minute >= from || minute < to }
    }
}

impl Queue {
    /// The queue at a planned concurrency of `windows`, capped at the permitted one; calls and tickets stay as they are.
    #[must_use]
    pub fn with_windows(&self, windows: usize) -> Self {
        let mut queue = self.clone();
        if let (Channel::Chat(planned), wider) = (&self.channel, &self.wider) {
            queue.channel = Channel::Chat(wider.as_ref().unwrap_or(planned).up_to(windows));
        }
        queue
    }

    /// The first of its service-level targets.
    #[must_use]
    pub fn answer_within(&self) -> Option<(Seconds, Share)> {
        answer_within(&self.targets)
    }

    /// The target that is met over a day or a week instead of every interval: the mean wait, else the service level.
    #[must_use]
    pub fn promise_over_stretch(&self) -> Option<ServiceTarget> {
        if self.over == Over::Interval || self.channel == Channel::Deferred {
            return None;
        }
        let answered = || self.targets.iter().find(|target| matches!(target, ServiceTarget::AnsweredWithin { .. }));
        self.targets.iter().find(|target| matches!(target, ServiceTarget::MeanWait(_))).or_else(answered).copied()
    }

    /// The queue as each interval sees it: its floor replaces the target over a day or a week.
    ///
    /// ```
    /// use peakshift::{service::{Over, Queue, ServiceTarget}, units::Seconds};
    /// let [day, floor] = [20.0, 60.0].map(|wait| ServiceTarget::MeanWait(Seconds::new(wait).unwrap()));
    /// let mut calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(day);
    /// (calls.over, calls.floor) = (Over::Day, Some(floor));
    /// assert_eq!((calls.promise_over_stretch(), calls.in_interval().targets), (Some(day), vec![floor]));
    /// assert_eq!(calls.mean_wait(), Some(Seconds::new(20.0)?));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn in_interval(&self) -> Self {
        let Some(promise) = self.promise_over_stretch() else { return self.clone() };
        // a floor is never stricter than the target itself
        let floor = self.floor.map(|floor| floor.weaker(promise).unwrap_or(floor));
        let targets = self.targets.iter().filter(|target| **target != promise).copied().chain(floor);
        Self { targets: targets.collect(), over: Over::Interval, ..self.clone() }
    }

    /// Its mean-wait target.
    #[must_use]
    pub fn mean_wait(&self) -> Option<Seconds> {
        self.targets.iter().find_map(|target| if let ServiceTarget::MeanWait(wait) = *target { Some(wait) } else { None })
    }
}

/// The first service-level target.
fn answer_within(targets: &[ServiceTarget]) -> Option<(Seconds, Share)> {
    targets.iter().find_map(|target| match *target {
        ServiceTarget::AnsweredWithin { within, share } | ServiceTarget::DoneWithin { within, share } => Some((within, share)),
        _ => None,
    })
}
