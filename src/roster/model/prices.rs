//! Rates, penalties and their defaults.

use crate::units::{Agents, Factor, HourlyPrice, Hours, Money, Share};
use crate::workforce::Absence;

/// Rates and penalties. All amounts are in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Prices {
    /// Rate of hours beyond the regular hours of a day.
    pub overtime: Factor,
    /// Rate of hours beyond the regular hours of a week (work on a rest day).
    pub rest_day: Factor,
    /// Understaffing penalty per agent-hour, by depth of the shortage: (share of the requirement, price), in order. The last step covers
    /// the rest.
    pub shortage: Vec<(Share, HourlyPrice)>,
    /// Penalty of a refused request for a day off.
    pub refused_day_off: Money,
    /// Penalty of a refused request for a shift.
    pub refused_shift: Money,
    /// Penalty of an hour that somebody works without the mentor or leader they should share it with.
    pub apart_hour: HourlyPrice,
    /// Price of a person-day that differs from a published roster.
    pub changed_day: Money,
    /// Penalty of a shift other than the agent's preferred one.
    pub other_shift: Money,
    /// Penalty of a burden given to an agent who has had one more of its kind than the average.
    pub unfair_shift: Money,
    /// Kinds of absence whose days are unpaid.
    pub unpaid_absences: Vec<String>,
}

/// Default understaffing penalty per agent-hour, as a multiple of base pay. At two hours' pay at first, overtime at one and a half times the pay
/// fills a gap and a holiday's triple pay does not; five and twelve hours' pay where more is missing.
const SHORTAGE: [(Share, Factor); 3] = [
    (Share::constant(0.10), Factor::constant(2.0)),
    (Share::constant(0.15), Factor::constant(5.0)),
    (Share::constant(0.75), Factor::constant(12.0)),
];
/// Default penalty of a refused day off, in minutes of base pay: more than an hour missing at the first price, less than one at the second.
const REFUSED_DAY_OFF: u32 = 200;
/// Default penalty of a refused shift, and price of a person-day that a repair changes, in minutes of base pay.
const HOUR: u32 = 60;
/// Default penalty of an hour worked apart, as a multiple of base pay.
const APART_HOUR: Factor = Factor::constant(20.0 / 60.0);
/// Default penalty of one more burden, in minutes of base pay.
const UNFAIR_SHIFT: u32 = 10;
/// Default penalty of a shift other than the preferred one, in minutes of base pay: a mere tie-breaker.
const OTHER_SHIFT: u32 = 2;
/// Kinds of absence that are unpaid by default.
const UNPAID: [&str; 3] = ["unpaid", "unpaid leave", "unpaid_leave"];

impl Prices {
    /// Defaults as multiples of an hourly base pay, whatever the currency; overtime and rest days at the base rate.
    #[must_use]
    pub fn of_pay(pay: HourlyPrice) -> Self {
        let minutes = |minutes: u32| Hours::from_minutes(minutes) * pay;
        let step = |(share, times): (Share, Factor)| (share, pay * times);
        Self {
            overtime: Factor::ONE,
            rest_day: Factor::ONE,
            shortage: SHORTAGE.map(step).to_vec(),
            refused_day_off: minutes(REFUSED_DAY_OFF),
            refused_shift: minutes(HOUR),
            apart_hour: pay * APART_HOUR,
            changed_day: minutes(HOUR),
            other_shift: minutes(OTHER_SHIFT),
            unfair_shift: minutes(UNFAIR_SHIFT),
            unpaid_absences: UNPAID.map(str::to_owned).to_vec(),
        }
    }

    /// Default price of an hour in which somebody is missing who should be at work, and of a missed activity: that of the first agent-hour
    /// missing at the desk.
    #[must_use]
    pub fn missing_of_pay(pay: HourlyPrice) -> HourlyPrice {
        Self::of_pay(pay).shortage[0].1
    }

    /// Whether the days of an absence are unpaid.
    #[must_use]
    pub fn is_unpaid(&self, absence: &Absence) -> bool {
        absence.is_of(Absence::NOT_EMPLOYED) || self.unpaid_absences.iter().any(|kind| absence.is_of(kind))
    }

    /// Understaffing penalty for `short` agent-hours under a requirement of `required` agent-hours.
    ///
    /// ```
    /// use peakshift::{roster::Prices, units::{HourlyPrice, Hours, Money}};
    /// let prices = Prices::of_pay(HourlyPrice::new(30.0)?); // the first tenth at 60 an agent-hour, the next 15 % at 150
    /// assert_eq!(prices.shortage_cost(Hours::new(10.0)?, Hours::new(2.0)?), Money::new(60.0 + 150.0)?);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn shortage_cost(&self, required: Hours, short: Hours) -> Money {
        let mut left = short;
        let cost = self.widths(required.get()).map(|(width, price)| {
            let taken = left.min(Hours::new(width).expect("a part of the requirement is hours"));
            left = left.beyond(taken);
            taken * price
        });
        cost.sum()
    }

    /// Penalty steps (agents, price per agent-hour) under a requirement, cheapest first; the last takes all that is left.
    pub fn steps(&self, required: Agents) -> impl Iterator<Item = (Agents, HourlyPrice)> + '_ {
        self.widths(required.get()).map(|(width, price)| (Agents::new(width).expect("a part of the requirement is agents"), price))
    }

    /// Widths of the penalty steps, in the unit of the requirement: agents or agent-hours.
    fn widths(&self, required: f64) -> impl Iterator<Item = (f64, HourlyPrice)> + '_ {
        let last = self.shortage.len().saturating_sub(1);
        let mut used = 0.0;
        self.shortage.iter().enumerate().map(move |(step, (share, price))| {
            let width = if step == last { required - used } else { (required * share.get()).min(required - used) };
            used += width;
            (width.max(0.0), *price)
        })
    }
}
