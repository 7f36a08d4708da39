//! Staffing requirements: required agents per interval, from a series of contacts and service targets.
//!
//! The module knows no calendar, roster or names. Its formulas are exact for a queue in steady state. Where load changes quickly,
//! requirements follow the modified offered load, and a plan's predicted performance follows the line from interval to interval.

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
