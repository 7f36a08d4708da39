//! The common queueing model: contacts wait in a single line while every agent is busy.
//!
//! Whatever happens below full (one call per agent, several chats per agent), the line above it is the same: contacts arrive at rate λ,
//! enter service at rate R, and each of the k waiting abandons at rate θ. Everything is measured relative to the probability of the last
//! state with a free agent:
//!
//! - E = (probability of a free agent) / (probability of that last state), by a recursion that only adds positive terms;
//! - `w_k = λ^(k+1) / Π_{i=0..k} (R + iθ)`, the state with all busy and k waiting.
//!
//! Sources: Palm (1957); Garnett, Mandelbaum & Reiman (2002), Manufacturing & Service Operations Management 4(3); Mandelbaum & Zeltyn
//! (2004), *Service engineering in action: the Palm/Erlang-A queue*.

use super::integral::{integrate, truncated_exponential};

/// Definitions of the service level. They differ by percentage points, so reports should name the one used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ServiceLevelDefinition {
    /// Answered within T, over all offered (the default).
    #[default]
    Offered,
    /// Answered or abandoned within T, over all offered.
    AnsweredOrAbandoned,
    /// Answered within T, over the offered less those that abandoned within T.
    OfferedLessShortAbandons,
    /// Answered within T, over the answered.
    Answered,
    /// Share of time in which an arriving contact with infinite patience would wait at most T.
    Virtual,
}

/// A waiting line in steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitingLine {
    arrival_rate: f64,
    service_rate: f64,
    abandonment_rate: f64,
    places: Option<u32>,
    sums: Sums,
}

/// Sums of the recursions, all over e^`log_scale`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    /// E.
    below: f64,
    /// Σ w over all states with everybody busy.
    full: f64,
    /// Σ w over those states that an arrival may still join.
    joinable: f64,
    /// w of the state in which no place is left.
    blocked: f64,
    /// Σ k·w.
    queue: f64,
    /// Σ w × probability that an arrival there is served.
    served: f64,
    /// Σ w × probability to be served × mean wait if served, in seconds.
    served_wait: f64,
    /// Σ w × probability that an arrival there abandons × mean wait if it does, in seconds.
    given_up_wait: f64,
    log_scale: f64,
    /// Wait common to all contacts, where the queue is a fluid.
    fluid_wait: Option<f64>,
}

/// E and a weighted sum over the same states, over e^`log_scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    pub(super) mass: f64,
    pub(super) weighted: f64,
    pub(super) log_scale: f64,
}

/// Queue length beyond which the fluid limit is used.
const MOST_WAITING: f64 = 3e6;

/// Wait in seconds beyond which it counts as infinite.
const LONGEST_WAIT: f64 = 1e12;

/// Value beyond which sums are rescaled to avoid overflow, with the logarithm of the scale kept.
const RESCALE_ABOVE: f64 = 1e200;

impl Below {
    /// States of a queue that grows without bound.
    pub(super) const NOBODY_FREE: Self = Self { mass: 1.0, weighted: 0.0, log_scale: 0.0 };

    /// Sums over the states from empty to the last one with a free agent. `death_rates` are those of states 1, 2, …; `weight` gives each
    /// state's weight in the second sum.
    pub(super) fn add_up(arrival_rate: f64, death_rates: impl Iterator<Item = f64>, weight: impl Fn(usize) -> f64) -> Self {
        let mut sum = Self { mass: 1.0, weighted: weight(0), log_scale: 0.0 };
        let mut state_mass = 1.0; // the last state itself, over e^log_scale
        for (state, death) in death_rates.enumerate() {
            let ratio = death / arrival_rate;
            sum.mass = state_mass + ratio * sum.mass;
            sum.weighted = weight(state + 1) * state_mass + ratio * sum.weighted;
            sum.stay_in_range(&mut state_mass);
        }
        sum
    }

