//! Exports of other systems: the table is found, the meaning and form of each column decided from all its cells, and rows become counts.

mod body;
mod clocks;
mod contacts;
mod durations;
mod evidence;
pub(super) mod export;
pub(super) mod files;
mod grid;
mod layout;
pub(super) mod learned;
pub(super) mod map;
pub(super) mod map_text;
pub(super) mod meaning;
mod moment_evidence;
mod moments;
pub(super) mod new_folder;
mod numbers;
mod queue_log;
mod read;
mod roles;
mod source;
mod tally;
pub(super) mod understood;
mod waits;
mod wide;
mod words;
mod workbook;
