//! Decisions of a capacity plan, in words.

use super::cost::interrupted_key;
use crate::messages::{Lang, Part, say};
use crate::plan::{Hiring, Inputs};
use crate::report::tables::capacity::weeks_of;
use std::fmt::Write;

/// Gap, as a share of the cost, that is negligible against the error of forecasts over months.
const AS_GOOD_AS_NONE: f64 = 0.01;

/// Hires with their deadlines and costs.
#[must_use]
pub fn capacity_text(inputs: &Inputs, hiring: &Hiring, lang: Lang) -> String {
    let mut text = String::new();
    let mut tell = |key: &str, fill: &[&str]| {
        let _ = writeln!(text, "{}", say(lang, Part::Text, key, fill));
    };
    let hires = hiring.weeks.iter().filter(|week| week.hires > 0).count();
    for (queue, of) in inputs.queues.iter().enumerate() {
        let (name, weeks) = (of.queue.name.as_str(), weeks_of(hiring, inputs, queue));
        for week in weeks.iter().filter(|week| week.hires > 0) {
            let by = week.hire_by.unwrap_or(week.first);
            let key = if by > inputs.horizon.first { "capacity_hire" } else { "capacity_late" };
            tell(key, &[name, &week.hires.to_string(), &week.first.to_string(), &by.to_string()]);
        }
        for stretch in weeks.chunk_by(|a, b| (a.temps > 0) == (b.temps > 0)).filter(|stretch| stretch[0].temps > 0) {
            let most = stretch.iter().map(|week| week.temps).max().unwrap_or(0);
            let end = stretch[stretch.len() - 1].first + chrono::Days::new(6);
            tell("capacity_temps", &[name, &most.to_string(), &stretch[0].first.to_string(), &end.to_string()]);
        }
        let missing: f64 = weeks.iter().map(|week| week.short_hours).sum();
        if let Some(worst) = weeks.iter().max_by(|a, b| a.short_hours.total_cmp(&b.short_hours)).filter(|_| missing >= 0.5) {
            tell("capacity_short", &[name, &format!("{missing:.0}"), &worst.first.to_string(), &format!("{:.0}", worst.short_hours)]);
        }
    }
    if hires == 0 {
        // hiring is called not worthwhile only where that is proven
        let is_shown = hiring.gap().is_some_and(|gap| gap <= AS_GOOD_AS_NONE);
        tell(if is_shown { "capacity_none" } else { "capacity_none_found" }, &[]);
    }
    if let Some(interruption) = hiring.interrupted {
        tell(interrupted_key(interruption), &[]);
    }
    let [cost, without, own_pay] = [hiring.cost, hiring.cost_without, hiring.own_pay].map(|amount| format!("{amount:.0}"));
    match hiring.bound.zip(hiring.gap()) {
        Some((bound, gap)) => {
            // an upper bound is rounded up
            let (gap, bound) = (format!("{:.2}", (gap * 1e4 - 1e-9).ceil() / 1e2), format!("{bound:.0}"));
            tell("capacity_cost", &[&cost, &inputs.currency, &gap, &without, &own_pay, &bound]);
        }
        None => tell("capacity_cost_unproven", &[&cost, &inputs.currency, &without, &own_pay]),
    }
    if !hiring.repeated.is_empty() {
        let names: Vec<String> = hiring.repeated.iter().map(|event| format!("{} ({})", event.name, event.start.date())).collect();
        tell("capacity_repeated", &[&names.join(&say(lang, Part::Text, "list_separator", &[]))]);
    }
    tell("capacity_defined", &[]);
    text
}
