//! What a queue is and what it promises: channel, hours, handling time, patience, concurrency, targets.

mod concurrency;
mod defaults;

pub use concurrency::Concurrency;

use crate::identifier::{IdentifierError, identifier};
use crate::time::ClockTime;
use crate::units::{Seconds, Share};
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use std::fmt;

/// The name by which files refer to a queue (a skill, a 技能组).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueId(String);

impl QueueId {
    /// The name that a file writes.
    ///
    /// # Errors
    /// [`IdentifierError`] if it is no identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        identifier(text).map(|name| Self(name.to_owned()))
    }

    /// Wraps a name that the program makes or knows; what files write goes through [`QueueId::parse`].
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

/// How contacts of a queue meet agents.
#[derive(Clone, Debug, PartialEq)]
pub enum Channel {
    /// One call at a time; callers wait on the line.
    Voice,
    /// Several chats at a time, each slower the more there are.
    Chat(Concurrency),
    /// Tickets and e-mail: nobody waits on the line, work is done in order within hours.
    Deferred,
}

/// What a queue promises. Which share of which contacts is meant stands at each variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ServiceTarget {
    /// Mean wait of the answered contacts at most this long (ASA).
    MeanWait(Seconds),
    /// Share of the offered contacts answered within a time at least this (service level).
    AnsweredWithin {
        /// The answer-within time T.
        within: Seconds,
        /// The least share.
        share: Share,
    },
    /// Share of the offered contacts that give up waiting at most this.
    Abandonment(Share),
    /// Share of desk time spent on contacts at most this.
    Occupancy(Share),
    /// Deferred work finished within a time of its arrival, at least this share.
    DoneWithin {
        /// The window, counted in clock time.
        within: Seconds,
        /// The least share.
        share: Share,
    },
}

impl ServiceTarget {
    /// The weaker of two targets of one kind.
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

/// Opening hours that differ from the ordinary ones for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialHours {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// When the queue opens.
    pub open: ClockTime,
    /// When it closes.
    pub close: ClockTime,
}

/// When a queue's agents answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// When the queue opens on an ordinary day.
    pub open: ClockTime,
    /// When it closes; 24:00 is the end of the day.
    pub close: ClockTime,
    /// Monday to Sunday: whether it opens at all.
    pub weekdays: [bool; 7],
    /// Exceptions; the last that holds for a day counts.
    pub special: Vec<SpecialHours>,
}

impl OpeningHours {
    /// Opening and closing time of a date, `None` when it stays closed.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Option<(ClockTime, ClockTime)> {
        use chrono::Datelike;
        if let Some(hours) = self.special.iter().rev().find(|hours| hours.first <= date && date <= hours.last) {
            return (hours.open < hours.close).then_some((hours.open, hours.close));
        }
        let open = self.weekdays[date.weekday().num_days_from_monday() as usize];
        (open && self.open < self.close).then_some((self.open, self.close))
    }

    /// Whether agents answer at a time.
    #[must_use]
    pub fn is_open(&self, time: NaiveDateTime) -> bool {
        let minute = time.hour() * 60 + time.minute();
        self.on(time.date()).is_some_and(|(open, close)| open.minutes() <= minute && minute < close.minutes())
    }
}

/// A queue: one kind of contact and its promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// The name files use.
    pub id: QueueId,
    /// The name people see.
    pub name: String,
    /// How contacts meet agents.
    pub channel: Channel,
    /// When agents answer.
    pub hours: OpeningHours,
    /// Mean time an agent is busy with one contact, a single chat for a chat queue.
    pub handling: Seconds,
    /// Mean patience; `None` means nobody gives up.
    pub patience: Option<Seconds>,
    /// The share of offered contacts that bots answer in full; `None` means as the history goes on, or none where it tells nothing.
    pub bot_share: Option<Share>,
    /// What it promises; all hold at once.
    pub targets: Vec<ServiceTarget>,
    /// Of waiting contacts of several queues, those of the lowest rank are answered first.
    pub rank: u8,
    /// Contacts that wait before the plan's first interval.
    pub backlog: u32,
    /// Platforms' own figures of it.
    pub replies: Vec<ReplyFigure>,
    /// Standard deviation of handling times over their mean: 1 is the exponential of the formulas.
    pub handling_variation: f64,
    /// How long bots hold a contact before they hand it over to people.
    pub handover: Seconds,
    /// Contacts that go before all others of the queue.
    pub vip: Option<Vip>,
    /// Chat times up to the most windows an agent may have, where that is more than are planned.
    pub wider: Option<Concurrency>,
    /// Who says how many windows are planned.
    pub windows: Windows,
    /// Over how long its wait or answered share is kept; the other targets hold in every interval.
    pub over: Over,
    /// Of a promise over a day or a week, what each interval keeps.
    pub floor: Option<ServiceTarget>,
}

/// Over how long a promise is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// In every interval.
    #[default]
    Interval,
    /// Over each day.
    Day,
    /// Over each seven days from the first.
    Week,
}

