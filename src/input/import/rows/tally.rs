//! Contacts of an interval, added up from the rows of an export.

use crate::history::{Handled, RawCount};
use crate::time::Interval;
use crate::units::Seconds;
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use std::collections::BTreeMap;

/// Sums over the rows of one queue and interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::input) struct Tally {
    pub(in crate::input) offered: f64,
    pub(in crate::input) handled: f64,
    pub(in crate::input) abandoned: f64,
    /// Handled contacts of the rows that say how long.
    pub(in crate::input) timed: f64,
    /// Seconds, with the figure of each row taken as a mean of its contacts.
    pub(in crate::input) as_mean: f64,
    /// Seconds, with the figure of each row taken as their sum.
    pub(in crate::input) as_total: f64,
    pub(in crate::input) rows: usize,
}

/// Start of an interval in local time. An hour that clocks repeat has each start twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::input) struct Start {
    pub(in crate::input) local: NaiveDateTime,
    /// Whether it lies in the second pass of a repeated hour.
    pub(in crate::input) is_again: bool,
}

impl Start {
    /// A start that occurs once.
    pub(in crate::input) fn of(local: NaiveDateTime) -> Self {
        Self { local, is_again: false }
    }
}

/// Sums by queue and start.
pub(in crate::input) type Tallies = BTreeMap<String, BTreeMap<Start, Tally>>;

impl Tally {
    /// Contacts of which nothing else is known.
    pub(in crate::input) fn of(offered: f64) -> Self {
        Self { offered, rows: 1, ..Self::default() }
    }

    pub(in crate::input) fn add(&mut self, other: Self) {
        self.offered += other.offered;
        self.handled += other.handled;
        self.abandoned += other.abandoned;
        self.timed += other.timed;
        self.as_mean += other.as_mean;
        self.as_total += other.as_total;
        self.rows += other.rows;
    }

    /// Seconds of all contacts whose handling time is known.
    pub(in crate::input) fn seconds(&self, is_total: bool) -> f64 {
        if is_total { self.as_total } else { self.as_mean }
    }

    /// The interval as a row of a history, with handling times in units of `unit` seconds.
    pub(in crate::input) fn count(&self, start: NaiveDateTime, is_total: bool, unit: f64) -> RawCount {
        let mean = (self.timed > 0.0).then(|| self.seconds(is_total) * unit / self.timed).filter(|mean| *mean > 0.0);
        let handled = mean.map(|mean| Handled {
            contacts: self.handled,
            mean: Seconds::new(mean).expect("sums of finite figures that are not negative, over a positive number"),
        });
        RawCount { handled, ..RawCount::of(start, self.offered) }
    }
}

/// How figures of handling time of a queue go with the contacts of their rows: sums grow with them, means do not. By least squares on
/// logarithms.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::input) struct Growth {
    rows: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl Growth {
    pub(in crate::input) fn see(&mut self, contacts: f64, seconds: f64) {
        if contacts >= 1.0 && seconds > 0.0 {
            let (x, y) = (contacts.ln(), seconds.ln());
            *self = Self { rows: self.rows + 1.0, x: self.x + x, y: self.y + y, xx: self.xx + x * x, xy: self.xy + x * y };
        }
    }

    /// Whether the figures of all queues are sums; `None` where the rows do not tell: they are few, alike, or neither. Each queue is
    /// compared with itself, because a busy one may have short contacts.
    pub(in crate::input) fn is_of_sums<'g>(queues: impl Iterator<Item = &'g Self>) -> Option<bool> {
        let (mut rows, mut squares, mut products) = (0.0, 0.0, 0.0);
        for of in queues.filter(|of| of.rows > 0.0) {
            rows += of.rows;
            squares += of.xx - of.x.powi(2) / of.rows;
            products += of.xy - of.x * of.y / of.rows;
        }
        if rows < 10.0 || squares < 0.02 * rows {
            return None;
        }
        match products / squares {
            slope if slope > 0.7 => Some(true),
            slope if slope < 0.3 => Some(false),
            _ => None,
        }
    }
}

/// Starts that must agree before a queue counts as the sum of the others.
const LEAST_STARTS: usize = 10;

/// The queue whose contacts are at every start those of all others together: a total under another name.
pub(in crate::input) fn whole_of_others(tallies: &Tallies) -> Option<&str> {
    if tallies.len() < 3 {
        return None;
    }
    let mut all: BTreeMap<Start, f64> = BTreeMap::new();
    tallies.values().flatten().for_each(|(start, tally)| *all.entry(*start).or_default() += tally.offered);
    let is_whole = |of: &BTreeMap<Start, Tally>| {
        let at = |start: &Start| of.get(start).map_or(0.0, |tally| tally.offered);
        of.len() >= LEAST_STARTS && all.iter().all(|(start, sum)| (sum - 2.0 * at(start)).abs() < 1e-6 * sum.max(1.0))
    };
    tallies.iter().find(|(_, of)| is_whole(of)).map(|(queue, _)| queue.as_str())
}

/// All sums of a table.
pub(in crate::input) fn whole(tallies: &Tallies) -> Tally {
    let mut whole = Tally::default();
    tallies.values().flat_map(BTreeMap::values).for_each(|tally| whole.add(*tally));
    whole
}

/// Start of the interval of a grid in which a time lies.
pub(in crate::input) fn on_grid(time: NaiveDateTime, grid: Interval) -> NaiveDateTime {
    let minutes = time.hour() * 60 + time.minute();
    time.date().and_time(NaiveTime::MIN) + TimeDelta::minutes((minutes / grid.minutes() * grid.minutes()).into())
}
