//! Least agents for given targets: the inverse of the queueing formulas.

use super::erlang::{SteadyQueue, erlang_c, inverse_blocking};
use super::waiting_line::ServiceLevelDefinition;
use crate::units::{Agents, Seconds};

/// A bound on one performance measure of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Requirement {
    /// Minimum service level.
    ServiceLevel {
        /// Answer-within time T.
        within: Seconds,
        /// Minimum share, 0 to 1.
        share: f64,
        /// Definition of the service level.
        definition: ServiceLevelDefinition,
    },
    /// Maximum mean wait of the answered contacts in seconds.
    Asa(f64),
    /// Maximum mean wait of all contacts in seconds, abandoned ones included.
    MeanWait(f64),
    /// Maximum occupancy: busy share of desk time.
    Occupancy(f64),
    /// Maximum probability of waiting.
    PWait(f64),
    /// Minimum share of replies in time by a platform's count: the first reply to every contact, and later ones to those answered.
    Replies {
        /// Time to reply.
        within: Seconds,
        /// Minimum share, 0 to 1.
        share: f64,
        /// Replies of a conversation that count, at least 1.
        rounds: f64,
        /// Share of later replies in time.
        later: f64,
    },
    /// Maximum share of abandoned contacts.
    Abandonment(f64),
    /// Maximum share of blocked contacts.
    Blocking(f64),
}

/// Tolerance within which shares are equal: ⌈21/(1−0.3)⌉ is 30, not 31.
const GUARD: f64 = 1e-9;

impl Requirement {
    /// Whether a queue meets the bound.
    ///
    /// ```
    /// use peakshift::{staffing::{Requirement, erlang_c}, units::{Agents, Erlangs, Seconds}};
    /// let queue = erlang_c(Erlangs::new(10.0)?, Seconds::new(180.0)?, Agents::whole(13)); // 28.5 % wait, 17.1 s on average
    /// assert!(Requirement::PWait(0.3).is_met_by(&queue) && !Requirement::Asa(15.0).is_met_by(&queue));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn is_met_by(&self, queue: &SteadyQueue) -> bool {
        match *self {
            Self::ServiceLevel { within, share, definition } => queue.service_level(within, definition) >= share,
            Self::Replies { within, share, rounds, later } => {
                let awaited_later = (rounds - 1.0) * (1.0 - queue.abandonment());
                let in_time = queue.service_level(within, ServiceLevelDefinition::Offered) + awaited_later * later;
                in_time >= share * (1.0 + awaited_later)
            }
            Self::Asa(most) => queue.asa() <= most,
            Self::MeanWait(most) => !queue.keeps_waiting_longer_than(most),
            Self::Occupancy(most) => queue.occupancy() <= most * (1.0 + GUARD) && queue.asa().is_finite(),
            Self::PWait(most) => queue.p_wait() <= most,
            Self::Abandonment(most) => !queue.abandons_more_than(most),
            Self::Blocking(most) => queue.blocking() <= most,
        }
    }
}

/// Number of agents beyond any team; a target it does not meet is unattainable.
const MOST_AGENTS: u32 = 1 << 20;

/// Least whole number of agents for which `queue_with` meets every requirement; `None` if no number does (a share of 1).
///
/// Every measure improves with each agent, so the search doubles and then bisects.
///
/// ```
/// use peakshift::staffing::{Requirement, erlang_c, least_agents};
/// use peakshift::units::{Agents, Erlangs, Seconds};
/// let (load, handling) = (Erlangs::new(10.0)?, Seconds::new(180.0)?);
/// let agents = least_agents(&[Requirement::Asa(20.0)], load, |agents| erlang_c(load, handling, agents));
/// assert_eq!(agents, Some(Agents::whole(13)));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
pub fn least_agents(
    requirements: &[Requirement],
    load: crate::units::Erlangs,
    queue_with: impl Fn(Agents) -> SteadyQueue,
) -> Option<Agents> {
    least_whole(load, |agents| {
        let queue = queue_with(agents);
        requirements.iter().all(|requirement| requirement.is_met_by(&queue))
    })
}

/// [`least_agents`] for Erlang C: one pass of the recursion up from the load.
///
/// ```
/// use peakshift::staffing::{Requirement, least_agents_erlang_c};
/// use peakshift::units::{Agents, Erlangs, Seconds};
/// let agents = least_agents_erlang_c(&[Requirement::Asa(20.0)], Erlangs::new(10.0)?, Seconds::new(180.0)?);
/// assert_eq!(agents, Some(Agents::whole(13)));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn least_agents_erlang_c(requirements: &[Requirement], load: crate::units::Erlangs, handling: Seconds) -> Option<Agents> {
    let (a, seconds) = (load.get(), handling.get());
    // at or below the load waits are infinite, so the recursion starts above it if some bound excludes that
    if a > 0.0 && seconds > 0.0 && a < f64::from(MOST_AGENTS) && requirements.iter().any(Requirement::forbids_waiting_for_ever) {
        let first = a.floor() as u32 + 1;
        let (per_load, rate, mut inverse_blocking) = (1.0 / a, 1.0 / seconds, inverse_blocking(a, first));
        for agents in (first..).take(MOST_STEPS) {
            let n = f64::from(agents);
            let kept = Waiting { load: a, rate, agents: n, parts: (n - a) * (inverse_blocking - 1.0) + n };
            if requirements.iter().all(|requirement| requirement.is_met_by_line(&kept)) {
                return Some(Agents::whole(agents));
            }
            inverse_blocking = 1.0 + (n + 1.0) * per_load * inverse_blocking;
        }
    }
    least_agents(requirements, load, |agents| erlang_c(load, handling, agents))
}

