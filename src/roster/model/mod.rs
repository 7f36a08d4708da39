//! What is given: people, shifts, rules, prices, what is to be covered; and what is found: who works when.

pub(in crate::roster) mod activity;
pub(in crate::roster) mod assignment;
pub(in crate::roster) mod breaks;
pub(in crate::roster) mod choice;
pub(in crate::roster) mod minimum_staffing;
pub(in crate::roster) mod placement;
pub(in crate::roster) mod problem;
pub(in crate::roster) mod rests;
pub(in crate::roster) mod rules;
pub(in crate::roster) mod shift;
pub(in crate::roster) mod skipped_hour;
pub(in crate::roster) mod time_account;