    /// Sums for n single-call agents, weighted by free agents; from n − 1 busy downwards as long as digits change, about nine times the
    /// root of the load.
    pub(super) fn of_calls(load: f64, agents: usize) -> Self {
        const NO_DIGIT: f64 = 1e-18;
        let mut sum = Self { mass: 1.0, weighted: 1.0, log_scale: 0.0 };
        let mut state_mass = 1.0;
        let (mut busy, mut free, per_load) = (agents as f64 - 1.0, 2.0, 1.0 / load);
        while busy > 0.0 {
            let ratio = busy * per_load;
            state_mass *= ratio;
            sum.mass += state_mass;
            sum.weighted += free * state_mass;
            if free * state_mass < NO_DIGIT * (1.0 - ratio) * sum.mass {
                break;
            }
            (busy, free) = (busy - 1.0, free + 1.0);
            sum.stay_in_range(&mut state_mass);
        }
        sum
    }

    /// Mass of the last state with a free agent, the reference of all others, over the scale.
    fn last_state(&self) -> f64 {
        if self.log_scale == 0.0 { 1.0 } else { (-self.log_scale).exp() }
    }

    /// Rescales a large sum and the mass that goes with it.
    fn stay_in_range(&mut self, state_mass: &mut f64) {
        if self.mass > RESCALE_ABOVE {
            self.mass /= RESCALE_ABOVE;
            self.weighted /= RESCALE_ABOVE;
            *state_mass /= RESCALE_ABOVE;
            self.log_scale += RESCALE_ABOVE.ln();
        }
    }
}

impl WaitingLine {
    /// A line above the states `below`. Rates are per second; `places` is the maximum number waiting (`None`: unlimited). `arrival_rate`
    /// and `service_rate` must be positive.
    pub(super) fn new(below: Below, arrival_rate: f64, service_rate: f64, abandonment_rate: f64, places: Option<u32>) -> Self {
        let rates = Self { arrival_rate, service_rate, abandonment_rate, places, sums: Sums::default() };
        let sums = match places {
            None if abandonment_rate == 0.0 => rates.endless_patience(below),
            None if arrival_rate - service_rate > abandonment_rate * MOST_WAITING => rates.fluid(),
            _ => rates.add_up(below),
        };
        Self { sums, ..rates }
    }

    /// Sums without abandonment or blocking: a geometric series.
    fn endless_patience(&self, below: Below) -> Sums {
        let spare = self.service_rate - self.arrival_rate;
        if spare <= 0.0 {
            return Sums { full: 1.0, joinable: 1.0, served: 1.0, queue: f64::INFINITY, served_wait: f64::INFINITY, ..Sums::default() };
        }
        let full = below.last_state() * self.arrival_rate / spare;
        Sums {
            below: below.mass,
            full,
            joinable: full,
            served: full,
            queue: full * (self.arrival_rate / spare),
            served_wait: full / spare,
            log_scale: below.log_scale,
            ..Sums::default()
        }
    }

    /// Sums in the fluid limit of heavy overload and long patience: contacts that wait longer than ln(λ/R)/θ abandon.
    fn fluid(&self) -> Sums {
        let (lambda, service, theta) = (self.arrival_rate, self.service_rate, self.abandonment_rate);
        let wait = (lambda / service).ln() / theta;
        let (served, queue) = (service / lambda, (lambda - service) / theta);
        Sums { full: 1.0, joinable: 1.0, served, served_wait: served * wait, queue, fluid_wait: Some(wait), ..Sums::default() }
    }

