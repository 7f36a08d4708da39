//! Calendars of people (iCalendar, RFC 5545): entries of their shifts, how one calendar follows an earlier one, and their text. Shared by the
//! code that writes calendars and the code that reads the earlier ones back.

mod clock_rules;
mod content;
mod entry;
mod published;
mod text;

pub use content::Content;
pub use entry::Entry;
pub use published::{Diary, Earlier};
