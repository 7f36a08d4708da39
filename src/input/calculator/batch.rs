//! A table of queueing questions for the calculator.

use crate::input::header::shape::{Numbers, Shape};
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::service::Concurrency;
use crate::staffing::{Requirement, ServiceLevelDefinition};
use crate::units::{Agents, Erlangs, Seconds};
use std::ops::RangeInclusive;
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
    /// The line of the file, or 1.
    pub line: usize,
    /// The row as it came, by column of the file.
    pub cells: Vec<String>,
    /// The model.
    pub model: Model,
    /// Offered load.
    pub load: Erlangs,
    /// Mean handling time.
    pub handling: Seconds,
    /// Agents at the desk; `None` asks for the least.
    pub agents: Option<Agents>,
    /// Share of the scheduled people's time away from the desk, below 1.
    pub shrinkage: f64,
    /// Mean patience.
    pub patience: Option<Seconds>,
    /// The answer-within time.
    pub within: Seconds,
    /// What must hold.
    pub targets: Vec<Requirement>,
}

/// The numbers with which the calculator works, by what they are; shares are from 0 to 1.
pub mod ranges {
    use std::ops::RangeInclusive;

    /// Offered load in erlangs.
    pub const LOAD: RangeInclusive<f64> = 0.0..=1e6;
    /// Offered load of chats, whose states are counted one by one.
    pub const CHAT_LOAD: RangeInclusive<f64> = 0.0..=1e5;
    /// Contacts an hour.
    pub const CONTACTS: RangeInclusive<f64> = 0.0..=1e9;
    /// Mean handling time in seconds.
    pub const HANDLING: RangeInclusive<f64> = 0.001..=1e6;
    /// Agents or scheduled people.
    pub const PEOPLE: RangeInclusive<f64> = 0.0..=1e6;
    /// Times in seconds: patience, waits, the answer-within time.
    pub const SECONDS: RangeInclusive<f64> = 0.0..=1e9;
    /// Places to wait.
    pub const PLACES: RangeInclusive<f64> = 0.0..=1e6;
    /// The share of people's time that is lost.
    pub const SHRINKAGE: RangeInclusive<f64> = 0.0..=0.99;
    /// A share.
    pub const SHARE: RangeInclusive<f64> = 0.0..=1.0;
}

/// Contacts that may wait before those who come give up: load × patience ÷ handling time. A longer line takes too long to count.
const MOST_PATIENCE: f64 = 1e13;

/// Why a question has no answer: the code of its sentence, the name of what is to blame, what was found, and what may stand there.
#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    /// The code, as the catalogue of words names it.
    pub code: &'static str,
    /// The column of a batch that is to blame.
    pub column: &'static str,
    /// What was found.
    pub value: String,
    /// What may stand there.
    pub expected: String,
}

impl ErlangRow {
    /// Why the question has no answer, though each of its numbers is in its range.
    #[must_use]
    pub fn objection(&self) -> Option<Objection> {
        let object = |code, column, value: String, expected: String| Some(Objection { code, column, value, expected });
        let load_range = if matches!(self.model, Model::Chat(_)) { ranges::CHAT_LOAD } else { ranges::LOAD };
        if !load_range.contains(&self.load.get()) {
            return object("out_of_range", "load_erlangs", format!("{} erlangs", self.load.get()), shown(&load_range));
        }
        let most = self.load.get().max(self.agents.map_or(0.0, Agents::get)).max(1.0);
        if let Some(patience) = self.patience {
            let longest = MOST_PATIENCE / most * self.handling.get();
            if patience.get() > longest {
                return object("patience_too_long", "patience_seconds", patience.get().to_string(), format!("{longest:.0}"));
            }
        }
        self.targets.iter().filter(|_| self.agents.is_none()).find_map(|target| {
            let (name, value) = named(target);
            match self.fault_of(target)? {
                Fault::Impossible(expected) => object("target_impossible", "target_value", format!("{name} {value}"), expected.to_owned()),
                Fault::AlwaysMet(expected) => object("target_always_met", "target", format!("{name} {value}"), expected.to_owned()),
            }
        })
    }

