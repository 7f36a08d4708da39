//! Contacts of an interval, added up from the rows of an export.

use crate::history::{Handled, RawCount};
use crate::units::Seconds;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Sums over the rows of one queue and interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) offered: f64,
    pub(super) handled: f64,
    pub(super) abandoned: f64,
    /// Handled contacts of the rows that say how long.
    pub(super) timed: f64,
    /// Seconds, with the figure of each row taken as a mean of its contacts.
    pub(super) as_mean: f64,
    /// Seconds, with the figure of each row taken as their sum.
    pub(super) as_total: f64,
    pub(super) rows: usize,
}

/// Start of an interval in local time. An hour that clocks repeat has each start twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Start {
    pub(super) local: NaiveDateTime,
    /// Whether it lies in the second pass of a repeated hour.
    pub(super) is_again: bool,
}

impl Start {
    /// A start that occurs once.
    pub(super) fn of(local: NaiveDateTime) -> Self {
        Self { local, is_again: false }
    }
}

/// Sums by queue and start.
pub(super) type Tallies = BTreeMap<String, BTreeMap<Start, Tally>>;

impl Tally {
    /// Contacts of which nothing else is known.
    pub(super) fn of(offered: f64) -> Self {
        Self { offered, rows: 1, ..Self::default() }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.offered += other.offered;
        self.handled += other.handled;
        self.abandoned += other.abandoned;
        self.timed += other.timed;
        self.as_mean += other.as_mean;
        self.as_total += other.as_total;
        self.rows += other.rows;
    }

    /// Seconds of all contacts whose handling time is known.
    pub(super) fn seconds(&self, is_total: bool) -> f64 {
        if is_total { self.as_total } else { self.as_mean }
    }

    /// The interval as a row of a history, with handling times in units of `unit` seconds.
    pub(super) fn count(&self, start: NaiveDateTime, is_total: bool, unit: f64) -> RawCount {
        let mean = (self.timed > 0.0).then(|| self.seconds(is_total) * unit / self.timed).filter(|mean| *mean > 0.0);
        let handled = mean.map(|mean| Handled {
            contacts: self.handled,
            mean: Seconds::new(mean).expect("sums of finite figures that are not negative, over a positive number"),
        });
        RawCount { handled, ..RawCount::of(start, self.offered) }
    }
}

/// All sums of a table.
pub(super) fn whole(tallies: &Tallies) -> Tally {
    let mut whole = Tally::default();
    tallies.values().flat_map(BTreeMap::values).for_each(|tally| whole.add(*tally));
    whole
}
