//! A question of months and its answer: weeks, queues, people and terms.

use super::worth::HoursCurve;
use std::ops::RangeInclusive;

/// People who serve the same queues.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The queues they can serve, by number.
    pub queues: Vec<usize>,
    /// Hours they give, week by week.
    pub hours: Vec<f64>,
}

/// Somebody who is hired for one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Recruit {
    /// The first week in which anybody can start.
    pub first_week: usize,
    /// Hours given in each week after the start, training and leaving reckoned in.
    pub hours: Vec<f64>,
    /// Pay in each week after the start, in money.
    pub pay: Vec<f64>,
    /// Paid once for finding and equipping her, in money.
    pub once: f64,
    /// How many start together in one week at most.
    pub most: u32,
}

impl Recruit {
    /// What somebody costs who starts in a week, over so many weeks in all.
    #[must_use]
    pub fn price(&self, start: usize, weeks: usize) -> f64 {
        self.once + self.pay.iter().take(weeks.saturating_sub(start)).sum::<f64>()
    }
}

/// Somebody who comes for some weeks only.
#[derive(Clone, Debug, PartialEq)]
pub struct Temp {
    /// For how many weeks.
    pub weeks: usize,
    /// Hours given a week.
    pub hours: f64,
    /// Pay a week, in money.
    pub pay: f64,
    /// How many at a time at most in a queue.
    pub most: u32,
}

impl Temp {
    /// The starts of those who are there in a week.
    #[must_use]
    pub fn starts(&self, week: usize) -> RangeInclusive<usize> {
        (week + 1).saturating_sub(self.weeks)..=week
    }

    /// What somebody costs who starts in a week, over so many weeks in all.
    #[must_use]
    pub fn price(&self, start: usize, weeks: usize) -> f64 {
        self.pay * self.weeks.min(weeks.saturating_sub(start)) as f64
    }
}

/// Hours beyond the regular ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overtime {
    /// At most so large a share of the hours of a queue's own people.
    pub share: f64,
    /// Pay an hour, in money.
    pub pay: f64,
}

/// A question of months: weeks, queues, people and terms.
#[derive(Clone, Debug)]
pub struct CapacityProblem {
    /// What hours are worth, for each queue and week.
    pub needs: Vec<Vec<HoursCurve>>,
    /// The people there are.
    pub pools: Vec<Pool>,
    /// Who can be hired for each queue.
    pub recruits: Vec<Recruit>,
    /// Who comes for some weeks.
    pub temp: Temp,
    /// What people work beyond their hours.
    pub overtime: Overtime,
}

/// Those who come, queue by queue and by the week in which they start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newcomers {
    /// How many are hired.
    pub hires: Vec<Vec<u32>>,
    /// How many come for some weeks.
    pub temps: Vec<Vec<u32>>,
}

impl Newcomers {
    /// Nobody.
    #[must_use]
    pub fn none(problem: &CapacityProblem) -> Self {
        let nobody: Vec<Vec<u32>> = problem.needs.iter().map(|weeks| vec![0; weeks.len()]).collect();
        Self { hires: nobody.clone(), temps: nobody }
    }
}

/// Whom to hire, and who works for which queue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityPlan {
    /// Those who come.
    pub newcomers: Newcomers,
    /// Hours of the people there are, by pool, queue and week.
    pub by_pool: Vec<Vec<Vec<f64>>>,
    /// Hours beyond the regular ones, by queue and week.
    pub overtime: Vec<Vec<f64>>,
}
