//! A question to the calculator as it stands in a table, and why some have no answer.

use crate::staffing::{Question, QueueingModel, Requirement};
use crate::units::{Agents, Seconds};
use std::ops::RangeInclusive;

/// A row of a table of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct ErlangRow {
    /// The line of the file, or 1.
    pub line: usize,
    /// The row as it came, by column of the file.
    pub cells: Vec<String>,
    /// What it asks.
    pub question: Question,
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
    /// The row as it came, and what it asks.
    #[must_use]
    pub fn asked(&self) -> (&[String], &Question) {
        (&self.cells, &self.question)
    }

    /// Why the question has no answer, though each of its numbers is in its range.
    #[must_use]
    pub fn objection(&self) -> Option<Objection> {
        let question = &self.question;
        let object = |code, column, value: String, expected: String| Some(Objection { code, column, value, expected });
        let load_range = if matches!(question.model, QueueingModel::Chat(_)) { ranges::CHAT_LOAD } else { ranges::LOAD };
        if !load_range.contains(&question.load.get()) {
            return object("out_of_range", "load_erlangs", format!("{} erlangs", question.load.get()), shown(&load_range));
        }
        let most = question.load.get().max(question.agents.map_or(0.0, Agents::get)).max(1.0);
        if let Some(patience) = question.patience {
            let longest = MOST_PATIENCE / most * question.handling.get();
            if patience.get() > longest {
                return object("patience_too_long", "patience_seconds", patience.get().to_string(), format!("{longest:.0}"));
            }
        }
        question.targets.iter().filter(|_| question.agents.is_none()).find_map(|target| {
            let (name, value) = named(target);
            match fault_of(question, target)? {
                Fault::Impossible(expected) => object("target_impossible", "target_value", format!("{name} {value}"), expected.to_owned()),
                Fault::AlwaysMet(expected) => object("target_always_met", "target", format!("{name} {value}"), expected.to_owned()),
            }
        })
    }
}

fn fault_of(question: &Question, target: &Requirement) -> Option<Fault> {
    use Fault::{AlwaysMet, Impossible};
    let nobody_waits = matches!(question.model, QueueingModel::ErlangB | QueueingModel::WaitingRoom(0));
    // who finds nobody free is gone at once
    let leaves_at_once = question.patience == Some(Seconds::ZERO)
        && matches!(question.model, QueueingModel::ErlangA | QueueingModel::WaitingRoom(_) | QueueingModel::Chat(_));
    let gives_up = question.patience.is_some() && !matches!(question.model, QueueingModel::ErlangB | QueueingModel::ErlangC);
    let is_blocked = matches!(question.model, QueueingModel::ErlangB | QueueingModel::WaitingRoom(_));
    match *target {
        Requirement::ServiceLevel { share, .. } if share >= 1.0 => Some(Impossible("less than 1, such as 0.99")),
        Requirement::ServiceLevel { share, .. } if share <= 0.0 => Some(AlwaysMet("more than 0, such as 0.8")),
        Requirement::Abandonment(_) if !gives_up => Some(AlwaysMet("a patience (without one nobody abandons)")),
        Requirement::Abandonment(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.02")),
        Requirement::Abandonment(most) if most >= 1.0 => Some(AlwaysMet("less than 1, such as 0.02")),
        Requirement::Blocking(_) if !is_blocked => Some(AlwaysMet("a number of waiting places (without one no contact is blocked)")),
        Requirement::Blocking(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.01")),
        Requirement::Blocking(most) if most >= 1.0 => Some(AlwaysMet("less than 1, such as 0.01")),
        Requirement::Asa(_) | Requirement::MeanWait(_) | Requirement::PWait(_) if nobody_waits => {
            Some(AlwaysMet("blocking, service_level or occupancy: without waiting places nobody waits"))
        }
        Requirement::Asa(_) | Requirement::MeanWait(_) if leaves_at_once => {
            Some(AlwaysMet("abandonment, service_level or occupancy: without patience nobody waits"))
        }
        Requirement::Asa(most) | Requirement::MeanWait(most) if most <= 0.0 => Some(Impossible("more than 0 seconds")),
        Requirement::PWait(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.2")),
        Requirement::PWait(most) if most >= 1.0 => Some(AlwaysMet("less than 1, such as 0.2")),
        Requirement::Occupancy(most) if most <= 0.0 => Some(Impossible("more than 0, such as 0.85")),
        _ => None,
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
pub(super) fn named(target: &Requirement) -> (&'static str, f64) {
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

/// Of so many scheduled, those who are at the desk when a share of their time is lost: a whole number where only rounding tells it from one.
#[must_use]
pub fn at_desk_of(scheduled: f64, shrinkage: f64) -> f64 {
    const SAME: f64 = 1e-9;
    let agents = scheduled * (1.0 - shrinkage);
    if (agents - agents.round()).abs() < SAME * agents.max(1.0) { agents.round() } else { agents }
}

/// A part of an agent holds no chat.
#[must_use]
pub fn at_desk(agents: f64, model: &QueueingModel) -> f64 {
    if matches!(model, QueueingModel::Chat(_)) { agents.floor() } else { agents }
}
