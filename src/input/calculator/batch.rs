//! Tables of queueing questions for the calculator.

use super::question::{ErlangRow, at_desk, at_desk_of, ranges, shown};
use super::share::{share_by, share_meant};
use crate::input::header::shape::{Numbers, Shape};
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::service::Concurrency;
use crate::staffing::{Question, QueueingModel, Requirement, ServiceLevelDefinition};
use crate::units::{Agents, Erlangs, Seconds};
use std::ops::RangeInclusive;
use std::path::Path;

const BATCH: Shape = Shape {
    required: &["model", "load_erlangs", "handling_seconds"],
    optional: &[
        "agents",
        "patience_seconds",
        "answer_within_seconds",
        "waiting_places",
        "target",
        "target_value",
        "definition",
        "shrinkage_share",
        "scheduled",
    ],
    numbers: Numbers::AllBut(&["model", "target", "definition"]),
    closed: false,
};

const MODELS: &str = "erlang_b, erlang_c, erlang_a, chat, waiting_room";
const TARGETS: &str = "service_level, asa, mean_wait, occupancy, p_wait, abandonment, blocking";
const DEFINITIONS: &str = "offered, answered_or_abandoned, offered_less_short_abandons, answered, virtual";

/// Reads a batch: its columns in order, and its rows.
///
/// # Errors
/// All problems of the file.
pub fn read_erlang_batch(path: &Path) -> Result<(Vec<String>, Vec<ErlangRow>), Problems> {
    let mut problems = Problems::default();
    let name = path.to_string_lossy();
    let table = Table::read(Path::new(""), &name, BATCH, &mut problems);
    let Some(table) = table else { return Err(problems) };
    let rows: Vec<ErlangRow> = table.rows().filter_map(|row| question(&row, &table.form.columns, &mut problems)).collect();
    if problems.has_errors() { Err(problems) } else { Ok((table.form.columns.clone(), rows)) }
}

fn question(row: &Row, columns: &[String], problems: &mut Problems) -> Option<ErlangRow> {
    let load = row.required_number("load_erlangs", ranges::LOAD, problems);
    let times = handling_times(row, problems);
    let agents = agents(row, problems);
    let patience = row.number("patience_seconds", ranges::SECONDS, problems);
    let within = row.number("answer_within_seconds", ranges::SECONDS, problems).unwrap_or(0.0);
    let places = row.number("waiting_places", ranges::PLACES, problems).unwrap_or(0.0);
    let shrinkage = share(row, "shrinkage_share", row.get("shrinkage_share").unwrap_or("0"), &ranges::SHRINKAGE, problems);
    let within = Seconds::new(within).expect("its range was checked when it was read");
    let targets = targets(row, within, problems);
    let times = times?;
    let model = match row.text("model", problems)? {
        "erlang_b" => QueueingModel::ErlangB,
        "erlang_c" => QueueingModel::ErlangC,
        "erlang_a" => QueueingModel::ErlangA,
        "waiting_room" => QueueingModel::WaitingRoom(places as u32),
        "chat" => {
            if let Some(concurrency) = Concurrency::new(times.clone()) {
                QueueingModel::Chat(concurrency)
            } else {
                row.note(problems, "concurrency_falls", "handling_seconds", "");
                return None;
            }
        }
        _ => {
            row.note(problems, "model_unknown", "model", MODELS);
            return None;
        }
    };
    let question = Question {
        load: Erlangs::new(load?).ok()?,
        handling: times.first().copied().unwrap_or_default(),
        agents: agents.map(|agents| at_desk(agents, &model)).and_then(|agents| Agents::new(agents).ok()),
        model,
        shrinkage: shrinkage?,
        patience: patience.and_then(|patience| Seconds::new(patience).ok()),
        within,
        targets: targets?,
    };
    let asked = ErlangRow { line: row.line, cells: columns.iter().map(|column| row.in_own_units(column)).collect(), question };
    match asked.objection() {
        Some(objection) => {
            row.note_of(problems, objection.code, objection.column, objection.value, objection.expected);
            None
        }
        None => Some(asked),
    }
}

