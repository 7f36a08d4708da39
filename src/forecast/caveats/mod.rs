//! Caveats of a forecast.

pub(in crate::forecast) mod caveat;
pub(in crate::forecast) mod of_events;
pub(in crate::forecast) mod of_history;
