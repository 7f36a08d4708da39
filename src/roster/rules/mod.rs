//! The catalogue of rules: one file a rule.
//!
//! A rule of a person's week is a small automaton over days. Its state says all that the days so far mean for the days to come;
//! a step either forbids a choice or gives the next state and what it costs. The search over whole tours walks the product of
//! all automata, the days before the horizon are walked first, and so one text serves search, carried-over state and bound.
//! Two kinds of rules are no automata: rest between shifts, which the search keeps by itself, and what concerns one person on one
//! day, which has a price. The independent checker (`check`) counts the same rules on dates and shares nothing with this folder but
//! the numbers.

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