    fn fault_of(&self, target: &Requirement) -> Option<Fault> {
        use Fault::{AlwaysMet, Impossible};
        let nobody_waits = matches!(self.model, Model::ErlangB | Model::WaitingRoom(0));
        // who finds nobody free is gone at once
        let leaves_at_once =
            self.patience == Some(Seconds::ZERO) && matches!(self.model, Model::ErlangA | Model::WaitingRoom(_) | Model::Chat(_));
        let gives_up = self.patience.is_some() && !matches!(self.model, Model::ErlangB | Model::ErlangC);
        let is_blocked = matches!(self.model, Model::ErlangB | Model::WaitingRoom(_));
        match *target {
            Requirement::ServiceLevel { share, .. } if share >= 1.0 => Some(Impossible("less than 1, such as 0.99")),
            Requirement::ServiceLevel { share, .. } if share <= 0.0 => Some(AlwaysMet("more than 0, such as 0.8")),
            Requirement::Abandonment(_) if !gives_up => Some(AlwaysMet("a patience, without which nobody gives up")),
            Requirement::Abandonment(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.02")),
            Requirement::Abandonment(most) if most >= 1.0 => Some(AlwaysMet("less than 1, such as 0.02")),
            Requirement::Blocking(_) if !is_blocked => Some(AlwaysMet("a number of waiting places, without which everybody finds one")),
            Requirement::Blocking(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.01")),
            Requirement::Blocking(most) if most >= 1.0 => Some(AlwaysMet("less than 1, such as 0.01")),
            Requirement::Asa(_) | Requirement::MeanWait(_) | Requirement::PWait(_) if nobody_waits => {
                Some(AlwaysMet("blocking, service_level or occupancy where nobody can wait"))
            }
            Requirement::Asa(_) | Requirement::MeanWait(_) if leaves_at_once => {
                Some(AlwaysMet("abandonment, service_level or occupancy where nobody has the patience to wait"))
            }
            Requirement::Asa(most) | Requirement::MeanWait(most) if most <= 0.0 => Some(Impossible("more than 0 seconds")),
            Requirement::PWait(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.2")),
            Requirement::PWait(most) if most >= 1.0 => Some(AlwaysMet("less than 1, such as 0.2")),
            Requirement::Occupancy(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.85")),
            _ => None,
        }
    }
}

/// Why a target asks for nothing or for too much, with what may stand there instead.
enum Fault {
    Impossible(&'static str),
    AlwaysMet(&'static str),
}

/// A range as people read it.
#[must_use]
pub fn shown(range: &RangeInclusive<f64>) -> String {
    format!("{} … {}", range.start(), range.end())
}

/// A target's name in a batch, and its value.
fn named(target: &Requirement) -> (&'static str, f64) {
    match *target {
        Requirement::ServiceLevel { share, .. } => ("service_level", share),
        Requirement::Asa(most) => ("asa", most),
        Requirement::MeanWait(most) => ("mean_wait", most),
        Requirement::Occupancy(most) => ("occupancy", most),
        Requirement::PWait(most) => ("p_wait", most),
        Requirement::Replies { share, .. } => ("replies", share),
        Requirement::Abandonment(most) => ("abandonment", most),
        Requirement::Blocking(most) => ("blocking", most),
    }
}

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

/// Reads a batch: the columns in their order and the rows.
///
/// # Errors
/// Every problem of the file.
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
    let question = ErlangRow {
        line: row.line,
        cells: columns.iter().map(|column| row.in_own_units(column)).collect(),
        load: Erlangs::new(load?).ok()?,
        handling: times.first().copied().unwrap_or_default(),
        agents: agents.map(|agents| at_desk(agents, &model)).and_then(|agents| Agents::new(agents).ok()),
        model,
        shrinkage: shrinkage?,
        patience: patience.and_then(|patience| Seconds::new(patience).ok()),
        within,
        targets: targets?,
    };
    match question.objection() {
        Some(objection) => {
            row.note_of(problems, objection.code, objection.column, objection.value, objection.expected);
            None
        }
        None => Some(question),
    }
}

/// The agents named, or those at the desk of so many scheduled.
fn agents(row: &Row, problems: &mut Problems) -> Option<f64> {
    let agents = row.number("agents", ranges::PEOPLE, problems);
    let scheduled = row.number("scheduled", ranges::PEOPLE, problems);
    if agents.is_some() && scheduled.is_some() {
        row.note(problems, "agents_twice", "scheduled", "");
    }
    let lost = row.get("shrinkage_share").map_or(Some(0.0), |text| share_in(row, text)).unwrap_or(0.0);
    agents.or_else(|| scheduled.map(|scheduled| at_desk_of(scheduled, lost)))
}

/// Of so many scheduled, those who are at the desk when a share of their time is lost: a whole number where only rounding tells it from one.
#[must_use]
pub fn at_desk_of(scheduled: f64, shrinkage: f64) -> f64 {
    const SAME: f64 = 1e-9;
    let agents = scheduled * (1.0 - shrinkage);
    if (agents - agents.round()).abs() < SAME * agents.max(1.0) { agents.round() } else { agents }
}

/// A part of an agent holds no chat.
#[must_use]
pub fn at_desk(agents: f64, model: &Model) -> f64 {
    if matches!(model, Model::Chat(_)) { agents.floor() } else { agents }
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

/// Reads a share: a fraction, or a number with a percent sign; `None` if it is no number.
#[must_use]
pub fn read_share(text: &str) -> Option<f64> {
    share_by(text, |number| number.parse().ok())
}

fn share_by(text: &str, read: impl Fn(&str) -> Option<f64>) -> Option<f64> {
    let text = text.trim();
    let number = |text: &str| read(text.trim()).filter(|number| number.is_finite());
    match text.strip_suffix(['%', '％']) {
        Some(digits) => number(digits).map(|percent| percent / 100.0),
        None => number(text),
    }
}

/// The share that somebody meant who wrote a percentage without its sign.
#[must_use]
pub fn share_meant(text: &str) -> String {
    match text.trim().parse::<f64>().ok().filter(|percent| (1.0..=100.0).contains(percent)) {
        Some(percent) => format!("{} or {percent}%", percent / 100.0),
        None => "0.85 or 85%".to_owned(),
    }
}

/// A share as the table writes its numbers.
fn share_in(row: &Row, text: &str) -> Option<f64> {
    share_by(text, |number| row.numeral(number))
}

fn share(row: &Row, column: &str, text: &str, range: &RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
    match share_in(row, text) {
        None if row.is_asked(text.trim_end_matches(['%', '％'])) => {}
        None => row.note_of(problems, "not_a_number", column, text.to_owned(), String::new()),
        Some(share) if range.contains(&share) => return Some(share),
        Some(share) if ranges::SHARE.contains(&share) => row.note_of(problems, "out_of_range", column, text.to_owned(), shown(range)),
        Some(_) => row.note_of(problems, "not_a_share", column, text.to_owned(), share_meant(text)),
    }
    None
}

fn targets(row: &Row, within: Seconds, problems: &mut Problems) -> Option<Vec<Requirement>> {
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

fn seconds(row: &Row, text: &str, problems: &mut Problems) -> Option<f64> {
    match row.numeral(text) {
        Some(seconds) if ranges::SECONDS.contains(&seconds) => return Some(seconds),
        Some(_) => row.note_of(problems, "out_of_range", "target_value", text.to_owned(), shown(&ranges::SECONDS)),
        None if row.is_asked(text) => {}
        None => row.note_of(problems, "not_a_number", "target_value", text.to_owned(), String::new()),
    }
    None
}
