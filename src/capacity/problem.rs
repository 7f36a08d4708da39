//! Capacity problem and plan: weeks, queues, agents and terms.

use super::worth::HoursCurve;
use std::ops::RangeInclusive;

/// Agents who serve the same queues.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Numbers of the queues they can serve.
    pub queues: Vec<usize>,
    /// Hours available in each week.
    pub hours: Vec<f64>,
}

/// A new hire for one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Recruit {
    /// First week in which a hire can start.
    pub first_week: usize,
    /// Hours worked in each week after the start, training and attrition included.
    pub hours: Vec<f64>,
    /// Pay in each week after the start, in money.
    pub pay: Vec<f64>,
    /// One-off cost of hiring and equipping them, in money.
    pub once: f64,
    /// Maximum number of starts in one week.
    pub most: u32,
}

impl Recruit {
    /// Cost of a hire who starts in week `start`, over `weeks` weeks in all.
    ///
    /// ```
    /// use peakshift::capacity::Recruit;
    /// let recruit = Recruit { first_week: 5, hours: vec![0.0, 26.0, 26.0], pay: vec![1200.0; 3], once: 1800.0, most: 30 };
    /// assert_eq!(recruit.price(5, 7), 1800.0 + 2.0 * 1200.0); // two weeks are left
    /// ```
    #[must_use]
    pub fn price(&self, start: usize, weeks: usize) -> f64 {
        self.once + self.pay.iter().take(weeks.saturating_sub(start)).sum::<f64>()
    }
}

/// A temporary agent.
///
/// ```
/// use peakshift::capacity::Temp;
/// let temp = Temp { weeks: 4, hours: 26.0, pay: 1500.0, most: 30 };
/// assert_eq!((temp.starts(9), temp.price(9, 12)), (6..=9, 3.0 * 1500.0)); // three of the four weeks are planned
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Temp {
    /// Length of the assignment in weeks.
    pub weeks: usize,
    /// Hours per week.
    pub hours: f64,
    /// Pay per week, in money.
    pub pay: f64,
    /// Maximum number in a queue at a time.
    pub most: u32,
}

impl Temp {
    /// Start weeks of the temps who are present in a week.
    #[must_use]
    pub fn starts(&self, week: usize) -> RangeInclusive<usize> {
        (week + 1).saturating_sub(self.weeks)..=week
    }

    /// Cost of a temp who starts in week `start`, over `weeks` weeks in all.
    #[must_use]
    pub fn price(&self, start: usize, weeks: usize) -> f64 {
        self.pay * self.weeks.min(weeks.saturating_sub(start)) as f64
    }
}

/// Terms of overtime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overtime {
    /// Maximum share of the hours of a queue's own agents.
    pub share: f64,
    /// Pay per hour, in money.
    pub pay: f64,
}

/// A capacity problem: weeks, queues, agents and terms.
///
/// ```
/// use peakshift::{budget::Budget, capacity::*};
/// let short = |hours| HoursCurve(vec![Tangent { price: 10.0, hours, short_hours: 0.0, short_cost: 0.0 }]); // 10 for each hour missing
/// let problem = CapacityProblem {
///     needs: vec![vec![short(40.0); 2]], // one queue, two weeks
///     pools: vec![Pool { queues: vec![0], hours: vec![30.0; 2] }],
///     recruits: vec![Recruit { first_week: 1, hours: vec![5.0; 2], pay: vec![60.0; 2], once: 100.0, most: 1 }],
///     temp: Temp { weeks: 1, hours: 10.0, pay: 60.0, most: 1 },
///     overtime: Overtime { share: 0.0, pay: 45.0 },
/// };
/// let alone = without_hiring(&problem).found().unwrap();
/// assert!(alone.newcomers == Newcomers::none(&problem) && (alone.cost(&problem)? - 200.0).abs() < 1e-6); // 10 h · 10 · 2 weeks
/// let plan = solve(&problem, &Budget::of_effort(1)).found().unwrap();
/// assert!((plan.cost(&problem)? - 120.0).abs() < 1e-6); // a temp in both weeks
/// assert_eq!((plan.temps_there(&problem, 0, 1), plan.hired(&problem, 0, 1)), (1, 0.0));
/// assert!((plan.own(0, 1) - 30.0).abs() < 1e-6 && (plan.hours(&problem, 0, 1) - 40.0).abs() < 1e-6);
/// # Ok::<(), Broken>(())
/// ```
#[derive(Clone, Debug)]
pub struct CapacityProblem {
    /// Value of hours, for each queue and week.
    pub needs: Vec<Vec<HoursCurve>>,
    /// Current headcount, by pool.
    pub pools: Vec<Pool>,
    /// Terms of hires, by queue.
    pub recruits: Vec<Recruit>,
    /// Terms of temps.
    pub temp: Temp,
    /// Terms of overtime.
    pub overtime: Overtime,
}

/// Hires and temps, by queue and start week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newcomers {
    /// Number of hires.
    pub hires: Vec<Vec<u32>>,
    /// Number of temps.
    pub temps: Vec<Vec<u32>>,
}

impl Newcomers {
    /// No hires or temps.
    #[must_use]
    pub fn none(problem: &CapacityProblem) -> Self {
        let nobody: Vec<Vec<u32>> = problem.needs.iter().map(|weeks| vec![0; weeks.len()]).collect();
        Self { hires: nobody.clone(), temps: nobody }
    }
}

/// A capacity plan: hires, temps, and the assignment of hours to queues.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityPlan {
    /// Hires and temps.
    pub newcomers: Newcomers,
    /// Hours of the current headcount, by pool, queue and week.
    pub by_pool: Vec<Vec<Vec<f64>>>,
    /// Overtime hours, by queue and week.
    pub overtime: Vec<Vec<f64>>,
}
