//! Where the table of an export lies in its file.

mod ahead;
pub(in crate::input) mod body;
pub(in crate::input) mod joined;
pub(in crate::input) mod layout;
pub(in crate::input) mod lines;
pub(in crate::input) mod merged;
pub(in crate::input) mod page;
pub(in crate::input) mod source;
pub(in crate::input) mod workbook;
