//! Catalogue of rules, one file each.
//!
//! A rule of a person's week is a small automaton over days. Its state holds all that past days imply for future ones; a step either
//! forbids a choice or gives the next state and its cost. The search over whole tours walks the product of all automata, after the
//! days before the horizon, so one definition serves search, carried-over state and bound. Two kinds of rules are no automata: rest
//! between shifts, which the search enforces itself, and what concerns one person on one day, which has a price. The independent
//! checker (`check`) counts the same rules on dates and shares nothing with this folder but the parameters.

pub(in crate::roster) mod automaton;
pub(in crate::roster) mod days_off_running;
pub(in crate::roster) mod days_running;
pub(in crate::roster) mod free_weekends;
pub(in crate::roster) mod late_shifts;
pub(in crate::roster) mod month_overtime;
pub(in crate::roster) mod nights;
pub(in crate::roster) mod requests;
pub(in crate::roster) mod rest;
pub(in crate::roster) mod rest_days;
pub(in crate::roster) mod rule;
pub(in crate::roster) mod shift_fit;
pub(in crate::roster) mod start_change;
pub(in crate::roster) mod successions;
pub(in crate::roster) mod terms;
pub(in crate::roster) mod terms_rules;
pub(in crate::roster) mod week_hours;
pub(in crate::roster) mod weekend;
