//! Promotions and closures as facts: when, of which family, how large, for whom. No effect on volume is computed here.

use crate::service::QueueId;
use crate::units::{Factor, Share};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// What an event means for the counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// No contacts come: the desk is closed.
    Closed,
    /// The counts are missing or spoilt.
    Gap,
    /// Contacts come differently; events of one name share what was learned from past ones.
    Lift(String),
}

impl Family {
    /// The family of a name as files write it: `closed`, `gap`, or any other.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let name = name.trim();
        match name.to_lowercase().as_str() {
            "closed" => Self::Closed,
            "gap" => Self::Gap,
            _ => Self::Lift(name.to_owned()),
        }
    }
}

/// One phase of a promotion, a mailing, a closure: a stretch of time that is not ordinary.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The name people use, such as `D11-2026 main`.
    pub name: String,
    /// What it shares with past and future events.
    pub family: Family,
    /// When it begins.
    pub start: NaiveDateTime,
    /// The first moment after it.
    pub end: NaiveDateTime,
    /// The only queue it touches; none means all.
    pub queue: Option<QueueId>,
    /// How large it is against others of its family, in any unit.
    pub size: Factor,
    /// What planners expect of it, where they expect anything.
    pub expected: Expectation,
}

/// A planner's expectation of an event; whatever is empty is learned from past events or stays ordinary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expectation {
    /// Offered contacts, before bots, against the same clock hours of an ordinary such weekday.
    pub volume: Option<Factor>,
    /// Handling time against ordinary.
    pub handling: Option<Factor>,
    /// The share of contacts that bots answer in full.
    pub bot_share: Option<Share>,
    /// The day curve that replaces the ordinary one.
    pub curve: Option<DayCurve>,
}

/// How a day's contacts spread over its hours: 24 weights that add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct DayCurve {
    /// The name by which events refer to it.
    pub name: String,
    /// The share of the day that falls into each hour.
    pub hours: [f64; 24],
}

/// What multiplies a stretch of time of which an event with a multiplier covers a share.
#[must_use]
pub fn in_part(multiplier: f64, share: f64) -> f64 {
    multiplier * share + (1.0 - share)
}

impl Event {
    /// Whether contacts come differently with it: neither a closure nor a gap.
    #[must_use]
    pub fn is_lift(&self) -> bool {
        matches!(self.family, Family::Lift(_))
    }

    /// Whether it touches a queue.
    #[must_use]
    pub fn touches(&self, queue: &QueueId) -> bool {
        self.queue.as_ref().is_none_or(|only| only == queue)
    }

    /// Whether it is on at a time.
    #[must_use]
    pub fn is_on(&self, time: NaiveDateTime) -> bool {
        self.start <= time && time < self.end
    }

    /// The share of a stretch of time that it covers.
    #[must_use]
    pub fn share_of(&self, from: NaiveDateTime, until: NaiveDateTime) -> f64 {
        let seconds = |from: NaiveDateTime, until: NaiveDateTime| (until - from).num_seconds().max(0) as f64;
        let covered = seconds(self.start.max(from), self.end.min(until));
        if covered > 0.0 { covered / seconds(from, until) } else { 0.0 }
    }

    /// Whether any part of a date lies in it.
    #[must_use]
    pub fn is_on_date(&self, date: NaiveDate) -> bool {
        self.start.date() <= date && date <= self.last_date()
    }

    /// The last date that any part of it touches.
    #[must_use]
    pub fn last_date(&self) -> NaiveDate {
        (self.end - TimeDelta::seconds(1)).date().max(self.start.date())
    }
}
