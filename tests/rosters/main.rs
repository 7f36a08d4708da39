//! Rosters of random teams, broken rosters, and pay: from the text of a plan folder to the roster file and back.

mod broken_rosters;
mod money;
mod random_teams;
#[path = "../support/mod.rs"]
mod support;
mod team;
