//! Staffing dynamics over months: attrition, training and absence, and from them a hire's hours week by week.

use super::{Overtime, Recruit, Temp};
use crate::units::{Factor, HourlyPrice, Hours, Money, Share};
use std::collections::BTreeMap;

/// Days of a week and weeks of a month.
const WEEK: u32 = 7;
const WEEKS_OF_MONTH: f64 = 365.25 / 12.0 / 7.0;

/// Terms of hiring and retention.
#[derive(Clone, Debug, PartialEq)]
pub struct HiringTerms {
    /// Monthly attrition, as a share of agents.
    pub attrition: Share,
    /// Days from the hiring decision to the first day.
    pub hiring_days: u32,
    /// Days of paid training before the first contact.
    pub training_days: u32,
    /// Ramp-up: successive periods in weeks with their work speed; standard speed afterwards.
    pub ramp: Vec<(u32, Factor)>,
    /// Share of paid time on leave.
    pub leave: Share,
    /// Share of paid time sick.
    pub sick: Share,
    /// Cost of hiring and equipping an agent.
    pub cost_per_hire: Money,
    /// Maximum number of starts per queue and week.
    pub most_hires: u32,
    /// Length of a temp's assignment in weeks.
    pub temp_weeks: u32,
    /// Hourly pay of a temp.
    pub temp_pay: HourlyPrice,
    /// Work speed of a temp relative to a standard agent.
    pub temp_speed: Factor,
    /// Maximum number of temps in a queue at a time.
    pub most_temps: u32,
    /// Requirement of weekly plans relative to the formulas, by name of the queue; 1 for queues not listed. Multi-skilled agents and
    /// simulation reduce it.
    pub required: BTreeMap<String, Factor>,
    /// Maximum overtime, as a share of the hours of a queue's own agents.
    pub overtime: Share,
}

impl HiringTerms {
    /// Default terms for an hourly pay: 3 % attrition per month, 30 days to hire, 7 to train, four weeks at 65 % and four at 85 %.
    #[must_use]
    pub fn usual(pay: HourlyPrice) -> Self {
        let share = |value| Share::new(value).expect("the constants are shares");
        let factor = |value| Factor::new(value).expect("the constants are factors");
        Self {
            attrition: share(0.03),
            hiring_days: 30,
            training_days: 7,
            ramp: vec![(4, factor(0.65)), (4, factor(0.85))],
            leave: share(0.04),
            sick: share(0.02),
            cost_per_hire: Hours::constant(60.0) * pay,
            most_hires: 30,
            temp_weeks: 4,
            temp_pay: pay * factor(1.25),
            temp_speed: factor(0.65),
            most_temps: 30,
            required: BTreeMap::new(),
            overtime: share(0.1),
        }
    }

    /// Share of agents still employed after `weeks` weeks.
    ///
    /// ```
    /// use peakshift::{capacity::HiringTerms, units::HourlyPrice};
    /// let terms = HiringTerms::usual(HourlyPrice::new(30.0)?);
    /// assert!((terms.staying(365.25 / 7.0) - 0.97f64.powi(12)).abs() < 1e-12);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn staying(&self, weeks: f64) -> f64 {
        self.attrition.rest().get().powf(weeks / WEEKS_OF_MONTH)
    }

    /// Share of paid time at work.
    #[must_use]
    pub fn present(&self) -> f64 {
        (1.0 - self.leave.get() - self.sick.get()).max(0.0)
    }

    /// Weeks from the hiring decision to the first day, rounded up.
    #[must_use]
    pub fn hiring_weeks(&self) -> usize {
        self.hiring_days.div_ceil(WEEK) as usize
    }

    /// Requirement of a queue's weekly plans relative to the formulas.
    #[must_use]
    pub fn required_of(&self, queue: &str) -> f64 {
        self.required.get(queue).map_or(1.0, |factor| factor.get())
    }

    /// Weeks of training, rounded up.
    #[must_use]
    pub fn training_weeks(&self) -> usize {
        self.training_days.div_ceil(WEEK) as usize
    }

    /// Work speed in a week after the start, relative to a standard agent.
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

    /// A hire with weekly hours at a base pay, over `weeks` weeks.
    ///
    /// ```
    /// use peakshift::{capacity::HiringTerms, units::{Factor, HourlyPrice}};
    /// let (pay, terms) = (HourlyPrice::new(30.0)?, HiringTerms::usual(HourlyPrice::new(30.0)?));
    /// assert_eq!((terms.hiring_weeks(), terms.training_weeks(), terms.required_of("phone")), (5, 1, 1.0)); // 30 days, 7 days
    /// let recruit = terms.recruit(40.0, pay, 12);
    /// assert_eq!((recruit.first_week, recruit.hours[0]), (5, 0.0)); // no contact in the week of training
    /// assert!((recruit.hours[1] - 40.0 * terms.present() * 0.65 * terms.staying(1.0)).abs() < 1e-9); // slower at first
    /// let (temp, overtime) = (terms.temp(40.0), terms.overtime(pay, Factor::new(1.5)?));
    /// assert_eq!((temp.hours, temp.pay, overtime.pay), (26.0, 1500.0, 45.0));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn recruit(&self, hours_week: f64, pay: HourlyPrice, weeks: usize) -> Recruit {
        let staying = |week: usize| self.staying(week as f64);
        Recruit {
            first_week: self.hiring_weeks(),
            hours: (0..weeks).map(|week| hours_week * self.present() * self.speed(week) * staying(week)).collect(),
            pay: (0..weeks).map(|week| hours_week * pay.get() * staying(week)).collect(),
            once: self.cost_per_hire.get(),
            most: self.most_hires,
        }
    }

    /// A temp with weekly hours.
    #[must_use]
    pub fn temp(&self, hours_week: f64) -> Temp {
        Temp {
            weeks: self.temp_weeks as usize,
            hours: hours_week * self.temp_speed.get(),
            pay: hours_week * self.temp_pay.get(),
            most: self.most_temps,
        }
    }

    /// Overtime at a base pay and a rate.
    #[must_use]
    pub fn overtime(&self, pay: HourlyPrice, rate: Factor) -> Overtime {
        Overtime { share: self.overtime.get(), pay: (pay * rate).get() }
    }
}
