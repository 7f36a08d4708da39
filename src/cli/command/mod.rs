//! The commands, one file each.

pub(in crate::cli) mod accuracy;
pub(in crate::cli) mod backtest;
pub(in crate::cli) mod benchmark;
pub(in crate::cli) mod capacity;
pub(in crate::cli) mod check;
pub(in crate::cli) mod compare;
pub(in crate::cli) mod drill;
pub(in crate::cli) mod erlang;
pub(in crate::cli) mod exchange;
pub(in crate::cli) mod finished;
pub(in crate::cli) mod forecast;
pub(in crate::cli) mod init;
pub(in crate::cli) mod plan;
pub(in crate::cli) mod reforecast;
pub(in crate::cli) mod repair;
pub(in crate::cli) mod review;
pub(in crate::cli) mod roster;
pub(in crate::cli) mod staff;
pub(in crate::cli) mod why;
