//! Readers from files to validated types: one for each kind of file, reporting all problems of all files at once.
//!
//! Tables may have Chinese or English headers, be UTF-8 with or without a byte-order mark or GBK, and use comma, semicolon or tab. Columns
//! of personal data are refused. Nothing is computed here.

mod calculator;
mod cell;
mod diaries;
mod flat;
mod folder;
mod given;
mod header;
mod history;
mod import;
mod kept;
mod known_ahead;
mod naming;
mod people;
mod personal;
mod plan_file;
mod problem;
mod published;
mod roster;
mod scenarios;
mod settings;
mod shifts;
mod table;
mod text;

pub use calculator::batch::read_erlang_batch;
pub use calculator::question::{ErlangRow, Objection, at_desk, at_desk_of, ranges, shown};
pub use calculator::share::{read_share, share_meant};
pub use diaries::read_diaries;
pub use flat::{Flat, read_flat};
pub use folder::facts::KnownAhead;
pub use folder::map_file::read_maps;
pub use folder::place::Folder;
pub use folder::whole::Reading;
pub use given::grid::read_grid;
pub use given::outside_ids::read_outside_ids;
pub use given::template::read_template;
pub use import::files::{ImportOptions, Imported, Maps, read_exports};
pub use import::folder::learned::LearnedQueue;
pub use import::folder::map_text::map_text;
pub use import::folder::new_folder::new_plan_folder;
pub use import::understood::{ColumnRead, Understood};
pub use kept::{read_forecast_of, read_kept};
pub use problem::collected::Problems;
pub use problem::single::Problem;
pub use problem::way::Way;
pub use published::nrp::read_nrp_instance;
pub use published::tour::read_tour_instance;

#[cfg(test)]
mod damaged_files;
