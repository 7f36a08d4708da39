//! Promotions and closures as facts: time, family, size, queue. No effect on volume is computed here.

use crate::service::QueueId;
use crate::units::{Factor, Share};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// Effect of an event on the counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// No contacts: the desk is closed.
    Closed,
    /// Counts are missing or corrupted.
    Gap,
    /// Contacts differ from ordinary days; events of one name share what was learned from past ones.
    Lift(String),
}

impl Family {
    /// The family named in a file: `closed`, `gap`, or any other.
    ///
    /// ```
    /// use peakshift::event::Family;
    /// assert_eq!(Family::of_name("Closed"), Family::Closed);
    /// assert_eq!(Family::of_name(" D11 "), Family::Lift("D11".into()));
    /// ```
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

/// One phase of a promotion, a mailing or a closure: a period that is not ordinary.
///
/// ```
/// use peakshift::{event::{Event, Expectation, Family}, service::QueueId, time::{read_date, read_stamp}, units::Factor};
/// let [start, noon, end] = ["2026-11-11T00:00", "2026-11-11T12:00", "2026-11-12T00:00"].map(|text| read_stamp(text).unwrap());
/// let (name, family, queue) = ("D11-2026 main".into(), Family::of_name("D11"), Some(QueueId::new("chat")));
/// let main = Event { name, family, start, end, queue, size: Factor::ONE, expected: Expectation::default() };
/// assert!(main.is_lift() && main.is_on(noon) && !main.is_on(end)); // the end is exclusive
/// assert!(main.touches(&QueueId::new("chat")) && !main.touches(&QueueId::new("phone")));
/// assert_eq!(main.share_of(noon, read_stamp("2026-11-13T12:00")?), 0.25); // 12 hours of 48
/// assert!(Some(main.last_date()) == read_date("2026-11-11") && !main.is_on_date(end.date()));
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Display name, such as `D11-2026 main`.
    pub name: String,
    /// Family, shared with past and future events.
    pub family: Family,
    /// Start.
    pub start: NaiveDateTime,
    /// End, exclusive.
    pub end: NaiveDateTime,
    /// The only queue it affects; `None` for all.
    pub queue: Option<QueueId>,
    /// Size relative to others of its family, in any unit.
    pub size: Factor,
    /// The planner's expectation, if any.
    pub expected: Expectation,
}

/// A planner's expectation of an event; empty fields are learned from past events or stay ordinary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expectation {
    /// Offered contacts, before bots, relative to the same clock hours of an ordinary day of that weekday.
    pub volume: Option<Factor>,
    /// Handling time relative to ordinary.
    pub handling: Option<Factor>,
    /// Bot containment: share of contacts that bots answer in full.
    pub bot_share: Option<Share>,
    /// Intraday profile that replaces the ordinary one.
    pub curve: Option<DayCurve>,
}

/// Intraday profile of a day's contacts: 24 hourly weights that add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct DayCurve {
    /// The name by which events refer to it.
    pub name: String,
    /// Share of the day's contacts in each hour.
    pub hours: [f64; 24],
}

/// Multiplier of a period of which an event with `multiplier` covers `share`.
///
/// ```
/// assert_eq!(peakshift::event::in_part(3.0, 0.5), 2.0); // half of the hour trebled, half as usual
/// ```
#[must_use]
pub fn in_part(multiplier: f64, share: f64) -> f64 {
    multiplier * share + (1.0 - share)
}

impl Event {
    /// Whether it changes the contacts: neither a closure nor a gap.
    #[must_use]
    pub fn is_lift(&self) -> bool {
        matches!(self.family, Family::Lift(_))
    }

    /// Whether it affects a queue.
    #[must_use]
    pub fn touches(&self, queue: &QueueId) -> bool {
        self.queue.as_ref().is_none_or(|only| only == queue)
    }

    /// Whether it is active at a time.
    #[must_use]
    pub fn is_on(&self, time: NaiveDateTime) -> bool {
        self.start <= time && time < self.end
    }

    /// Share of a period that it covers.
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

    /// Last date on which any part of it lies.
    #[must_use]
    pub fn last_date(&self) -> NaiveDate {
        (self.end - TimeDelta::seconds(1)).date().max(self.start.date())
    }
}
