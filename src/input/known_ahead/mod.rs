//! What is known ahead of days that are not ordinary: holidays, promotions, corrections?

pub(in crate::input) mod calendar;
pub(in crate::input) mod cells;
pub(in crate::input) mod day_curves;
pub(in crate::input) mod drivers;
pub(in crate::input) mod events;
pub(in crate::input) mod families;
pub(in crate::input) mod idle_promotions;
pub(in crate::input) mod lifts_file;
pub(in crate::input) mod next_year;
pub(in crate::input) mod overrides;
pub(in crate::input) mod plan_intervals;
pub(in crate::input) mod promotions;
