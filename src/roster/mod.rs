//! Who works when? Demand per interval and queue, people, rules and prices in; a legal roster with its cost, its proven bound
//! and every shortage out.
//!
//! The room knows no contacts and no Erlang formulas. It states the problem as a model free of dates and money, inserts people one by
//! one at the exact marginal price of the desk, improves the roster by exact searches over whole tours, and proves by prices of an
//! agent what no roster can undercut. `check` re-counts every rule without any of that.

mod alternatives;
mod check;
mod cost;
mod count;
mod courtesy;
mod engine;
mod formulation;
mod model;
mod obstacles;
pub mod published;
mod relief;
mod repair;
mod rules;
mod shortage;
mod solve;
mod solved;
mod standby;
mod timetable;

pub use alternatives::{Alternative, Swap, Trial};
pub use check::{RosterFile, RosterRow, Violation, Written, check, check_file, check_rows};
pub use cost::CostParts;
pub use count::attended::{Attended, attended};
pub use count::block::{SmallBlock, small_blocks};
pub use count::company::{Company, company};
pub use count::coverage::{QueueCoverage, coverage, missing};
pub use count::guarantee::idle_hours;
pub use count::minimum_staffing::{Absent, absent};
pub use count::pay::{PaidStretch, excused_stretches, overtime_hours, paid_stretches, pay};
pub use count::site::{SiteShare, site_shares};
pub use courtesy::{Reach, Restraint, drop_impossible_pins};
pub use model::account::{Account, BURDENS, Burdens};
pub use model::activity::{Activity, Attendance, Occupation};
pub use model::assignment::{Assignment, Roster};
pub use model::breaks::{Break, BreakWindow, MealWindow, REST_MINUTES};
pub use model::choice::Choice;
pub use model::placement::with_shift;
pub use model::presence::Presence;
pub use model::problem::{PastDuty, Person, Prices, QueueDemand, RosterProblem, Worth};
pub use model::rules::{NO_LIMIT, Rules, is_late, is_night};
pub use model::shift::{RESERVE, ShiftTemplate, at_all_clocks, short_of};
pub use obstacles::Whereabouts;
pub use relief::{Relaxation, Relief, Reliefs, reliefs};
pub use repair::{Change, Reason, Repaired, repair};
pub use rules::shift_fit::may_work;
pub use shortage::{Shortage, shortages};
pub use solve::{MANY_PEOPLE, draft, priced_anew, prove, refit, revise, solve};
pub use solved::Solved;
pub use standby::{Ask, Offer, offers};
pub use timetable::timetable;
