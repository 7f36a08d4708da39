//! What is planned, for which queues, under which contracts, rules and prices? The sections of `plan.toml`.

mod activity;
mod capacity;
mod contract;
mod costs;
pub(super) mod files;
mod heading;
mod hours;
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