/// The stated agents, or those at the desk out of the scheduled people.
pub(super) fn agents(row: &Row, problems: &mut Problems) -> Option<f64> {
    let agents = row.number("agents", ranges::PEOPLE, problems);
    let scheduled = row.number("scheduled", ranges::PEOPLE, problems);
    if agents.is_some() && scheduled.is_some() {
        row.note(problems, "agents_twice", "scheduled", "");
    }
    let lost = row.get("shrinkage_share").map_or(Some(0.0), |text| share_in(row, text)).unwrap_or(0.0);
    agents.or_else(|| scheduled.map(|scheduled| at_desk_of(scheduled, lost)))
}

fn handling_times(row: &Row, problems: &mut Problems) -> Option<Vec<Seconds>> {
    row.text("handling_seconds", problems)?;
    let texts = row.list("handling_seconds");
    let seconds =
        |text: &&str| row.numeral(text).filter(|number| number.is_finite()).map(|number| row.in_our_units("handling_seconds", number));
    let numbers: Option<Vec<f64>> = texts.iter().map(seconds).collect();
    let Some(numbers) = numbers else {
        if !texts.iter().any(|text| row.is_asked(text)) {
            row.note(problems, "not_a_number", "handling_seconds", "");
        }
        return None;
    };
    if numbers.iter().any(|seconds| !ranges::HANDLING.contains(seconds)) {
        row.note(problems, "out_of_range", "handling_seconds", shown(&ranges::HANDLING));
        return None;
    }
    numbers.into_iter().map(|seconds| Seconds::new(seconds).ok()).collect()
}

/// A share in the table's number format.
fn share_in(row: &Row, text: &str) -> Option<f64> {
    share_by(text, |number| row.numeral(number))
}

pub(super) fn share(row: &Row, column: &str, text: &str, range: &RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
    match share_in(row, text) {
        None if row.is_asked(text.trim_end_matches(['%', '％'])) => {}
        None => row.note_of(problems, "not_a_number", column, text.to_owned(), String::new()),
        Some(share) if range.contains(&share) => return Some(share),
        Some(share) if ranges::SHARE.contains(&share) => row.note_of(problems, "out_of_range", column, text.to_owned(), shown(range)),
        Some(_) => row.note_of(problems, "not_a_share", column, text.to_owned(), share_meant(text)),
    }
    None
}

pub(super) fn targets(row: &Row, within: Seconds, problems: &mut Problems) -> Option<Vec<Requirement>> {
    let (names, values) = (row.list("target"), row.list("target_value"));
    if names.len() != values.len() {
        row.note_of(problems, "target_count", "target_value", names.len().to_string(), values.len().to_string());
        return None;
    }
    let definition = match row.get("definition").unwrap_or("offered") {
        "offered" => ServiceLevelDefinition::Offered,
        "answered_or_abandoned" => ServiceLevelDefinition::AnsweredOrAbandoned,
        "offered_less_short_abandons" => ServiceLevelDefinition::OfferedLessShortAbandons,
        "answered" => ServiceLevelDefinition::Answered,
        "virtual" => ServiceLevelDefinition::Virtual,
        _ => {
            row.note(problems, "unknown_word", "definition", DEFINITIONS);
            return None;
        }
    };
    let mut targets = Vec::new();
    for (name, value) in names.into_iter().zip(values) {
        let mut share = || share(row, "target_value", value, &ranges::SHARE, problems);
        targets.push(match name {
            "service_level" => Requirement::ServiceLevel { within, share: share()?, definition },
            "asa" => Requirement::Asa(seconds(row, value, problems)?),
            "mean_wait" => Requirement::MeanWait(seconds(row, value, problems)?),
            "occupancy" => Requirement::Occupancy(share()?),
            "p_wait" => Requirement::PWait(share()?),
            "abandonment" => Requirement::Abandonment(share()?),
            "blocking" => Requirement::Blocking(share()?),
            _ => {
                row.note(problems, "unknown_word", "target", TARGETS);
                return None;
            }
        });
    }
    if targets.is_empty() && row.get("agents").is_none() && row.get("scheduled").is_none() {
        row.note(problems, "cell_empty", "agents", "");
    }
    Some(targets)
}

pub(super) fn seconds(row: &Row, text: &str, problems: &mut Problems) -> Option<f64> {
    match row.numeral(text) {
        Some(seconds) if ranges::SECONDS.contains(&seconds) => return Some(seconds),
        Some(_) => row.note_of(problems, "out_of_range", "target_value", text.to_owned(), shown(&ranges::SECONDS)),
        None if row.is_asked(text) => {}
        None => row.note_of(problems, "not_a_number", "target_value", text.to_owned(), String::new()),
    }
    None
}