    /// Sums state by state, until further terms are negligible or the places end.
    fn add_up(&self, below: Below) -> Sums {
        let (lambda, service, theta) = (self.arrival_rate, self.service_rate, self.abandonment_rate);
        let mut sums = Sums { below: below.mass, log_scale: below.log_scale, ..Sums::default() };
        let mut w = lambda / service * (-below.log_scale).exp();
        let mut wait = 0.0; // Σ_{i=1..k+1} 1/(R+iθ): mean wait of a served contact that finds k waiting
        // V_i = probability to abandon from place i / (R+iθ) + probability that another leaves first × V_{i−1}
        let mut given_up = 0.0;
        for k in 0_u32.. {
            let waiting = f64::from(k);
            sums.full += w;
            sums.queue += waiting * w;
            if self.places == Some(k) {
                sums.blocked = w;
                break;
            }
            let next_rate = service + (waiting + 1.0) * theta;
            wait += 1.0 / next_rate;
            sums.joinable += w;
            sums.served += w * service / next_rate;
            sums.served_wait += w * service / next_rate * wait;
            given_up = ((waiting + 1.0) * theta / next_rate + (next_rate - theta) * given_up) / next_rate;
            sums.given_up_wait += w * given_up;
            w *= lambda / next_rate;
            if sums.full > RESCALE_ABOVE {
                sums.scale_down(RESCALE_ABOVE);
                w /= RESCALE_ABOVE;
            }
            // the tail is at worst a geometric series; stop when even weighted by its length it is negligible
            let ratio = lambda / (next_rate + theta);
            if self.places.is_none()
                && ratio < 1.0
                && w * (waiting + 2.0) * (1.0 + wait) / (1.0 - ratio).powi(2) < 1e-18 * sums.full.min(sums.queue.max(f64::MIN_POSITIVE))
            {
                break;
            }
            if w == 0.0 && k > 10 {
                break;
            }
        }
        sums
    }

    fn total(&self) -> f64 {
        self.sums.below + self.sums.full
    }

    /// Probability that an arriving contact has to wait and is not blocked.
    #[must_use]
    pub fn p_wait(&self) -> f64 {
        self.sums.joinable / self.total()
    }

    /// Probability that an agent is free.
    #[must_use]
    pub fn free(&self) -> f64 {
        self.sums.below / self.total()
    }

    /// Probability that an arriving contact is blocked.
    #[must_use]
    pub fn blocking(&self) -> f64 {
        self.sums.blocked / self.total()
    }

