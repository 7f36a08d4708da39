//! Sections of `plan.toml`: plan, queues, contracts, rules and prices.

mod activity;
mod capacity;
mod contract;
mod costs;
pub(super) mod files;
mod heading;
mod hours;
pub(super) mod imports;
mod pack;
pub(super) mod plan;
mod presence;
pub(super) mod queue;
pub(super) mod resettings;
mod rules;
mod section_names;
pub(super) mod sections;
mod shrinkage;
mod site;
mod strays;
