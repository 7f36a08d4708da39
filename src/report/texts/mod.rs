//! Sentences for the terminal and for pages.

pub(super) mod activities;
pub(super) mod advice;
pub(super) mod capacity;
pub(super) mod cost;
pub(super) mod drill;
pub(super) mod intraday;
pub(super) mod mended;
pub(super) mod offers;
pub(super) mod peaks;
pub(super) mod people;
pub(super) mod review;
pub(super) mod rules;
pub(super) mod sharing;
pub(super) mod sites;
pub(super) mod summary;
pub(super) mod warnings;
