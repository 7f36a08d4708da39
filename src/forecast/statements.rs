//! Planners' statements about events, weighed against past events of the family.
//!
//! A statement is one more observation of the effect: its log and the learned one are averaged by their precisions, as prior and evidence
//! are (Gelman et al. 2013, *Bayesian data analysis*, § 2.5). Where all past events have statements of their own, the regression learns
//! how far to trust them instead (`regressors.rs`).

use crate::event::{Event, Family};
use crate::forecast::knowledge::days::{DayTable, events_of};
use crate::forecast::knowledge::facts::{Facts, is_open_day};
use crate::forecast::knowledge::known::Known;
use crate::forecast::methods::fitted::Statement;
use crate::forecast::methods::structured::FittedStructure;
use crate::history::ContactHistory;
use crate::time::Horizon;
use crate::units::Factor;

/// Variance of the log of the outcome around a statement: about a fifth more or less.
const STATED_VARIANCE: f64 = 0.04;
/// Range of an event's multiplier for the hours it covers.
const BOUNDS: (f64, f64) = (0.01, 1000.0);

/// The events with each statement replaced by its weighted mean with the learned effect, where past events without a statement provide
/// one.
pub(super) fn weighed(history: &ContactHistory, facts: &Facts, horizon: Horizon) -> (Vec<Event>, Vec<Statement>) {
    let mut events = facts.events.to_vec();
    let is_open_question = |event: &Event| {
        event.expected.volume.is_some_and(|stated| stated.get() > 0.0) && horizon.dates().any(|date| event.is_on_date(date))
    };
    let asked: Vec<usize> =
        (0..events.len()).filter(|&at| is_open_question(&events[at]) && has_evidence(&events[at], history, facts)).collect();
    if asked.is_empty() {
        return (events, Vec::new());
    }
    let mut unstated = events.clone();
    asked.iter().for_each(|&at| unstated[at].expected.volume = None);
    let facts = Facts { events: &unstated, ..*facts };
    let Some(structure) = Known::of(history, &facts).structure() else { return (events, Vec::new()) };
    let table = structure.table(horizon);
    let mut statements = Vec::new();
    for at in asked {
        let (Some(stated), Some((learned, variance))) =
            (events[at].expected.volume, learned(&unstated[at], &structure, &facts, &table, horizon))
        else {
            continue;
        };
        let mean = (stated.get().ln() / STATED_VARIANCE + learned.ln() / variance) / (1.0 / STATED_VARIANCE + 1.0 / variance);
        events[at].expected.volume = Some(Factor::new(mean.exp()).unwrap_or(stated));
        let days = (events[at].start.date(), events[at].last_date());
        statements.push(Statement { days, stated: stated.get(), learned });
    }
    (events, statements)
}

/// Whether an event of the family without a statement was counted.
fn has_evidence(event: &Event, history: &ContactHistory, facts: &Facts) -> bool {
    let Family::Lift(family) = &event.family else { return false };
    let was_counted = |past: &Event| {
        history.counted_days().any(|day| past.is_on_date(history.date(day)) && history.day_total(day).is_some_and(|total| total > 0.0))
    };
    events_of(facts, family).any(|past| past.expected.volume.is_none() && was_counted(past))
}

/// Multiplier learned from the family's past, for the hours that an event covers in a horizon, and the variance of its log.
fn learned(event: &Event, structure: &FittedStructure, facts: &Facts, table: &DayTable, horizon: Horizon) -> Option<(f64, f64)> {
    let Family::Lift(family) = &event.family else { return None };
    let of_day = |(day, (log, variance)): (usize, (f64, f64))| {
        let date = table.date(day);
        let is_asked = event.is_on_date(date) && is_open_day(structure.history(), facts, date);
        let covered = structure.share_covered(event, date).filter(|_| is_asked)?;
        Some((((log.exp() - 1.0) / covered + 1.0).clamp(BOUNDS.0, BOUNDS.1).ln(), variance))
    };
    let days = structure.numbers(horizon).zip(structure.family_logs(family, event, horizon));
    let logs: Vec<(f64, f64)> = days.filter_map(of_day).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
    (!logs.is_empty()).then(|| (mean(|log| log.0).exp(), mean(|log| log.1).max(1e-6)))
}
