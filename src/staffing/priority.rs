//! Two priority classes in one line, non-preemptive: a freed agent takes the high class first.
//!
//! Both classes have the same mean handling time and infinite patience. Mean waits: Cobham (1954), *Priority assignment in waiting line
//! problems*. Wait of the low class: Kella & Yechiali (1985), *Waiting times in the non-preemptive priority M/M/c queue*. It ends when
//! those ahead and all high contacts arriving meanwhile are gone, the first passage of a birth–death chain. It is computed by
//! uniformisation (Jensen 1953), in which all terms are positive.

use super::erlang::erlang_c;
use super::least_agents::least_whole;
use super::poisson::poisson_weights;
use crate::units::{Agents, Erlangs, Seconds};

/// A priority class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Served first: VIPs.
    High,
    /// Served when no high contact waits.
    Low,
}

/// Steady state of a line with two classes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoClasses {
    high: f64,
    load: f64,
    agents: f64,
    handling: f64,
    p_wait: f64,
}

/// A bound on the service of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClassTarget {
    /// Maximum mean wait in seconds.
    MeanWait(f64),
    /// Minimum share answered within a time.
    AnsweredWithin(Seconds, f64),
}

/// Probability below which states and steps are left out.
const NEGLIGIBLE: f64 = 1e-18;
/// Maximum number of queue levels followed: beyond it the line is practically overloaded.
const MOST_LEVELS: f64 = 200_000.0;

impl TwoClasses {
    /// The line for the offered load of each class, the common mean handling time and a number of agents.
    ///
    /// ```
    /// use peakshift::{staffing::{Class, TwoClasses}, units::{Agents, Erlangs, Seconds}};
    /// let line = TwoClasses::new(Erlangs::new(0.3)?, Erlangs::new(0.4)?, Seconds::new(180.0)?, Agents::whole(1));
    /// assert!((line.mean_wait(Class::High) - 180.0).abs() < 1e-9); // 0.7 · 180 / (1 − 0.3)
    /// assert!((line.mean_wait(Class::Low) - 600.0).abs() < 1e-9); // 180 / (1 − 0.7)
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn new(high: Erlangs, low: Erlangs, handling: Seconds, agents: Agents) -> Self {
        let load = high.get() + low.get();
        let p_wait = erlang_c(Erlangs::new(load).expect("the load of calls that queue is one"), handling, agents).p_wait();
        Self { high: high.get(), load, agents: agents.get(), handling: handling.get(), p_wait }
    }

    /// Probability that a contact of either class waits.
    #[must_use]
    pub fn p_wait(&self) -> f64 {
        self.p_wait
    }

    /// Mean wait in seconds of all contacts of a class; ∞ if the class and those before it exceed the agents' capacity.
    #[must_use]
    pub fn mean_wait(&self, class: Class) -> f64 {
        if self.p_wait == 0.0 {
            return 0.0;
        }
        let (spare_of_high, spare) = (self.agents - self.high, self.agents - self.load);
        match class {
            Class::High if spare_of_high > 0.0 => self.p_wait * self.handling / spare_of_high,
            Class::Low if spare > 0.0 => self.p_wait * self.handling * self.agents / (spare * spare_of_high),
            _ => f64::INFINITY,
        }
    }

    /// Share of a class answered within a time, over offered.
    #[must_use]
    pub fn service_level(&self, class: Class, within: Seconds) -> f64 {
        if self.p_wait == 0.0 || self.handling == 0.0 {
            return 1.0;
        }
        let spare = match class {
            Class::High => self.agents - self.high,
            Class::Low => self.agents - self.load,
        };
        if spare <= 0.0 {
            return 0.0;
        }
        match class {
            Class::High => 1.0 - self.p_wait * (-spare * within.get() / self.handling).exp(),
            Class::Low => 1.0 - self.p_wait * self.low_still_waits(within.get()),
        }
    }

    /// Probability that a waiting low contact still waits after `within` seconds; it starts behind a geometric number of contacts.
    fn low_still_waits(&self, within: f64) -> f64 {
        let ratio = self.load / self.agents;
        let events = (self.high + self.agents) / self.handling * within;
        let levels = (NEGLIGIBLE.ln() / ratio.ln()).ceil().clamp(1.0, MOST_LEVELS) as usize;
        let (up, down) = (self.high / (self.high + self.agents), self.agents / (self.high + self.agents));
        // index k: k + 1 contacts must leave before this one is served
        let mut ahead: Vec<f64> = (0..levels).map(|level| (1.0 - ratio) * ratio.powi(level as i32)).collect();
        let mut still = 0.0;
        for weight in poisson_weights(events) {
            still += weight * ahead.iter().rev().sum::<f64>();
            let mut below = 0.0;
            for level in 0..ahead.len() {
                let here = ahead[level];
                ahead[level] = up * below + down * ahead.get(level + 1).copied().unwrap_or(0.0);
                below = here;
            }
            if up * below > NEGLIGIBLE {
                ahead.push(up * below);
            }
        }
        still.min(1.0)
    }

    /// Least whole number of agents that meets every class's targets; `None` if no number does.
    ///
    /// ```
    /// use peakshift::{staffing::{Class, ClassTarget, TwoClasses}, units::{Agents, Erlangs, Seconds}};
    /// let (high, low, handling) = (Erlangs::new(0.3)?, Erlangs::new(0.4)?, Seconds::new(180.0)?);
    /// let least = |class| TwoClasses::least_agents(high, low, handling, &[(class, ClassTarget::MeanWait(200.0))]);
    /// assert_eq!(least(Class::High), Some(Agents::whole(1))); // 180 s
    /// assert_eq!(least(Class::Low), Some(Agents::whole(2))); // 600 s with one, 30 s with two
    /// let line = TwoClasses::new(high, low, handling, Agents::whole(1));
    /// let in_time = line.service_level(Class::High, Seconds::new(20.0)?);
    /// assert!((in_time - (1.0 - line.p_wait() * (-0.7_f64 * 20.0 / 180.0).exp())).abs() < 1e-12);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn least_agents(high: Erlangs, low: Erlangs, handling: Seconds, targets: &[(Class, ClassTarget)]) -> Option<Agents> {
        let load = Erlangs::new(high.get() + low.get()).ok()?;
        least_whole(load, |agents| {
            let line = Self::new(high, low, handling, agents);
            targets.iter().all(|(class, target)| match *target {
                ClassTarget::MeanWait(most) => line.mean_wait(*class) <= most,
                ClassTarget::AnsweredWithin(within, share) => line.service_level(*class, within) >= share,
            })
        })
    }
}
