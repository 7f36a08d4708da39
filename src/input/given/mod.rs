//! Files given on the command line for one export: workbooks to be filled in, and what other systems call people.

mod book;
pub(super) mod grid;
pub(super) mod outside_ids;
mod tables;
pub(super) mod template;
