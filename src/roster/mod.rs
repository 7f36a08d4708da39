//! Who works when? Demand per interval and queue, people, rules and prices in; a legal roster with its cost, its proven bound
//! and every shortage out.
//!
//! The room knows no contacts and no Erlang formulas. It states the problem as a model free of dates and money, inserts people one by
//! one at the exact marginal price of the desk, improves the roster by exact searches over whole tours, and proves by prices of an
//! agent what no roster can undercut. `check` re-counts every rule without any of that.

mod account;
mod activity;
mod alternatives;
mod attended;
mod balance;
mod block;
mod check;
mod company;
mod cost;
mod courtesy;
mod coverage;
mod engine;
mod leave;
mod obstacles;
mod occupied;
mod pattern;
mod pay;
mod presence;
mod problem;
pub mod published;
mod relief;
mod repair;
mod rests;
mod result;
mod rules;
mod shares;
mod shortage;
mod site;
mod skipped_hour;
mod solve;
mod spare;
mod split;
mod standby;
mod statement;
mod timetable;
mod tours;

pub use account::{Account, BURDENS, Burdens};
pub use activity::{Activity, Attendance, Occupation};
pub use alternatives::{Alternative, Swap, Trial};
pub use attended::{Attended, attended};
pub use block::{SmallBlock, small_blocks};
pub use check::{RosterFile, RosterRow, Violation, Written, check, check_file, check_rows};
pub use company::{Company, company};
pub use cost::CostParts;
pub use courtesy::{Reach, Restraint, drop_impossible_pins};
pub use coverage::{QueueCoverage, coverage, missing};
pub use obstacles::Whereabouts;
pub use pattern::{Break, BreakWindow, MealWindow, RESERVE, REST_MINUTES, ShiftTemplate, at_all_clocks, short_of};
pub use pay::{PaidStretch, excused_stretches, idle_hours, overtime_hours, paid_stretches, pay};
pub use presence::{Absent, Presence, absent};
pub use problem::{PastDuty, Person, Prices, QueueDemand, RosterProblem, Worth};
pub use relief::{Relaxation, Relief, Reliefs, reliefs};
pub use repair::{Change, Reason, Repaired, repair};
pub use result::{Assignment, Roster, Solved, with_shift};
pub use rules::{Choice, NO_LIMIT, Rules, is_late, is_night, may_work};
pub use shortage::{Shortage, shortages};
pub use site::{SiteShare, site_shares};
pub use solve::{MANY_PEOPLE, draft, priced_anew, prove, refit, revise, solve};
pub use standby::{Ask, Offer, offers};
pub use timetable::timetable;
