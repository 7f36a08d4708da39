//! Whom to hire and when: the need of many weeks against the people there are, as an integer program.
//!
//! A week of a queue is told by what its shifts are worth ([`HoursCurve`]); people by the hours they give, those who are hired, week by
//! week after their start ([`Recruit`]). All hours here are paid hours of somebody present who works at standard speed.

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
