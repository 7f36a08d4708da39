//! Exports of other systems: the table is found, the meaning and form of each column decided from all its cells, and rows become counts.

mod cells;
pub(super) mod columns;
pub(super) mod export;
pub(super) mod files;
pub(super) mod folder;
mod grid;
pub(super) mod headers;
mod rows;
pub(super) mod understood;
