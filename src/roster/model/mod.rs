//! Data model of rostering: people, shifts, rules, prices and requirements as input, the roster as output.

pub(in crate::roster) mod activity;
pub(in crate::roster) mod assignment;
pub(in crate::roster) mod breaks;
pub(in crate::roster) mod choice;
pub(in crate::roster) mod minimum_staffing;
pub(in crate::roster) mod placement;
pub(in crate::roster) mod prices;
pub(in crate::roster) mod problem;
pub(in crate::roster) mod rests;
pub(in crate::roster) mod rules;
pub(in crate::roster) mod shift;
pub(in crate::roster) mod skipped_hour;
pub(in crate::roster) mod time_account;
