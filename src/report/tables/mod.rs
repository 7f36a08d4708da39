//! Tables for planners, as plain data, as CSV and as a workbook.

pub(super) mod accuracy;
pub(super) mod calculator;
pub(super) mod capacity;
pub(super) mod cells;
pub(super) mod comparison;
pub(super) mod curves;
pub(super) mod drill;
pub(super) mod forecast;
pub(super) mod offers;
pub(super) mod requirement;
pub(super) mod review;
pub(super) mod roster;
pub(super) mod service;
pub(super) mod sheet;
pub(super) mod solution;
pub(super) mod staffing;
pub(super) mod workbook;
