//! Reports for planners: tables as plain data first, then CSV, charts and a page. Nothing new is computed here.

mod charts;
mod exports;
mod figures;
mod files;
mod names;
mod output;
mod pages;
mod tables;
mod texts;

pub use charts::canvas::DrawError;
pub use charts::plan::Chart;
pub use charts::staffing::StaffingChart;
pub use exports::cxone::cxone_schedule;
pub use exports::google::google_calendar;
pub use exports::grid::{FilledGrid, filled_grid};
pub use exports::schedule::{Doing, Schedule, Shift, Stretch};
pub use exports::teams::{TEAMS_FIELDS, teams_book, teams_template};
pub use figures::colours::shift_colours;
pub use figures::cost::PartsSummary;
pub use figures::summary::{Attainment, QueueService, QueueSummary, ReplySummary, Summary, queue_services};
pub use files::{
    Files, LeftOut, capacity_files, comparison_files, drill_files, intraday_files, is_diary, mended_files, plan_files, roster_files,
};
pub use names::{BACKTEST, ExportForm, ResultSet, SingleTable, kept_name};
pub use output::{
    Clash, DiskStep, Output, OutputError, check_replace, check_rewrite, finish_set_beside, input_behind, marked, rewrite_file,
    rewrite_file_observed, write_file, write_file_observed, write_table, write_table_observed,
};
pub use pages::explain::explain;
pub use pages::html::html;
pub use tables::accuracy::{accuracy_scores, override_scores};
pub use tables::calculator::erlang_answers;
pub use tables::comparison::{comparison, comparison_totals};
pub use tables::forecast::{flat_forecast, forecast, forecast_explained, intraday_forecast};
pub use tables::requirement::{coverage, requirement};
pub use tables::review::{lifts_table, missed_table};
pub use tables::roster::matrix::matrix;
pub use tables::roster::payroll::payroll;
pub use tables::roster::shifts::roster;
pub use tables::service::service;
pub use tables::sheet::{Cell, Sheet};
pub use tables::solution::{nrp_solution, tour_solution};
pub use tables::staffing::{staffing_curve, staffing_risk};
pub use texts::advice::why_text;
pub use texts::capacity::capacity_text;
pub use texts::cost::{interrupted_text, solved_lines};
pub use texts::drill::drill_text;
pub use texts::intraday::{asks_text, intraday_line};
pub use texts::mended::{mended_text, undone_lines, unkept_lines};
pub use texts::review::review_text;
pub use texts::rules::rule_text;
pub use texts::summary::{service_text, summary_text};
pub use texts::warnings::{caveat_text, method_lines, shortage_lines, warning_lines};
