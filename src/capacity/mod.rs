//! Capacity planning: hiring over many weeks, from requirements and current headcount, as an integer program.
//!
//! A week of a queue is described by the value of its paid hours ([`HoursCurve`]), current agents by the hours they work, and recruits by
//! their hours week by week after their start ([`Recruit`]). All hours here are paid hours of an agent who is present and works at
//! standard speed.

mod problem;
mod program;
mod recount;
mod search;
mod solver;
mod terms;
mod worth;

pub use problem::{CapacityPlan, CapacityProblem, Newcomers, Overtime, Pool, Recruit, Temp};
pub use recount::Broken;
pub use search::{solve, without_hiring};
pub use solver::Unsolved;
pub use terms::HiringTerms;
pub use worth::{HoursCurve, Pattern, Tangent, Week, hours_curve};
