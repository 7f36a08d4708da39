//! Workbooks (XLSX) that users give to be filled in: some cells of one sheet get a value, every other part stays byte for byte.
//!
//! The sheet's XML is copied but for the cells that change, which keep their format; texts are written into the cells themselves, so that
//! even the table of shared texts is untouched. Libraries that read a workbook and write it again leave out what they do not know.

mod fault;
mod fill;
mod filling;
mod given;
mod package;
mod place;
mod rows;
mod tags;

pub use fault::BookFault;
pub use fill::filled;
pub use filling::{Filling, Value};
pub use given::{DayCell, GivenGrid, GivenTemplate, Said, TemplateField};
