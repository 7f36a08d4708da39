#![doc = include_str!("docs/crate.md")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap)]
#![allow(clippy::module_name_repetitions, clippy::float_cmp)]

pub mod budget;
pub mod calendar;
pub mod event;
pub mod service;
pub mod time;
pub mod units;
pub mod workforce;

pub mod forecast;
pub mod history;
pub mod input;
pub mod plan;
pub mod report;
pub mod roster;
pub mod scenario;
pub mod simulate;
pub mod staffing;
pub mod words;
