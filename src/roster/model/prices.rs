//! Rates, penalties and their defaults.

use crate::units::{Factor, Money, Share};
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
    pub shortage: Vec<(Share, Money)>,
    /// Penalty of a refused request for a day off.
    pub refused_day_off: Money,
    /// Penalty of a refused request for a shift.
    pub refused_shift: Money,
    /// Penalty of an hour that somebody works without the mentor or leader they should share it with.
    pub apart_hour: Money,
    /// Price of a person-day that differs from a published roster.
    pub changed_day: Money,
    /// Penalty of a shift other than the agent's preferred one.
    pub other_shift: Money,
    /// Penalty of a burden given to an agent who has had one more of its kind than the average.
    pub unfair_shift: Money,
    /// Kinds of absence whose days are unpaid.
    pub unpaid_absences: Vec<String>,
}

/// Default understaffing penalty per agent-hour, in minutes of base pay. At two hours' pay at first, overtime at one and a half times the pay
/// fills a gap and a holiday's triple pay does not; five and twelve hours' pay where more is missing.
const SHORTAGE: [(f64, f64); 3] = [(0.10, 120.0), (0.15, 300.0), (0.75, 720.0)];
/// Default penalty of a refused day off, in minutes of base pay: more than an hour missing at the first price, less than one at the second.
const REFUSED_DAY_OFF: f64 = 200.0;
/// Default penalty of a refused shift, and price of a person-day that a repair changes, in minutes of base pay.
const HOUR: f64 = 60.0;
/// Default penalty of an hour worked apart, in minutes of base pay.
const APART_HOUR: f64 = 20.0;
/// Default penalty of one more burden, in minutes of base pay.
const UNFAIR_SHIFT: f64 = 10.0;
/// Default penalty of a shift other than the preferred one, in minutes of base pay: a mere tie-breaker.
const OTHER_SHIFT: f64 = 2.0;
/// Kinds of absence that are unpaid by default.
const UNPAID: [&str; 3] = ["unpaid", "unpaid leave", "unpaid_leave"];

impl Prices {
    /// Defaults as multiples of an hourly base pay, whatever the currency; overtime and rest days at the base rate.
    #[must_use]
    pub fn of_pay(pay: Money) -> Self {
        let minutes = |minutes: f64| pay * Factor::new(minutes / 60.0).expect("the constants are factors");
        let step = |(share, price)| (Share::new(share).expect("the constants are shares"), minutes(price));
        Self {
            overtime: Factor::ONE,
            rest_day: Factor::ONE,
            shortage: SHORTAGE.map(step).to_vec(),
            refused_day_off: minutes(REFUSED_DAY_OFF),
            refused_shift: minutes(HOUR),
            apart_hour: minutes(APART_HOUR),
            changed_day: minutes(HOUR),
            other_shift: minutes(OTHER_SHIFT),
            unfair_shift: minutes(UNFAIR_SHIFT),
            unpaid_absences: UNPAID.map(str::to_owned).to_vec(),
        }
    }

    /// Default price of an hour in which somebody is missing who should be at work, and of a missed activity: that of the first agent-hour
    /// missing at the desk.
    #[must_use]
    pub fn missing_of_pay(pay: Money) -> Money {
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
    /// use peakshift::{roster::Prices, units::Money};
    /// let yuan = |amount| Money::new(amount).unwrap();
    /// let prices = Prices::of_pay(yuan(30.0)); // the first tenth at 60 an agent-hour, the next 15 % at 150
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
        Money::new(cost.sum()).expect("steps have finite widths and prices")
    }

    /// Penalty steps (width in agent-hours, price per agent-hour) under a requirement, cheapest first; the last takes all that is left.
    pub fn steps(&self, required: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let last = self.shortage.len().saturating_sub(1);
        let mut used = 0.0;
        self.shortage.iter().enumerate().map(move |(step, (share, price))| {
            let width = if step == last { required - used } else { (required * share.get()).min(required - used) };
            used += width;
            (width.max(0.0), price.get())
        })
    }
}
