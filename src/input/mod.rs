//! Files to checked types: one reader a kind of file, every problem of every file at once.
//!
//! Tables may have Chinese or English headers, be UTF-8 with or without a byte-order mark or GBK, and use comma, semicolon or
//! tab. Columns of personal data are refused. Nothing is computed here.

mod accounts;
mod activity_section;
mod beside;
mod capacity_section;
mod cells;
mod counted_twice;
mod counts;
mod date_form;
mod decimals;
mod durations;
mod encodings;
mod erlang_batch;
mod error_cells;
mod facts;
mod flat;
mod folder;
mod from_utc;
mod header_units;
mod headers;
mod hours_section;
mod identifier_cell;
mod inputs_of;
mod intervals;
mod kept;
mod lifts_file;
mod matrix;
mod mixed_rows;
mod names;
mod next_year;
mod nrp_instance;
mod overrides;
mod people;
mod personal;
mod personal_values;
mod personal_words;
mod pins;
mod plan_file;
mod presence_section;
mod problem;
mod promotions;
mod queue_names;
mod queue_section;
mod records;
mod requests;
mod requirement_file;
mod resettings;
mod roster_file;
mod roster_slips;
mod row;
mod scenarios;
mod settings;
mod sheet;
mod shifts;
mod site_section;
mod split_times;
mod strays;
mod summary_rows;
mod table;
mod table_header;
mod text;
mod toml_form;
mod tour_instance;
mod write_back;
mod written_with;

pub use erlang_batch::{ErlangRow, Model, Objection, at_desk, at_desk_of, ranges, read_erlang_batch, read_share, share_meant, shown};
pub use flat::{Flat, read_flat};
pub use folder::{Folder, KnownAhead, Reading};
pub use kept::{read_forecast_of, read_kept};
pub use nrp_instance::read_nrp_instance;
pub use problem::{Problem, Problems};
pub use tour_instance::read_tour_instance;

#[cfg(test)]
mod damaged_files;
