//! Accounting of a roster, from the roster alone: pay, averaging periods, coverage, shares.

pub(in crate::roster) mod attended;
pub(in crate::roster) mod averaging_period;
pub(in crate::roster) mod block;
pub(in crate::roster) mod coverage;
pub(in crate::roster) mod guarantee;
pub(in crate::roster) mod leave;
pub(in crate::roster) mod minimum_staffing;
pub(in crate::roster) mod pay;
pub(in crate::roster) mod regular_hours;
pub(in crate::roster) mod shared_time;
pub(in crate::roster) mod site;
pub(in crate::roster) mod split;
pub(in crate::roster) mod time_account;
