//! Erlang B, C and A, the finite waiting room, and chats: each supplies its states below full to [`WaitingLine`].
//!
//! The functions are total: no load, no agents and overload give 0, 1 or ∞, never an error or an endless loop.

use super::waiting_line::{Below, ServiceLevelDefinition, WaitingLine};
use crate::service::Concurrency;
use crate::units::{Agents, Erlangs, Seconds};
use statrs::function::gamma::{gamma, gamma_ur};

/// Steady state of a queue for a load and a number of agents. Its measures stand in the examples of the [module](super).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadyQueue {
    state: State,
    abandonment_rate: f64,
    /// Busy agents over agents; set where agents may have several chats.
    busy_share: Option<f64>,
    /// Mean handling time in seconds.
    handling: f64,
    /// Mean number of free agents, if computed.
    idle: Option<f64>,
    load: f64,
    agents: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// No arrivals.
    Idle,
    /// Arrivals without agents: contacts abandon, wait for ever, or are blocked.
    Unanswered {
        places: Option<u32>,
        arrival_rate: f64,
    },
    Line(WaitingLine),
}

/// Blocking probability of Erlang's loss formula, for a whole or real number of agents.
///
/// Whole: 1/B(n) = 1 + n/(a·B(n−1)). Real: B(x, a) = aˣe⁻ᵃ/Γ(x+1, a) (Jagerman 1974, Bell System Technical Journal 53).
///
/// ```
/// use peakshift::{staffing::erlang_b, units::{Agents, Erlangs}};
/// let blocking = erlang_b(Erlangs::new(2.0)?, Agents::whole(2));
/// assert!((blocking - 0.4).abs() < 1e-15); // (2²/2!) / (1 + 2 + 2²/2!)
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn erlang_b(load: Erlangs, agents: Agents) -> f64 {
    let (load, agents) = (load.get(), agents.get());
    if load == 0.0 {
        return if agents == 0.0 { 1.0 } else { 0.0 };
    }
    let fraction = agents.fract();
    let below = (1..=agents as u64)
        .fold(1.0 / blocking_below_one(fraction, load), |inverse, server| 1.0 + (fraction + server as f64) / load * inverse);
    1.0 / below
}

