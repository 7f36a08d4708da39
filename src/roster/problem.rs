//! The question the solver answers: demand per interval and queue, people, shifts, rules, prices.

use super::pattern::ShiftTemplate;
use super::rules::Rules;
use crate::calendar::Calendar;
use crate::service::QueueId;
use crate::time::{Horizon, TimeGrid};
use crate::units::{Factor, Money, Share};
use crate::workforce::{Absence, Employee};
use chrono::{NaiveDate, NaiveDateTime};

/// Everything a roster depends on.
#[derive(Clone, Debug)]
pub struct RosterProblem {
    /// The days to be rostered.
    pub horizon: Horizon,
    /// Intervals of the horizon.
    pub grid: TimeGrid,
    /// What each queue needs.
    pub demand: Vec<QueueDemand>,
    /// Who may be rostered.
    pub people: Vec<Person>,
    /// The shifts they may work.
    pub shifts: Vec<ShiftTemplate>,
    /// What must hold.
    pub rules: Rules,
    /// What things cost.
    pub prices: Prices,
    /// Holidays, which change pay.
    pub calendar: Calendar,
}

/// What a queue needs, interval by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueDemand {
    /// Which queue.
    pub queue: QueueId,
    /// Standard-speed agents at the desk; one number for each interval of the grid.
    pub required: Vec<f64>,
}

/// A person with what the days before the horizon left behind.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub employee: Employee,
    /// The work she does at the desk, against a standard agent who is never away: speed × the share of time not lost.
    pub strength: f64,
    /// When she cannot work.
    pub absences: Vec<Absence>,
    /// Days worked before the horizon, in order.
    pub past: Vec<PastDuty>,
}

/// A shift worked before the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PastDuty {
    /// The day it started.
    pub date: NaiveDate,
    /// When it started.
    pub start: NaiveDateTime,
    /// When it ended.
    pub end: NaiveDateTime,
    /// Paid hours.
    pub paid_hours: f64,
}

/// What things cost. All amounts are in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// The rate of hours beyond the regular ones of a day.
    pub overtime: Factor,
    /// The rate of hours beyond the regular ones of a week (work on a rest day).
    pub rest_day: Factor,
    /// A missing agent-hour, by how much of the requirement is missing: (share of the requirement, price), in order. The last
    /// step holds for the rest.
    pub shortage: Vec<(Share, Money)>,
    /// A day off that was asked for and not granted.
    pub refused_day_off: Money,
}

impl Prices {
    /// The price of being `short` agent-hours under a requirement of `required` agent-hours.
    ///
    /// ```
    /// use peakshift::{roster::Prices, units::{Factor, Money, Share}};
    /// let yuan = |amount| Money::new(amount).unwrap();
    /// let share = |part| Share::new(part).unwrap();
    /// let prices = Prices {
    ///     overtime: Factor::ONE, rest_day: Factor::ONE, refused_day_off: yuan(0.0),
    ///     shortage: vec![(share(0.1), yuan(60.0)), (share(0.15), yuan(150.0)), (share(0.75), yuan(360.0))],
    /// };
    /// assert_eq!(prices.shortage_cost(10.0, 2.0).get(), 60.0 + 150.0);
    /// ```
    #[must_use]
    pub fn shortage_cost(&self, required: f64, short: f64) -> Money {
        let mut left = short.max(0.0);
        let cost = self.steps(required).map(|(width, price)| {
            let taken = left.min(width);
            left -= taken;
            taken * price
        });
        Money::new(cost.sum()).unwrap_or_default()
    }

    /// (width in agent-hours, price an agent-hour) of each step under a requirement; the last is as wide as is left.
    pub(super) fn steps(&self, required: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let last = self.shortage.len().saturating_sub(1);
        let mut used = 0.0;
        self.shortage.iter().enumerate().map(move |(step, (share, price))| {
            let width = if step == last { required - used } else { (required * share.get()).min(required - used) };
            used += width;
            (width.max(0.0), price.get())
        })
    }
}

impl RosterProblem {
    /// The number of a queue in `demand`.
    #[must_use]
    pub fn queue_index(&self, queue: &QueueId) -> Option<usize> {
        self.demand.iter().position(|demand| &demand.queue == queue)
    }
}
