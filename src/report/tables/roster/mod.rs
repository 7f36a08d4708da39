//! Tables of a roster: shifts, pay, state carried over, and its workbook.

pub(in crate::report) mod activities;
pub(in crate::report) mod carried;
pub(in crate::report) mod matrix;
pub(in crate::report) mod mended;
pub(in crate::report) mod payroll;
pub(in crate::report) mod shifts;
pub(in crate::report) mod sites;
pub(in crate::report) mod workbook;
