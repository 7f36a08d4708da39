//! Schedules for other systems: every form says what the roster says, grids keep whatever is not theirs, and what is personal stays in the
//! file that was asked for.

mod calendars;
mod commands;
mod grids;
mod schedules;
#[path = "../rosters/team.rs"]
mod team;
