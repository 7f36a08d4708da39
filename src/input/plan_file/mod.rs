//! What is planned, for which queues, under which contracts, rules and prices? The sections of `plan.toml`.

pub(in crate::input) mod activity;
pub(in crate::input) mod capacity;
pub(in crate::input) mod contract;
pub(in crate::input) mod costs;
pub(in crate::input) mod files;
pub(in crate::input) mod heading;
pub(in crate::input) mod hours;
pub(in crate::input) mod plan;
pub(in crate::input) mod presence;
pub(in crate::input) mod queue;
pub(in crate::input) mod resettings;
pub(in crate::input) mod rules;
pub(in crate::input) mod section_names;
pub(in crate::input) mod sections;
pub(in crate::input) mod shrinkage;
pub(in crate::input) mod site;
pub(in crate::input) mod strays;
