//! Tables: CSV files and sheets as rows of named cells, each validated when requested.

mod date_orders;
mod decimal_sign;
pub(super) mod file;
mod form;
mod identifiers;
mod interval_ends;
pub(super) mod records;
pub(super) mod row;
pub(super) mod separators;
pub(super) mod sheet;
mod summary_rows;
