//! Schedules for other systems, all from one table of activities.

pub(super) mod cxone;
pub(super) mod google;
pub(super) mod grid;
pub(super) mod schedule;
pub(super) mod teams;
