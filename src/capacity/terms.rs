//! What a company's people do over months: leave, learn, be away. From it, what somebody hired today gives week by week.

use super::{Overtime, Recruit, Temp};
use crate::units::{Factor, Money, Share};
use std::collections::BTreeMap;

/// Days of a week and weeks of a month.
const WEEK: u32 = 7;
const WEEKS_OF_MONTH: f64 = 365.25 / 12.0 / 7.0;

/// The terms of hiring and of staying.
#[derive(Clone, Debug, PartialEq)]
pub struct HiringTerms {
    /// The share of people who leave in a month.
    pub attrition: Share,
    /// From the decision to hire to the first day, in days.
    pub hiring_days: u32,
    /// Days of paid training before the first contact.
    pub training_days: u32,
    /// For so many weeks somebody works at such a speed, one stretch after another; at standard speed after them.
    pub ramp: Vec<(u32, Factor)>,
    /// The share of paid time on leave.
    pub leave: Share,
    /// The share of paid time sick.
    pub sick: Share,
    /// What finding and equipping somebody costs.
    pub cost_per_hire: Money,
    /// How many can start in a queue in one week.
    pub most_hires: u32,
    /// For how many weeks a temp comes.
    pub temp_weeks: u32,
    /// Pay of a temp, an hour.
    pub temp_pay: Money,
    /// Work done by a temp against a standard agent.
    pub temp_speed: Factor,
    /// How many temps a queue takes at a time.
    pub most_temps: u32,
    /// What weekly plans ask for against the formulas, by the name of the queue; the same where nothing is said. Several skills and
    /// simulation make it less.
    pub required: BTreeMap<String, Factor>,
    /// Overtime at most, as a share of the hours of a queue's own people.
    pub overtime: Share,
}

impl HiringTerms {
    /// The usual ones where an hour is paid so: 3 % leave in a month, 30 days to hire, 7 to train, four weeks at 65 % and four at 85 %.
    #[must_use]
    pub fn usual(pay: Money) -> Self {
        let share = |value| Share::new(value).expect("the constants are shares");
        let factor = |value| Factor::new(value).expect("the constants are factors");
        Self {
            attrition: share(0.03),
            hiring_days: 30,
            training_days: 7,
            ramp: vec![(4, factor(0.65)), (4, factor(0.85))],
            leave: share(0.04),
            sick: share(0.02),
            cost_per_hire: pay * factor(60.0),
            most_hires: 30,
            temp_weeks: 4,
            temp_pay: pay * factor(1.25),
            temp_speed: factor(0.65),
            most_temps: 30,
            required: BTreeMap::new(),
            overtime: share(0.1),
        }
    }

    /// The share of people who are still there after so many weeks.
    ///
    /// ```
    /// use peakshift::{capacity::HiringTerms, units::Money};
    /// let terms = HiringTerms::usual(Money::new(30.0)?);
    /// assert!((terms.staying(365.25 / 7.0) - 0.97f64.powi(12)).abs() < 1e-12);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn staying(&self, weeks: f64) -> f64 {
        self.attrition.rest().get().powf(weeks / WEEKS_OF_MONTH)
    }

    /// The share of paid time that people are at work.
    #[must_use]
    pub fn present(&self) -> f64 {
        (1.0 - self.leave.get() - self.sick.get()).max(0.0)
    }

    /// Whole weeks from the decision to the first day.
    #[must_use]
    pub fn hiring_weeks(&self) -> usize {
        self.hiring_days.div_ceil(WEEK) as usize
    }

    /// What a queue's weekly plans ask for against the formulas.
    #[must_use]
    pub fn required_of(&self, queue: &str) -> f64 {
        self.required.get(queue).map_or(1.0, |factor| factor.get())
    }

    /// Whole weeks of training.
    #[must_use]
    pub fn training_weeks(&self) -> usize {
        self.training_days.div_ceil(WEEK) as usize
    }

    /// Work done in a week after the start against a standard agent.
    fn speed(&self, week: usize) -> f64 {
        let Some(mut week) = week.checked_sub(self.training_weeks()) else { return 0.0 };
        for (weeks, speed) in &self.ramp {
            match week.checked_sub(*weeks as usize) {
                Some(later) => week = later,
                None => return speed.get(),
            }
        }
        1.0
    }

    /// Somebody hired for so many hours a week at a base pay, over so many weeks.
    #[must_use]
    pub fn recruit(&self, hours_week: f64, pay: Money, weeks: usize) -> Recruit {
        let staying = |week: usize| self.staying(week as f64);
        Recruit {
            first_week: self.hiring_weeks(),
            hours: (0..weeks).map(|week| hours_week * self.present() * self.speed(week) * staying(week)).collect(),
            pay: (0..weeks).map(|week| hours_week * pay.get() * staying(week)).collect(),
            once: self.cost_per_hire.get(),
            most: self.most_hires,
        }
    }

    /// Somebody who comes for some weeks, for so many hours a week.
    #[must_use]
    pub fn temp(&self, hours_week: f64) -> Temp {
        Temp {
            weeks: self.temp_weeks as usize,
            hours: hours_week * self.temp_speed.get(),
            pay: hours_week * self.temp_pay.get(),
            most: self.most_temps,
        }
    }

    /// Hours beyond the regular ones at a base pay and a rate.
    #[must_use]
    pub fn overtime(&self, pay: Money, rate: Factor) -> Overtime {
        Overtime { share: self.overtime.get(), pay: pay.get() * rate.get() }
    }
}
