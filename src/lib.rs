#![doc = include_str!("docs/crate.md")]

// the ground floor
pub mod budget;
pub mod calendar;
pub mod diary;
pub mod event;
pub mod identifier;
pub mod law;
pub mod manifest;
pub mod messages;
pub mod outcome;
pub mod outside;
pub mod service;
pub mod spreadsheet;
pub mod time;
pub mod units;
pub mod workbook;
pub mod workforce;
pub mod zone;

// the pipeline, in its order
pub mod capacity;
pub mod forecast;
pub mod history;
pub mod intraday;
pub mod plan;
pub mod review;
pub mod risk;
pub mod roster;
pub mod scenario;
pub mod simulate;
pub mod staffing;

// the edges
pub mod input;
pub mod report;

#[doc = include_str!("docs/architecture.md")]
pub mod architecture {}
#[doc = include_str!("docs/design.md")]
pub mod design {}
#[doc = include_str!("docs/file_formats.md")]
pub mod file_formats {}
#[doc = include_str!("docs/forecasting.md")]
pub mod forecasting {}
#[doc = include_str!("docs/formulation.md")]
pub mod formulation {}
#[doc = include_str!("docs/glossary.md")]
pub mod glossary {}
#[doc = include_str!("docs/headers.md")]
pub mod headers {}
