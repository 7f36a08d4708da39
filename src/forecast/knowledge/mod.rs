//! Facts and features of days, past and future.

pub(in crate::forecast) mod days;
pub(in crate::forecast) mod facts;
pub(in crate::forecast) mod holidays;
pub(in crate::forecast) mod known;
