//! What do the rows of a table say? A CSV file or a sheet as rows of named cells, each checked when it is asked for.

pub(in crate::input) mod date_orders;
pub(in crate::input) mod decimal_sign;
pub(in crate::input) mod file;
pub(in crate::input) mod form;
pub(in crate::input) mod identifiers;
pub(in crate::input) mod interval_ends;
pub(in crate::input) mod records;
pub(in crate::input) mod row;
pub(in crate::input) mod separators;
pub(in crate::input) mod sheet;
pub(in crate::input) mod summary_rows;
