//! Contact history: a complete day × interval table with findings about data quality, from raw counts.
//!
//! Nothing here knows an event's effect or a model. A missing count stays missing: no engine sees an invented number, except for hours
//! that a plan opens newly (`opened`).

mod begun;
mod clock_changes;
mod closed_hours;
mod contact_history;
mod figures;
mod finding;
mod gathered;
mod health;
mod interval;
mod level_shifts;
mod levels;
mod never_counted;
mod opened;
mod ordinary;
mod raw;
mod regrid;
mod shift_starts;
mod suspects;
mod zeros;

pub use contact_history::ContactHistory;
pub use figures::Figures;
pub use finding::{Finding, FindingKind};
pub use interval::interval_of;
pub(crate) use level_shifts::{LevelShift, level_shifts};
pub use opened::NewHours;
pub(crate) use raw::recency;
pub use raw::{Handled, RawCount, usual_handling};
pub(crate) use suspects::suspected_between;
