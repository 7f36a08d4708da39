#![doc = include_str!("docs/crate.md")]

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
