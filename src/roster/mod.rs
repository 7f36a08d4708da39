//! Who works when? Demand per interval and queue, people, rules and prices in; a legal roster with its cost, its proven bound
//! and every shortage out.
//!
//! The room knows no contacts and no Erlang formulas. It inserts people one by one at the exact marginal price of the desk,
//! improves the roster by exact searches over whole tours, generates further tours against the linear relaxation (which also
//! proves the bound) and lets an integer program choose among them. `check` re-counts every rule without any of that.

mod bound;
mod check;
mod cover;
mod coverage;
mod engine;
mod improve;
mod master;
mod pattern;
mod pay;
mod problem;
pub mod published;
mod result;
mod rules;
mod solve;
mod team;
mod tour;

pub use check::{Violation, check};
pub use coverage::{QueueCoverage, coverage};
pub use pattern::{Break, BreakWindow, MealWindow, REST_MINUTES, ShiftTemplate};
pub use pay::{PaidStretch, idle_hours, paid_stretches};
pub use problem::{PastDuty, Person, Prices, QueueDemand, RosterProblem, Worth};
pub use result::{Assignment, Roster, Solved};
pub use rules::{Choice, Rules, is_late, is_night, may_work};
pub use solve::{draft, finish, priced_anew, revise, solve};