/// B(x, a) for 0 ≤ x < 1.
fn blocking_below_one(servers: f64, load: f64) -> f64 {
    if servers == 0.0 {
        return 1.0;
    }
    let shape = 1.0 + servers;
    if load < 2.0 {
        return load.powf(servers) * (-load).exp() / (gamma_ur(shape, load) * gamma(shape));
    }
    // e^x·x^{-s}·Γ(s, x) as a continued fraction (Abramowitz & Stegun 6.5.31 in its even form), evaluated by Lentz' method
    let tiny = 1e-300;
    let mut b = load + 1.0 - shape;
    let (mut c, mut d) = (1.0 / tiny, 1.0 / b);
    let mut fraction = d;
    for i in 1..500 {
        let i = f64::from(i);
        let a = -i * (i - shape);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 / (load * fraction)
}

/// Erlang C: infinite patience and waiting room; whole or real agents.
///
/// C = n/((n−a)(1/B−1)+n), ASA = C·AHT/(n−a), P(wait ≤ T) = 1 − C·e^{−(n−a)T/AHT}.
///
/// ```
/// use peakshift::{staffing::erlang_c, units::{Agents, Erlangs, Seconds}};
/// let queue = erlang_c(Erlangs::new(10.0)?, Seconds::new(180.0)?, Agents::whole(14));
/// assert!((queue.p_wait() - 0.1741319).abs() < 1e-6); // Cooper, Introduction to Queueing Theory, table of C(s, a)
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn erlang_c(load: Erlangs, handling: Seconds, agents: Agents) -> SteadyQueue {
    SteadyQueue::of_calls(load, handling, agents, None, None)
}

/// 1/B for a whole number of agents not far above the load: Σ over k of n·(n−1)···(n−k+1)/aᵏ. The sum runs from the full state downwards
/// as long as digits change, about nine times the root of the load. Four states are taken at a time, so that none waits for the one
/// before.
pub(super) fn inverse_blocking(load: f64, agents: u32) -> f64 {
    const NO_DIGIT: f64 = 1e-17;
    let per_load = 1.0 / load;
    let (mut busy, mut state_mass, mut mass) = (f64::from(agents), 1.0, 1.0);
    while busy > 0.0 && state_mass > NO_DIGIT * mass {
        let [one, two, three, four] = [busy, busy - 1.0, busy - 2.0, busy - 3.0].map(|busy| busy.max(0.0) * per_load);
        let (pair, next_pair) = (one * two, three * four);
        mass += state_mass * (one + pair + pair * (three + next_pair));
        state_mass *= pair * next_pair;
        busy -= 4.0;
    }
    mass
}

/// Erlang A: Erlang C with abandonment after an exponential patience (Palm 1957).
///
/// ```
/// use peakshift::{staffing::erlang_a, units::{Agents, Erlangs, Seconds}};
/// let queue = erlang_a(Erlangs::new(100.0)?, Seconds::new(180.0)?, Agents::whole(95), Seconds::new(120.0)?);
/// assert!(queue.abandonment() > 0.05 && queue.asa() < 30.0); // overloaded, yet stable
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn erlang_a(load: Erlangs, handling: Seconds, agents: Agents, patience: Seconds) -> SteadyQueue {
    SteadyQueue::of_calls(load, handling, agents, Some(patience), None)
}

/// Queue with `places` for waiting contacts, with or without patience; 0 places is Erlang B.
///
/// ```
/// use peakshift::{staffing::waiting_room, units::{Agents, Erlangs, Seconds}};
/// let room = waiting_room(Erlangs::new(1.0)?, Seconds::new(180.0)?, Agents::whole(1), None, 1);
/// assert!((room.blocking() - 1.0 / 3.0).abs() < 1e-12); // nobody, one, or one and another waiting: equally likely
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn waiting_room(load: Erlangs, handling: Seconds, agents: Agents, patience: Option<Seconds>, places: u32) -> SteadyQueue {
    SteadyQueue::of_calls(load, handling, agents, patience, Some(places))
}

/// Chats: whole agents with several chats at a time, spread evenly, each chat slower the more its agent has.
///
/// With j chats, q = ⌊j/n⌋ and r = j mod n, chats finish at rate r(q+1)/AHT(q+1) + (n−r)q/AHT(q); full is n·k chats. `load` is arrivals
/// per second × the single-chat time. Agents are rounded up to a whole number. Example at [`Concurrency`].
#[must_use]
pub fn chat(load: Erlangs, concurrency: &Concurrency, agents: Agents, patience: Option<Seconds>) -> SteadyQueue {
    let (people, windows) = (agents.get().ceil() as usize, concurrency.windows());
    let arrival_rate = load.get() / concurrency.chat_time(1).get();
    let rate = |chats: usize| if chats == 0 { 0.0 } else { chats as f64 / concurrency.chat_time(chats).get() };
    let death = |chats: usize| {
        let (each, more) = (chats / people, chats % people);
        more as f64 * rate(each + 1) + (people - more) as f64 * rate(each)
    };
    let mut queue = SteadyQueue {
        state: State::Idle,
        abandonment_rate: abandonment_rate(patience),
        busy_share: Some(0.0),
        handling: concurrency.chat_time(1).get(),
        idle: None,
        load: load.get(),
        agents: people as f64,
    };
    if load.get() > 0.0 && people == 0 {
        queue.state = State::Unanswered { places: None, arrival_rate };
        queue.busy_share = None;
    } else if load.get() > 0.0 {
        let below = Below::add_up(arrival_rate, (1..people * windows).map(death), |chats| chats.min(people) as f64);
        let line = WaitingLine::new(below, arrival_rate, people as f64 * rate(windows), queue.abandonment_rate, None);
        let free = 1.0 - line.p_wait();
        queue.busy_share = Some(line.p_wait() + free * below.weighted / below.mass / people as f64);
        queue.state = State::Line(line);
    }
    queue
}

/// θ, or 0 for infinite patience. A patience of 0 counts as a microsecond.
fn abandonment_rate(patience: Option<Seconds>) -> f64 {
    patience.map_or(0.0, |patience| 1.0 / patience.get().max(1e-6))
}

impl SteadyQueue {
    fn of_calls(load: Erlangs, handling: Seconds, agents: Agents, patience: Option<Seconds>, places: Option<u32>) -> Self {
        let (a, n) = (load.get(), agents.get());
        let abandonment_rate = abandonment_rate(patience);
        let mut idle = 0.0;
        let state = if n == 0.0 && places == Some(0) {
            State::Unanswered { places, arrival_rate: 0.0 } // blocked even without arrivals, as in Erlang B
        } else if a == 0.0 || handling.get() == 0.0 {
            State::Idle
        } else if n == 0.0 {
            State::Unanswered { places, arrival_rate: a / handling.get() }
        } else {
            let (arrival_rate, service_rate) = (a / handling.get(), n / handling.get());
            let waits_for_ever = patience.is_none() && places.is_none() && a >= n;
            let below = if waits_for_ever { Below::NOBODY_FREE } else { calls_below(a, n) };
            let line = WaitingLine::new(below, arrival_rate, service_rate, abandonment_rate, places);
            idle = below.weighted / below.mass * line.free();
            State::Line(line)
        };
        let idle = (n.fract() == 0.0).then_some(idle);
        Self { state, abandonment_rate, busy_share: None, handling: handling.get(), idle, load: a, agents: n }
    }

    /// Share of contacts blocked where nobody answers. Without abandonment the room is always full; with it, contacts are lost as in
    /// Erlang B with each place a server.
    fn blocked_unanswered(&self, places: Option<u32>, arrival_rate: f64) -> f64 {
        match places {
            None => 0.0,
            Some(0) => 1.0,
            Some(_) if self.abandonment_rate == 0.0 => 1.0,
            Some(places) => erlang_b(
                Erlangs::new(arrival_rate / self.abandonment_rate).expect("a rate of arrivals over a rate of giving up is a load"),
                Agents::whole(places),
            ),
        }
    }

    /// Probability that an arriving contact waits and is not blocked.
    #[must_use]
    pub fn p_wait(&self) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { places, arrival_rate } => 1.0 - self.blocked_unanswered(places, arrival_rate),
            State::Line(line) => line.p_wait(),
        }
    }

    /// Probability that an arriving contact is blocked.
    #[must_use]
    pub fn blocking(&self) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { places, arrival_rate } => self.blocked_unanswered(places, arrival_rate),
            State::Line(line) => line.blocking(),
        }
    }

    /// Mean wait of the answered contacts in seconds (ASA); NaN if none are answered but some abandon.
    #[must_use]
    pub fn asa(&self) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { .. } if self.abandonment_rate == 0.0 => f64::INFINITY,
            State::Unanswered { .. } => f64::NAN,
            State::Line(line) => line.asa(),
        }
    }

    /// Mean wait of all admitted contacts in seconds, abandoned ones included.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { .. } => 1.0 / self.abandonment_rate,
            State::Line(line) => line.mean_wait(),
        }
    }

    /// Mean wait in seconds of the contacts that wait at all, answered or abandoned. Without arrivals, that of a contact with infinite
    /// patience that finds all agents busy, and 0 with patience.
    #[must_use]
    pub fn mean_wait_of_waiters(&self) -> f64 {
        match self.state {
            State::Idle if self.abandonment_rate == 0.0 && self.agents > 0.0 => self.handling / self.agents,
            State::Idle => 0.0,
            State::Unanswered { .. } => self.mean_wait(),
            State::Line(line) => line.mean_wait_of_waiters(),
        }
    }

    /// Mean wait in seconds of abandoning contacts; NaN if there are none.
    #[must_use]
    pub fn mean_wait_of_given_up(&self) -> f64 {
        match self.state {
            State::Unanswered { .. } if self.abandonment_rate > 0.0 => 1.0 / self.abandonment_rate,
            State::Idle | State::Unanswered { .. } => f64::NAN,
            State::Line(line) => line.mean_wait_of_given_up(),
        }
    }

    /// Quantile in seconds of the wait of contacts with infinite patience; `share` is at least 0 and below 1.
    ///
    /// ```
    /// use peakshift::{staffing::erlang_c, units::{Agents, Erlangs, Seconds}};
    /// let queue = erlang_c(Erlangs::new(0.5)?, Seconds::new(180.0)?, Agents::whole(1));
    /// assert_eq!(queue.wait_quantile(0.5), 0.0); // half of them do not wait
    /// assert!((queue.wait_quantile(0.9) - 360.0 * 5.0_f64.ln()).abs() < 1e-9);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn wait_quantile(&self, share: f64) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { .. } => f64::INFINITY,
            State::Line(line) => line.wait_quantile(share),
        }
    }

    /// Share of the offered contacts that abandon within a time.
    #[must_use]
    pub fn given_up_within(&self, within: Seconds) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { .. } => self.p_wait() * -(-self.abandonment_rate * within.get()).exp_m1(),
            State::Line(line) => line.given_up_within(within.get()),
        }
    }

    /// Mean number of contacts waiting.
    #[must_use]
    pub fn mean_queue(&self) -> f64 {
        match self.state {
            State::Idle => 0.0,
            State::Unanswered { arrival_rate, .. } => self.p_wait() * arrival_rate / self.abandonment_rate,
            State::Line(line) => line.mean_queue(),
        }
    }

    /// Share of the offered contacts that abandon.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        match self.state {
            State::Unanswered { .. } if self.abandonment_rate > 0.0 => self.p_wait(),
            State::Idle | State::Unanswered { .. } => 0.0,
            // in overload the share is nearly 1 − n/a, and the contribution of idle agents would be lost in rounding
            State::Line(line) if self.abandonment_rate > 0.0 && self.load > self.agents && line.blocking() == 0.0 => match self.idle {
                Some(idle) => (self.load - self.agents) / self.load + idle / self.load,
                None => line.abandonment(),
            },
            State::Line(line) => line.abandonment(),
        }
    }

    /// Whether a larger share of the offered contacts than `most` abandons, to 25 digits.
    #[must_use]
    pub fn abandons_more_than(&self, most: f64) -> bool {
        const SAME_SHARE: f64 = 1e-25;
        self.idle_beyond(most).map_or_else(|| self.abandonment() > most, |idle| idle > SAME_SHARE * self.load)
    }

    /// Whether the mean wait of all contacts, abandoned ones included, exceeds `most` seconds; by Little's law this is a condition on
    /// abandonment.
    #[must_use]
    pub fn keeps_waiting_longer_than(&self, most: f64) -> bool {
        self.idle_beyond(most * self.abandonment_rate).map_or_else(|| self.mean_wait() > most, |idle| idle > 0.0)
    }

    /// In overload, mean number of idle agents beyond that at which exactly the share `given_up` would abandon. That share is so close to
    /// 1 − n/a that rounding would hide the difference.
    fn idle_beyond(&self, given_up: f64) -> Option<f64> {
        let overloaded = self.abandonment_rate > 0.0 && self.load > self.agents && self.agents > 0.0 && self.blocking() == 0.0;
        self.idle.filter(|_| overloaded).map(|idle| idle - (given_up * self.load - (self.load - self.agents)))
    }

    /// Busy desk time over desk time; for chats the share of agents with at least one chat.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        match (self.state, self.busy_share) {
            (_, Some(busy)) => busy,
            (State::Idle, None) => 0.0,
            (State::Unanswered { .. }, None) => f64::NAN,
            (State::Line(line), None) if self.abandonment_rate == 0.0 && line.blocking() == 0.0 => (self.load / self.agents).min(1.0),
            (State::Line(line), None) => self.load * line.answered() / self.agents,
        }
    }

    /// Share of contacts that meet `within`, by the given definition; 1 without arrivals.
    #[must_use]
    pub fn service_level(&self, within: Seconds, definition: ServiceLevelDefinition) -> f64 {
        match self.state {
            State::Idle => 1.0,
            State::Unanswered { .. } => match definition {
                ServiceLevelDefinition::AnsweredOrAbandoned => self.given_up_within(within),
                ServiceLevelDefinition::Answered if self.abandonment_rate > 0.0 => f64::NAN,
                _ => 0.0,
            },
            State::Line(line) => line.service_level(within.get(), definition),
        }
    }
}

/// States of n single-call agents with somebody free: for whole n 0..n−1, else from 1/B of the real number.
fn calls_below(load: f64, agents: f64) -> Below {
    if agents.fract() == 0.0 {
        return Below::of_calls(load, agents as usize);
    }
    let blocking = erlang_b(
        Erlangs::new(load).expect("the argument is checked by its caller"),
        Agents::new(agents).expect("the argument is checked by its caller"),
    );
    Below { mass: (1.0 / blocking - 1.0) * load / agents, weighted: 0.0, log_scale: 0.0 }
}
