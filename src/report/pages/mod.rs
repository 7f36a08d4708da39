//! Complete documents: the HTML page, Markdown documents, and calendars for the phone.

pub(super) mod diary;
pub(super) mod explain;
pub(super) mod html;
pub(super) mod markdown;
pub(super) mod mended;
