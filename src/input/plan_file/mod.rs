//! What is planned, for which queues, under which contracts, rules and prices? The sections of `plan.toml`.

pub(in crate::input) mod activity;
pub(in crate::input) mod capacity;
pub(in crate::input) mod hours;
pub(in crate::input) mod presence;
pub(in crate::input) mod queue;
pub(in crate::input) mod resettings;
pub(in crate::input) mod sections;
pub(in crate::input) mod site;
pub(in crate::input) mod strays;