impl Over {
    /// The days of a stretch; an interval is within one.
    #[must_use]
    pub const fn days(self) -> usize {
        match self {
            Self::Interval | Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// Who says how many chats an agent is planned to have at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Windows {
    /// The planner.
    #[default]
    Given,
    /// The plan, within the most that an agent may have.
    Best,
}

/// A class of contacts that is answered before the others of its queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Vip {
    /// Their share of the contacts.
    pub share: Share,
    /// What they are promised beside what all are.
    pub targets: Vec<ServiceTarget>,
}

impl Vip {
    /// The time of their own answered share.
    #[must_use]
    pub fn answer_within(&self) -> Option<Seconds> {
        answer_within(&self.targets).map(|(within, _)| within)
    }
}

/// A platform's own figure of a chat queue: of the replies that customers wait for, the share that people give in time. A dialogue has
/// several rounds; the first reply comes after the wait in the line, and who gives up waited for one in vain.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyFigure {
    /// The time to reply in.
    pub within: Seconds,
    /// The least share.
    pub share: Share,
    /// Rounds of a dialogue that count; 1 counts first replies alone.
    pub rounds: f64,
    /// Mean time to a later reply while an agent has this chat alone; it grows with her chats as chat times do.
    pub reply: Seconds,
    /// The clock times between which dialogues that begin count.
    pub window: (ClockTime, ClockTime),
    /// The days over which the platform counts.
    pub period_days: u32,
}

/// The share of later replies that come within a time, where they take `reply` on average with one chat in hand, `slower` times as long
/// now, and are exponential.
#[must_use]
pub fn later_in_time(within: Seconds, reply: Seconds, slower: f64) -> f64 {
    1.0 - (-within.get() / (reply.get() * slower).max(1e-9)).exp()
}

impl ReplyFigure {
    /// The share of later replies that come in time from an agent with so many chats.
    #[must_use]
    pub fn later_in_time(&self, concurrency: &Concurrency, chats: usize) -> f64 {
        later_in_time(self.within, self.reply, concurrency.slower(chats))
    }

    /// Whether a dialogue that begins at a time counts; a window that ends before it begins goes over midnight.
    #[must_use]
    pub fn counts(&self, time: NaiveDateTime) -> bool {
        let minute = time.hour() * 60 + time.minute();
        let (from, to) = (self.window.0.minutes(), self.window.1.minutes());
        if from <= to { from <= minute && minute < to } else { minute >= from || minute < to }
    }
}

impl Queue {
    /// The queue with so many windows planned, at most as many as an agent may have; calls and tickets stay as they are.
    #[must_use]
    pub fn with_windows(&self, windows: usize) -> Self {
        let mut queue = self.clone();
        if let (Channel::Chat(planned), wider) = (&self.channel, &self.wider) {
            queue.channel = Channel::Chat(wider.as_ref().unwrap_or(planned).up_to(windows));
        }
        queue
    }

    /// The first of its targets that is a share answered within a time.
    #[must_use]
    pub fn answer_within(&self) -> Option<(Seconds, Share)> {
        answer_within(&self.targets)
    }

    /// The target that is kept over a day or a week instead of every interval: the mean wait, else the answered share.
    #[must_use]
    pub fn promise_over_stretch(&self) -> Option<ServiceTarget> {
        if self.over == Over::Interval || self.channel == Channel::Deferred {
            return None;
        }
        let answered = || self.targets.iter().find(|target| matches!(target, ServiceTarget::AnsweredWithin { .. }));
        self.targets.iter().find(|target| matches!(target, ServiceTarget::MeanWait(_))).or_else(answered).copied()
    }

    /// The queue as each interval sees it: its floor instead of the promise that is kept over a stretch.
    #[must_use]
    pub fn in_interval(&self) -> Self {
        let Some(promise) = self.promise_over_stretch() else { return self.clone() };
        // a floor is never stricter than the promise itself
        let floor = self.floor.map(|floor| floor.weaker(promise).unwrap_or(floor));
        let targets = self.targets.iter().filter(|target| **target != promise).copied().chain(floor);
        Self { targets: targets.collect(), over: Over::Interval, ..self.clone() }
    }

    /// Its target for the mean wait.
    #[must_use]
    pub fn mean_wait(&self) -> Option<Seconds> {
        self.targets.iter().find_map(|target| if let ServiceTarget::MeanWait(wait) = *target { Some(wait) } else { None })
    }
}

/// The first of these targets that is a share answered within a time.
fn answer_within(targets: &[ServiceTarget]) -> Option<(Seconds, Share)> {
    targets.iter().find_map(|target| match *target {
        ServiceTarget::AnsweredWithin { within, share } | ServiceTarget::DoneWithin { within, share } => Some((within, share)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(value: f64) -> Seconds {
        Seconds::new(value).unwrap()
    }

    #[test]
    fn a_window_that_lowers_the_chats_finished_an_hour_is_refused() {
        assert!(Concurrency::new(vec![seconds(300.0), seconds(700.0)]).is_none());
        assert!(Concurrency::new(vec![seconds(300.0), seconds(336.0)]).is_some());
        assert!(Concurrency::new(vec![]).is_none());
    }

    #[test]
    fn special_hours_win_over_ordinary_ones() {
        let clock = |text: &str| text.parse::<ClockTime>().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 10).unwrap();
        let round_the_clock = SpecialHours { first: day, last: day, open: clock("00:00"), close: clock("24:00") };
        let hours = OpeningHours { open: clock("08:00"), close: clock("24:00"), weekdays: [true; 7], special: vec![round_the_clock] };
        assert!(hours.is_open(clock("03:00").on(day)));
        assert!(!hours.is_open(clock("03:00").on(day.succ_opt().unwrap())));
    }
}
