//! Rosters of random teams, broken rosters, and what work is paid: from a plan folder's text to the roster file and back.

mod broken_rosters;
mod money;
mod random_teams;
#[path = "../support/mod.rs"]
mod support;
mod team;
