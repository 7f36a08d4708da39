//! Staffing requirements: required agents per interval, from a series of contacts and service targets.
//!
//! The module knows no calendar, roster or names. Its formulas are exact for a queue in steady state. Where load changes quickly,
//! requirements follow the modified offered load, and a plan's predicted performance follows the line from interval to interval.
//!
//! What a [`SteadyQueue`] tells of ten erlangs of three-minute calls and 13 agents, without abandonment:
//!
//! ```
//! use peakshift::{staffing::{ServiceLevelDefinition, erlang_b, erlang_c}, units::{Agents, Erlangs, Seconds}};
//! let (load, agents) = (Erlangs::new(10.0)?, Agents::whole(13));
//! let line = erlang_c(load, Seconds::new(180.0)?, agents);
//! let is = |value: f64, formula: f64| assert!((value - formula).abs() < 1e-9, "{value} is not {formula}");
//! let lost = erlang_b(load, agents);
//! is(line.p_wait(), 13.0 * lost / (13.0 - 10.0 * (1.0 - lost))); // C from B: 28.5 %
//! is(line.mean_wait_of_waiters(), 180.0 / (13.0 - 10.0)); // a minute
//! is(line.asa(), line.p_wait() * 60.0); // 17.1 s
//! is(line.mean_queue(), line.asa() * 10.0 / 180.0); // Little's law
//! is(line.service_level(Seconds::new(20.0)?, ServiceLevelDefinition::Offered), 1.0 - line.p_wait() * (-20.0_f64 / 60.0).exp());
//! is(line.occupancy(), 10.0 / 13.0);
//! assert!(!line.keeps_waiting_longer_than(20.0) && line.blocking() == 0.0);
//! # Ok::<(), peakshift::units::UnitError>(())
//! ```
//!
//! And of as much work with 9 agents, where callers abandon after two minutes on average:
//!
//! ```
//! use peakshift::{staffing::erlang_a, units::{Agents, Erlangs, Seconds}};
//! let line = erlang_a(Erlangs::new(10.0)?, Seconds::new(180.0)?, Agents::whole(9), Seconds::new(120.0)?);
//! let is = |value: f64, formula: f64| assert!((value - formula).abs() < 1e-9, "{value} is not {formula}");
//! is(line.abandonment(), line.mean_wait() / 120.0); // the waiting abandon at a rate of 1 in two minutes
//! is(line.mean_queue(), line.mean_wait() * 10.0 / 180.0); // Little's law
//! is(line.occupancy(), 10.0 * (1.0 - line.abandonment()) / 9.0); // the others keep agents busy
//! is(line.given_up_within(Seconds::new(36_000.0)?), line.abandonment()); // sooner or later
//! assert!(line.abandons_more_than(0.1) && line.mean_wait_of_given_up() < 120.0); // at least the load beyond 9 erlangs
//! # Ok::<(), peakshift::units::UnitError>(())
//! ```

mod chain;
mod curve;
mod deferred;
mod erlang;
mod integral;
mod least_agents;
mod need;
mod offered_load;
mod performance;
mod poisson;
mod pooling;
mod priority;
mod question;
mod requirement;
mod shrinkage;
mod steady;
mod target_need;
mod transient;
mod waiting_line;
mod windows;

pub use curve::{ServiceCurve, service_curve};
pub use deferred::{DeferredFlow, deferred_flow, even_requirement, least_capacity};
pub use erlang::{SteadyQueue, chat, erlang_a, erlang_b, erlang_c, waiting_room};
pub use least_agents::{Requirement, least_agents, least_agents_erlang_c, least_real_agents};
pub use need::{Demand, IntervalNeed};
pub use offered_load::{delayed, peak_offered_load};
pub use performance::{Performance, performance, performances};
pub use pooling::pooled_need;
pub use priority::{Class, ClassTarget, TwoClasses};
pub use question::{Question, QueueingModel, met_by_loss};
pub use requirement::requirement;
pub use shrinkage::{Cause, Shrinkage};
pub use steady::{DEFAULT_WITHIN_SECONDS, within, within_of};
pub use transient::{ChangingLine, Leavers, Passing, Stretch};
pub use waiting_line::{ServiceLevelDefinition, WaitingLine};
pub use windows::{WindowsNeed, best_windows, windows_needs};
