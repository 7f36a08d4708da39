//! Independent check of a plan: cost and constraints from its people, its hours and the curves alone. It shares nothing with the solver's
//! program.

use super::{CapacityPlan, CapacityProblem};

/// Relative feasibility tolerance of solvers.
const TOLERANCE: f64 = 1e-6;

/// Violated constraints of a plan.
///
/// ```
/// use peakshift::capacity::*;
/// # let recruit = Recruit { first_week: 1, hours: vec![5.0; 2], pay: vec![60.0; 2], once: 100.0, most: 1 };
/// # let (pool, temp) = (Pool { queues: vec![0], hours: vec![30.0; 2] }, Temp { weeks: 1, hours: 10.0, pay: 60.0, most: 1 });
/// # let (needs, overtime) = (vec![vec![HoursCurve::default(); 2]], Overtime { share: 0.0, pay: 45.0 });
/// # let problem = CapacityProblem { needs, pools: vec![pool], recruits: vec![recruit], temp, overtime };
/// let mut plan = without_hiring(&problem).found().unwrap();
/// plan.newcomers.hires[0][0] = 1; // nobody can start before week 1
/// assert_eq!(plan.cost(&problem), Err(Broken::Hires { queue: 0, week: 0, people: 1 }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// More starts than allowed, or earlier than possible.
    #[error("{people} people start in queue {queue} in week {week}")]
    Hires {
        /// Number of the queue.
        queue: usize,
        /// Number of the week.
        week: usize,
        /// Number of people.
        people: u32,
    },
    /// More temps present than the queue takes.
    #[error("{people} temps are in queue {queue} in week {week}")]
    Temps {
        /// Number of the queue.
        queue: usize,
        /// Number of the week.
        week: usize,
        /// Number of people.
        people: u32,
    },
    /// More hours than the pool has, or hours for a queue it does not serve.
    #[error("pool {pool} gives too many hours in week {week}")]
    Pool {
        /// Number of the pool.
        pool: usize,
        /// Number of the week.
        week: usize,
    },
    /// More overtime than the queue's agents may work.
    #[error("too much overtime in queue {queue} in week {week}")]
    Overtime {
        /// Number of the queue.
        queue: usize,
        /// Number of the week.
        week: usize,
    },
}

impl CapacityPlan {
    /// Cost of the plan in money: hires, temps, overtime and understaffing penalties.
    ///
    /// # Errors
    /// The first constraint violated.
    pub fn cost(&self, problem: &CapacityProblem) -> Result<f64, Broken> {
        self.keeps_pools(problem)?;
        let mut cost = 0.0;
        for (queue, needs) in problem.needs.iter().enumerate() {
            for (week, curve) in needs.iter().enumerate() {
                self.keeps_week(problem, queue, week)?;
                cost += f64::from(self.newcomers.hires[queue][week]) * problem.recruits[queue].price(week, needs.len())
                    + f64::from(self.newcomers.temps[queue][week]) * problem.temp.price(week, needs.len())
                    + self.overtime[queue][week] * problem.overtime.pay
                    + curve.short_cost(self.hours(problem, queue, week));
            }
        }
        Ok(cost)
    }

    fn keeps_pools(&self, problem: &CapacityProblem) -> Result<(), Broken> {
        for (pool, (of, by_queue)) in problem.pools.iter().zip(&self.by_pool).enumerate() {
            for (week, &most) in of.hours.iter().enumerate() {
                let given: f64 = by_queue.iter().map(|weeks| weeks[week]).sum();
                let serves = |queue: usize| by_queue[queue][week] <= TOLERANCE || of.queues.contains(&queue);
                if exceeds(given, most) || !(0..by_queue.len()).all(serves) {
                    return Err(Broken::Pool { pool, week });
                }
            }
        }
        Ok(())
    }

    fn keeps_week(&self, problem: &CapacityProblem, queue: usize, week: usize) -> Result<(), Broken> {
        let (recruit, people) = (&problem.recruits[queue], self.newcomers.hires[queue][week]);
        if people > if week < recruit.first_week { 0 } else { recruit.most } {
            return Err(Broken::Hires { queue, week, people });
        }
        let people = self.temps_there(problem, queue, week);
        if people > problem.temp.most {
            return Err(Broken::Temps { queue, week, people });
        }
        let regular = self.own(queue, week) + self.hired(problem, queue, week);
        if exceeds(self.overtime[queue][week], problem.overtime.share * regular) {
            return Err(Broken::Overtime { queue, week });
        }
        Ok(())
    }

    /// Hours of the current headcount for a queue in a week.
    #[must_use]
    pub fn own(&self, queue: usize, week: usize) -> f64 {
        self.by_pool.iter().map(|by_queue| by_queue[queue][week]).sum()
    }

    /// Hours of hires.
    #[must_use]
    pub fn hired(&self, problem: &CapacityProblem, queue: usize, week: usize) -> f64 {
        let hires = &self.newcomers.hires[queue];
        let given = |start: usize| problem.recruits[queue].hours.get(week - start).copied().unwrap_or(0.0);
        (0..=week).map(|start| f64::from(hires[start]) * given(start)).sum()
    }

    /// Number of temps present.
    #[must_use]
    pub fn temps_there(&self, problem: &CapacityProblem, queue: usize, week: usize) -> u32 {
        self.newcomers.temps[queue][problem.temp.starts(week)].iter().sum()
    }

    /// Total hours.
    #[must_use]
    pub fn hours(&self, problem: &CapacityProblem, queue: usize, week: usize) -> f64 {
        let temps = f64::from(self.temps_there(problem, queue, week)) * problem.temp.hours;
        self.own(queue, week) + self.hired(problem, queue, week) + temps + self.overtime[queue][week]
    }
}

fn exceeds(value: f64, most: f64) -> bool {
    value > most + TOLERANCE * most.abs().max(1.0)
}
