//! Questions to the queueing calculator, and the reasons for which some have no answer.

use crate::staffing::{Question, QueueingModel, Requirement};
use crate::units::{Agents, Seconds};
use std::ops::RangeInclusive;

/// A row of a table of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct ErlangRow {
    /// Line of the file, or 1.
    pub line: usize,
    /// Cells of the row as read, by column of the file.
    pub cells: Vec<String>,
    /// The question.
    pub question: Question,
}

/// Ranges of the calculator's inputs, by quantity; shares are from 0 to 1.
pub mod ranges {
    use std::ops::RangeInclusive;

    /// Offered load in erlangs.
    pub const LOAD: RangeInclusive<f64> = 0.0..=1e6;
    /// Offered load of chats, whose states are enumerated one by one.
    pub const CHAT_LOAD: RangeInclusive<f64> = 0.0..=1e5;
    /// Contacts an hour.
    pub const CONTACTS: RangeInclusive<f64> = 0.0..=1e9;
    /// Mean handling time in seconds.
    pub const HANDLING: RangeInclusive<f64> = 0.001..=1e6;
    /// Agents or scheduled people.
    pub const PEOPLE: RangeInclusive<f64> = 0.0..=1e6;
    /// Times in seconds: patience, waits, the answer-within time.
    pub const SECONDS: RangeInclusive<f64> = 0.0..=1e9;
    /// Places in the waiting room.
    pub const PLACES: RangeInclusive<f64> = 0.0..=1e6;
    /// Shrinkage of people's time.
    pub const SHRINKAGE: RangeInclusive<f64> = 0.0..=0.99;
    /// A share.
    pub const SHARE: RangeInclusive<f64> = 0.0..=1.0;
}

/// Cap on load × patience ÷ handling time, the contacts that may wait before arriving ones abandon: a longer queue takes too long to
/// compute.
const MOST_PATIENCE: f64 = 1e13;

/// Reason for which a question has no answer: message key, faulty column, value found, and permitted values.
#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    /// Key in the message catalogue.
    pub code: &'static str,
    /// The faulty column of a batch.
    pub column: &'static str,
    /// The value found.
    pub value: String,
    /// Permitted values.
    pub expected: String,
}

impl ErlangRow {
    /// The row as read, and its question.
    #[must_use]
    pub fn asked(&self) -> (&[String], &Question) {
        (&self.cells, &self.question)
    }

    /// The reason for which the question has no answer, although each of its numbers is in range.
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
    // a customer who finds nobody free leaves at once
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

/// Kind of a vacuous or unattainable target, with permitted values.
enum Fault {
    Impossible(&'static str),
    AlwaysMet(&'static str),
}

/// A range for display.
#[must_use]
pub fn shown(range: &RangeInclusive<f64>) -> String {
    format!("{} … {}", range.start(), range.end())
}

/// Name of a target in a batch, and its value.
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

/// Agents at the desk out of the scheduled people, after shrinkage; a whole number where only rounding separates it from one.
#[must_use]
pub fn at_desk_of(scheduled: f64, shrinkage: f64) -> f64 {
    const SAME: f64 = 1e-9;
    let agents = scheduled * (1.0 - shrinkage);
    if (agents - agents.round()).abs() < SAME * agents.max(1.0) { agents.round() } else { agents }
}

/// Agents at the desk, rounded down for chats: a fraction of an agent holds no chat.
#[must_use]
pub fn at_desk(agents: f64, model: &QueueingModel) -> f64 {
    if matches!(model, QueueingModel::Chat(_)) { agents.floor() } else { agents }
}
