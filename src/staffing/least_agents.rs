//! How many agents a target needs: the reverse of the formulas.

use super::erlang::{SteadyQueue, erlang_c, inverse_blocking};
use super::waiting_line::ServiceLevelDefinition;
use crate::units::{Agents, Seconds};

/// A bound on one figure of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Requirement {
    /// Share that meets a time, at least.
    ServiceLevel {
        /// The answer-within time T.
        within: Seconds,
        /// The least share, 0 to 1.
        share: f64,
        /// Which share of which contacts.
        definition: ServiceLevelDefinition,
    },
    /// Mean wait of the answered in seconds, at most.
    Asa(f64),
    /// Mean wait of all in seconds, those who give up included, at most.
    MeanWait(f64),
    /// Busy share of desk time, at most.
    Occupancy(f64),
    /// Probability of waiting, at most.
    PWait(f64),
    /// Share of the replies in time that a platform counts, at least: the first of every contact, and later ones of those answered.
    Replies {
        /// The time to reply in.
        within: Seconds,
        /// The least share, 0 to 1.
        share: f64,
        /// Replies of a dialogue that count, 1 and up.
        rounds: f64,
        /// The share of later replies that come in time.
        later: f64,
    },
    /// Share that gives up, at most.
    Abandonment(f64),
    /// Share that finds no place, at most.
    Blocking(f64),
}

/// Shares that differ by less are the same: ⌈21/(1−0.3)⌉ is 30, not 31.
const GUARD: f64 = 1e-9;

impl Requirement {
    /// Whether a queue meets it.
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

/// More agents than any team of ours has; a target that even they miss cannot be met.
const MOST_AGENTS: u32 = 1 << 20;

/// The least whole number of agents for which `queue_with` meets every requirement; `None` if no number does (a share of 1).
///
/// Every figure gets better with each agent, so the search doubles and then halves.
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

/// [`least_agents`] for Erlang C: one walk of the recursion up from the load.
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
    // at or below the load everybody waits for ever: the walk begins above it if some bound forbids that
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

/// A stable line of Erlang C; each agent finishes `rate` contacts a second, and the probability of waiting is `agents / parts`.
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

    /// [`Requirement::is_met_by`] in the closed form of a line that nobody leaves, without a division.
    fn is_met_by_line(&self, line: &Waiting) -> bool {
        let &Waiting { load, rate, agents, parts } = line;
        match *self {
            Self::ServiceLevel { within, share, .. } => {
                let spare = (agents - load) * within.get() * rate;
                // a share of 1 is met as far as digits tell
                let allowed = (1.0 - share).max(f64::EPSILON / 4.0) * parts;
                // e⁻ˣ is above its series cut after x³: far from the target that is enough to know
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

/// A target so many agents above the load is found by halving instead.
const MOST_STEPS: usize = 500;

/// The least whole number of agents for which `met` holds, where it holds for every larger number too.
pub(super) fn least_whole(load: crate::units::Erlangs, met: impl Fn(Agents) -> bool) -> Option<Agents> {
    let met = |agents: u32| met(Agents::whole(agents));
    if met(0) {
        return Some(Agents::ZERO);
    }
    // below the load most requirements fail, so look there first: the span doubles away from it
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

/// The least real number of agents for one requirement, to 14 digits; `None` if no number meets it.
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