/// A stable Erlang C line; each agent finishes `rate` contacts per second, and the probability of waiting is `agents / parts`.
struct Waiting {
    load: f64,
    rate: f64,
    agents: f64,
    parts: f64,
}

impl Requirement {
    fn forbids_waiting_for_ever(&self) -> bool {
        match *self {
            Self::ServiceLevel { share, .. } => share > 0.0,
            Self::Asa(most) | Self::MeanWait(most) => most < f64::INFINITY,
            Self::PWait(most) => most < 1.0,
            Self::Occupancy(_) => true,
            Self::Replies { .. } | Self::Abandonment(_) | Self::Blocking(_) => false,
        }
    }

    /// [`Requirement::is_met_by`] in the closed form without abandonment, free of divisions.
    fn is_met_by_line(&self, line: &Waiting) -> bool {
        let &Waiting { load, rate, agents, parts } = line;
        match *self {
            Self::ServiceLevel { within, share, .. } => {
                let spare = (agents - load) * within.get() * rate;
                // a share of 1 is met to within floating-point precision
                let allowed = (1.0 - share).max(f64::EPSILON / 4.0) * parts;
                // e⁻ˣ exceeds its series truncated after x³, which suffices far from the target
                let above_this = 1.0 - spare * (1.0 - spare * (0.5 - spare / 6.0));
                agents * above_this <= allowed && agents * (-spare).exp() <= allowed
            }
            Self::Replies { within, share, rounds, later } => {
                let first = 1.0 - agents / parts * (-(agents - load) * within.get() * rate).exp();
                first + (rounds - 1.0) * later >= share * rounds
            }
            Self::Asa(most) | Self::MeanWait(most) => agents <= most * rate * (agents - load) * parts,
            Self::Occupancy(most) => load <= most * (1.0 + GUARD) * agents,
            Self::PWait(most) => agents <= most * parts,
            Self::Abandonment(most) | Self::Blocking(most) => most >= 0.0,
        }
    }
}

/// Steps from the load after which a target is found by bisection instead.
const MOST_STEPS: usize = 500;

/// Least whole number of agents for which `met` holds; it must hold for every larger number too.
pub(super) fn least_whole(load: crate::units::Erlangs, met: impl Fn(Agents) -> bool) -> Option<Agents> {
    let met = |agents: u32| met(Agents::whole(agents));
    if met(0) {
        return Some(Agents::ZERO);
    }
    // below the load most requirements fail, so the search starts there with a doubling step
    let (mut fails, mut step) = (0, 1);
    let mut holds = (load.get().ceil() as u32).clamp(1, MOST_AGENTS);
    while !met(holds) {
        fails = holds;
        if holds >= MOST_AGENTS || step > MOST_AGENTS {
            return None;
        }
        step *= 2;
        holds = (holds + step).min(MOST_AGENTS);
    }
    while holds - fails > 1 {
        let middle = fails + (holds - fails) / 2;
        if met(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
    Some(Agents::whole(holds))
}

/// Least real number of agents for one requirement, to 14 digits; `None` if no number meets it.
///
/// ```
/// use peakshift::{staffing::{Requirement, erlang_c, least_real_agents}, units::{Erlangs, Seconds}};
/// let (load, handling) = (Erlangs::new(10.0)?, Seconds::new(180.0)?);
/// let agents = least_real_agents(Requirement::Occupancy(0.8), load, |agents| erlang_c(load, handling, agents));
/// assert!((agents.unwrap() - 12.5).abs() < 1e-6); // 10 erlangs / 0.8
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
pub fn least_real_agents(requirement: Requirement, load: crate::units::Erlangs, queue_with: impl Fn(Agents) -> SteadyQueue) -> Option<f64> {
    let whole = least_agents(&[requirement], load, &queue_with)?.get();
    let met = |agents: f64| Agents::new(agents).is_ok_and(|agents| requirement.is_met_by(&queue_with(agents)));
    let (mut fails, mut holds) = ((whole - 1.0).max(0.0), whole);
    while holds - fails > f64::EPSILON * holds {
        let middle = fails + (holds - fails) / 2.0;
        if middle <= fails || middle >= holds {
            break;
        }
        if met(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
    Some(holds)
}
