//! A table of queueing questions for the calculator.

use super::problem::Problems;
use super::table::{Row, Shape, Table};
use crate::service::Concurrency;
use crate::staffing::{Requirement, ServiceLevelDefinition};
use crate::units::{Agents, Erlangs, Seconds};
use std::path::Path;

/// A queueing model of the calculator.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// Loss: nobody waits.
    ErlangB,
    /// Endless patience.
    ErlangC,
    /// Patience.
    ErlangA,
    /// So many places to wait.
    WaitingRoom(u32),
    /// Several chats an agent.
    Chat(Concurrency),
}

/// One question: a load, and either agents or targets.
#[derive(Clone, Debug, PartialEq)]
pub struct ErlangRow {
    /// The row as it came, by column of the file.
    pub cells: Vec<String>,
    /// The model.
    pub model: Model,
    /// Offered load.
    pub load: Erlangs,
    /// Mean handling time.
    pub handling: Seconds,
    /// Agents; `None` asks for the least.
    pub agents: Option<Agents>,
    /// Mean patience.
    pub patience: Option<Seconds>,
    /// The answer-within time.
    pub within: Seconds,
    /// What must hold.
    pub targets: Vec<Requirement>,
}

const BATCH: Shape = Shape {
    required: &["model", "load_erlangs", "handling_seconds"],
    optional: &["agents", "patience_seconds", "answer_within_seconds", "waiting_places", "target", "target_value", "definition"],
    closed: false,
};

const MODELS: &str = "erlang_b, erlang_c, erlang_a, chat, waiting_room";
const TARGETS: &str = "service_level, asa, mean_wait, occupancy, p_wait, abandonment, blocking";
const DEFINITIONS: &str = "offered, answered_or_abandoned, offered_less_short_abandons, answered, virtual";

/// Reads a batch: the columns in their order and the rows.
///
/// # Errors
/// Every problem of the file.
pub fn read_erlang_batch(path: &Path) -> Result<(Vec<String>, Vec<ErlangRow>), Problems> {
    let mut problems = Problems::default();
    let name = path.to_string_lossy();
    let table = Table::read(Path::new(""), &name, BATCH, &mut problems);
    let Some(table) = table else { return Err(problems) };
    let rows: Vec<ErlangRow> = table.rows().filter_map(|row| question(&row, &table.columns, &mut problems)).collect();
    if problems.has_errors() { Err(problems) } else { Ok((table.columns.clone(), rows)) }
}

fn question(row: &Row, columns: &[String], problems: &mut Problems) -> Option<ErlangRow> {
    let load = row.required_number("load_erlangs", 0.0..=1e6, problems);
    let times = handling_times(row, problems);
    let agents = row.number("agents", 0.0..=1e6, problems);
    let patience = row.number("patience_seconds", 0.0..=1e9, problems);
    let within = row.number("answer_within_seconds", 0.0..=1e9, problems).unwrap_or(0.0);
    let places = row.number("waiting_places", 0.0..=1e6, problems).unwrap_or(0.0);
    let within = Seconds::new(within).unwrap_or_default();
    let targets = targets(row, within, problems);
    let times = times?;
    let model = match row.text("model", problems)? {
        "erlang_b" => Model::ErlangB,
        "erlang_c" => Model::ErlangC,
        "erlang_a" => Model::ErlangA,
        "waiting_room" => Model::WaitingRoom(places as u32),
        "chat" => {
            if let Some(concurrency) = Concurrency::new(times.clone()) {
                Model::Chat(concurrency)
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
    Some(ErlangRow {
        cells: columns.iter().map(|column| row.get(column).unwrap_or("").to_owned()).collect(),
        model,
        load: Erlangs::new(load?).ok()?,
        handling: times.first().copied().unwrap_or_default(),
        agents: agents.and_then(|agents| Agents::new(agents).ok()),
        patience: patience.and_then(|patience| Seconds::new(patience).ok()),
        within,
        targets: targets?,
    })
}

fn handling_times(row: &Row, problems: &mut Problems) -> Option<Vec<Seconds>> {
    row.text("handling_seconds", problems)?;
    let times: Option<Vec<Seconds>> =
        row.list("handling_seconds").into_iter().map(|text| text.parse().ok().and_then(|seconds| Seconds::new(seconds).ok())).collect();
    if times.is_none() {
        row.note(problems, "not_a_number", "handling_seconds", "");
    }
    times
}

fn targets(row: &Row, within: Seconds, problems: &mut Problems) -> Option<Vec<Requirement>> {
    let (names, values) = (row.list("target"), row.list("target_value"));
    if names.len() != values.len() {
        row.note(problems, "target_count", "target_value", values.len());
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
        let Some(value) = value.parse::<f64>().ok().filter(|value| value.is_finite()) else {
            row.note(problems, "not_a_number", "target_value", "");
            return None;
        };
        targets.push(match name {
            "service_level" => Requirement::ServiceLevel { within, share: value, definition },
            "asa" => Requirement::Asa(value),
            "mean_wait" => Requirement::MeanWait(value),
            "occupancy" => Requirement::Occupancy(value),
            "p_wait" => Requirement::PWait(value),
            "abandonment" => Requirement::Abandonment(value),
            "blocking" => Requirement::Blocking(value),
            _ => {
                row.note(problems, "unknown_word", "target", TARGETS);
                return None;
            }
        });
    }
    if targets.is_empty() && row.get("agents").is_none() {
        row.note(problems, "cell_empty", "agents", "");
    }
    Some(targets)
}
