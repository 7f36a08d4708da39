//! Known facts on extraordinary days: holidays, promotions, corrections.

pub(super) mod calendar;
mod cells;
pub(super) mod day_curves;
pub(super) mod drivers;
pub(super) mod events;
mod families;
pub(super) mod idle_promotions;
pub(super) mod lifts_file;
mod next_year;
pub(super) mod overrides;
pub(super) mod plan_intervals;
pub(super) mod promotions;
