//! What do the rows of a table say? A CSV file or a sheet as rows of named cells, each checked when it is asked for.

mod date_orders;
mod decimal_sign;
pub(super) mod file;
mod form;
mod identifiers;
mod interval_ends;
mod records;
pub(super) mod row;
pub(super) mod separators;
pub(super) mod sheet;
mod summary_rows;