    /// Share of the offered contacts that abandon.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        if self.abandonment_rate == 0.0 { 0.0 } else { (self.abandonment_rate * self.mean_queue() / self.arrival_rate).min(1.0) }
    }

    /// Mean number of contacts waiting.
    #[must_use]
    pub fn mean_queue(&self) -> f64 {
        self.sums.queue / self.total()
    }

    /// Mean wait in seconds of all admitted contacts, abandoned ones included.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.mean_queue() / (self.arrival_rate * (1.0 - self.blocking()))
    }

    /// Share of the offered contacts that are answered.
    #[must_use]
    pub fn answered(&self) -> f64 {
        (self.sums.below + self.sums.served) / self.total()
    }

    /// Mean wait of the answered contacts in seconds (ASA).
    #[must_use]
    pub fn asa(&self) -> f64 {
        self.sums.served_wait / self.total() / self.answered()
    }

    /// Mean wait in seconds of abandoning contacts; NaN if there are none.
    #[must_use]
    pub fn mean_wait_of_given_up(&self) -> f64 {
        self.sums.given_up_wait / self.total() / self.abandonment()
    }

    /// Mean wait in seconds of the contacts that wait at all, answered or abandoned.
    #[must_use]
    pub fn mean_wait_of_waiters(&self) -> f64 {
        if self.is_geometric() && self.service_rate > self.arrival_rate {
            return 1.0 / (self.service_rate - self.arrival_rate);
        }
        self.sums.queue / (self.arrival_rate * self.sums.joinable)
    }

    /// Quantile in seconds of the wait of contacts with infinite patience; `share` is at least 0 and below 1.
    #[must_use]
    pub fn wait_quantile(&self, share: f64) -> f64 {
        if self.free() >= share {
            return 0.0;
        }
        if self.is_geometric() {
            let free_rate = self.service_rate - self.arrival_rate;
            return if free_rate > 0.0 { (self.p_wait() / (1.0 - share)).ln() / free_rate } else { f64::INFINITY };
        }
        let mut most = 1.0 / self.service_rate;
        while self.virtual_within(most) < share && most < LONGEST_WAIT {
            most *= 2.0;
        }
        let mut least = 0.0;
        while most - least > f64::EPSILON * most {
            let middle = f64::midpoint(least, most);
            if middle <= least || middle >= most {
                break;
            }
            if self.virtual_within(middle) < share { least = middle } else { most = middle }
        }
        most
    }

    /// Share of the offered contacts that abandon within `within` seconds.
    #[must_use]
    pub fn given_up_within(&self, within: f64) -> f64 {
        self.abandoned_within(within, self.answered_within(within))
    }

    /// Share of contacts that meet `within` seconds, by the given definition.
    #[must_use]
    pub fn service_level(&self, within: f64, definition: ServiceLevelDefinition) -> f64 {
        let answered = self.answered_within(within);
        match definition {
            ServiceLevelDefinition::Offered => answered,
            ServiceLevelDefinition::AnsweredOrAbandoned => answered + self.abandoned_within(within, answered),
            ServiceLevelDefinition::OfferedLessShortAbandons => answered / (1.0 - self.abandoned_within(within, answered)),
            ServiceLevelDefinition::Answered => answered / self.answered(),
            ServiceLevelDefinition::Virtual => self.virtual_within(within),
        }
    }

    fn answered_within(&self, within: f64) -> f64 {
        if self.is_geometric() { self.geometric_within(within) } else { self.waited_within(within, self.abandonment_rate) }
    }

    fn virtual_within(&self, within: f64) -> f64 {
        if self.is_geometric() { self.geometric_within(within) } else { self.waited_within(within, 0.0) }
    }

    /// Share that abandons within T: all gone from the line by T, 1 − e^{-θT}·P(virtual wait > T) of those admitted, less those answered.
    fn abandoned_within(&self, within: f64, answered: f64) -> f64 {
        let still_there = (-self.abandonment_rate * within).exp() * (1.0 - self.blocking() - self.virtual_within(within));
        (1.0 - self.blocking() - still_there - answered).max(0.0)
    }

    fn is_geometric(&self) -> bool {
        self.abandonment_rate == 0.0 && self.places.is_none()
    }

    fn geometric_within(&self, within: f64) -> f64 {
        let spare = self.service_rate - self.arrival_rate;
        if spare <= 0.0 { 0.0 } else { 1.0 - self.p_wait() * (-spare * within).exp() }
    }

    /// (E + ∫₀ᵀ λ·e^{−θ't}·e^{−Rt}·Σ_{k<places} (λH)^k/k! dt) / D with H(t) = (1 − e^{−θt})/θ. With θ' = θ it counts the answered, with
    /// θ' = 0 the virtual wait. All terms are positive.
    fn waited_within(&self, within: f64, leaving_rate: f64) -> f64 {
        let (lambda, service, theta) = (self.arrival_rate, self.service_rate, self.abandonment_rate);
        if let Some(wait) = self.sums.fluid_wait {
            let reached = if leaving_rate > 0.0 { service / lambda } else { 1.0 };
            return if within < wait { 0.0 } else { reached };
        }
        let ahead = |t: f64| if theta == 0.0 { lambda * t } else { lambda * -(-theta * t).exp_m1() / theta };
        let exponent = |t: f64| -(leaving_rate + service) * t - self.sums.log_scale;
        let density = |t: f64| match self.places {
            None => lambda * (exponent(t) + ahead(t)).exp(),
            Some(places) => lambda * exponent(t).exp() * truncated_exponential(ahead(t), places),
        };
        let slope = (lambda - service).abs().max((lambda * (-theta * within).exp() - service).abs()) + leaving_rate;
        let curvature = (lambda * theta).sqrt();
        let switching = self.places.map_or(0.0, |places| lambda / (1.0 + f64::from(places).sqrt()));
        let waited = integrate(density, within, 0.25 * slope + 0.5 * curvature + switching);
        ((self.sums.below + waited) / self.total()).min(1.0)
    }
}

impl Sums {
    fn scale_down(&mut self, by: f64) {
        let sums = [&mut self.below, &mut self.full, &mut self.joinable, &mut self.queue, &mut self.served];
        for sum in sums.into_iter().chain([&mut self.served_wait, &mut self.given_up_wait]) {
            *sum /= by;
        }
        self.log_scale += by.ln();
    }
}
