//! Rostering: from demand per interval and queue, people, rules and prices to a legal roster with its cost, its proven bound and every
//! shortage.
//!
//! This module knows no contacts and no Erlang formulas. It states the problem as a model free of dates and money, inserts people one by
//! one at the exact marginal price of an agent, improves the roster by exact searches over whole tours, and proves with dual prices
//! which cost no roster undercuts. `check` re-counts every rule independently of all that.
//!
//! # The team of the examples
//!
//! Three agents with a forty-hour week and one shift; two agents are required at the desk from 09:00 to 17:00.
//!
//! ```
//! use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours, Money}, workforce::{Contract, Employee}};
//! let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
//! let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
//! let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
//! problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
//! problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
//! let required = |slot| if (9..17).contains(&problem.grid.slot_of_day(slot)) { 2.0 } else { 0.0 };
//! problem.demand = vec![QueueDemand::new("phone", (0..problem.grid.len()).map(required).collect())];
//! let solved = solve(&problem, 1, &Budget::of_effort(1));
//! assert_eq!((solved.roster.assignments.len(), solved.parts.understaffing), (3 * 5, Money::ZERO)); // forty hours each are paid anyway
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod activity_schedule;
mod alternatives;
mod check;
mod cost;
mod count;
mod courtesy;
mod engine;
mod formulation;
mod model;
mod obstacles;
mod offers;
pub mod published;
mod relief;
mod repair;
mod rules;
mod shortage;
mod solve;
mod solved;

pub use activity_schedule::schedule_activities;
pub use alternatives::{Alternative, Swap, Trial};
pub use check::{RosterFile, RosterRow, Violation, Written, check, check_file, check_rows};
pub use cost::CostParts;
pub use count::attended::{Attended, attended};
pub use count::block::{SmallBlock, small_blocks};
pub use count::coverage::{QueueCoverage, coverage, missing};
pub use count::guarantee::idle_hours;
pub use count::minimum_staffing::{Understaffing, understaffing};
pub use count::pay::{PaidStretch, excused_stretches, overtime_hours, paid_stretches, pay};
pub use count::shared_time::{SharedTime, shared_time};
pub use count::site::{SiteShare, site_shares};
pub use courtesy::{Reach, Restraint, drop_impossible_pins};
pub use model::activity::{Activity, Attendance, OfflineActivity};
pub use model::assignment::{Assignment, Roster, Stint};
pub use model::breaks::{Break, BreakWindow, MealWindow, REST_MINUTES};
pub use model::choice::Choice;
pub use model::minimum_staffing::MinimumStaffing;
pub use model::placement::with_shift;
pub use model::prices::Prices;
pub use model::problem::{PastDuty, Person, QueueDemand, RosterProblem, ServiceValue};
pub use model::rules::{NO_LIMIT, Rules, is_late, is_night};
pub use model::shift::{RESERVE, ShiftTemplate, at_all_clocks};
pub use model::time_account::{BURDENS, Burdens, TimeAccount};
pub use obstacles::Whereabouts;
pub use offers::{Offer, OfferKind, offers};
pub use relief::{Relaxation, Relief, Reliefs, reliefs};
pub use repair::{Change, Reason, Repaired, repair};
pub use rules::shift_fit::may_work;
pub use shortage::{Shortage, shortages};
pub use solve::{MANY_PEOPLE, assigned, draft, priced_anew, prove, refit, revise, solve};
pub use solved::Solved;
