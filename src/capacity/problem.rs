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
    #[must_use]
    pub fn price(&self, start: usize, weeks: usize) -> f64 {
        self.once + self.pay.iter().take(weeks.saturating_sub(start)).sum::<f64>()
    }
}

/// A temporary agent.
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
