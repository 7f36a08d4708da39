//! Understaffing and warnings, in words.

use super::advice::whereabouts_text;
use crate::calendar::CalendarDoubt;
use crate::forecast::Caveat;
use crate::messages::{Lang, Part, say};
use crate::plan::{EXPLAINED, Inputs, Planned};
use crate::report::figures::days::{day_text, weekday_key};
use crate::report::figures::summary::{QueueSummary, Summary};
use crate::roster::Shortage;
use crate::units::Hours;
use chrono::Weekday;

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Every stretch of shortage in words, the most costly first, with where the queue's people are.
#[must_use]
pub fn shortage_lines(inputs: &Inputs, shortages: &[Shortage], lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = shortages.iter().take(EXPLAINED).map(|shortage| line(inputs, shortage, lang)).collect();
    if let Some(others) = shortages.get(EXPLAINED..).filter(|others| !others.is_empty()) {
        let hours: Hours = others.iter().map(|shortage| shortage.short).sum();
        lines.push(say(lang, Part::Text, "more_lines", &[&others.len().to_string(), &format!("{:.1}", hours.get())]));
    }
    lines
}

fn line(inputs: &Inputs, shortage: &Shortage, lang: Lang) -> String {
    let length = Hours::from_minutes((shortage.end - shortage.start).num_minutes() as u32);
    let end = if shortage.end.date() > shortage.start.date() { "24:00".to_owned() } else { shortage.end.format("%H:%M").to_string() };
    let fill = [
        day_text(shortage.start.date(), lang),
        shortage.start.format("%H:%M").to_string(),
        end,
        inputs.queues[shortage.queue].queue.name.clone(),
        format!("{:.1}", shortage.short / length),
        format!("{:.1}", shortage.required / length),
        format!("{:.1}", shortage.short.get()),
        format!("{:.0}", shortage.cost),
        inputs.currency.clone(),
    ];
    let line = say(lang, Part::Text, "shortage_line", &fill.each_ref().map(String::as_str));
    if shortage.whereabouts.is_empty() { line } else { line + &whereabouts_text(inputs, shortage, lang) }
}

/// Forecasting methods used.
#[must_use]
pub fn method_lines(summary: &Summary, lang: Lang) -> Vec<String> {
    let line = |of: &QueueSummary| match of.held_back_wape {
        Some(wape) => say(lang, Part::Text, "method_line", &[&of.service.name, &of.method, &format!("{:.1}", wape * 100.0)]),
        None => say(lang, Part::Text, "method_short_line", &[&of.service.name, &of.method]),
    };
    summary.queues.iter().map(line).collect()
}

/// A caveat of a forecast, as a sentence.
#[must_use]
pub fn caveat_text(caveat: &Caveat, lang: Lang) -> String {
    let (key, mut fill) = caveat.words();
    if matches!(caveat, Caveat::NewHours(_)) {
        let in_language = |text: String, day: Weekday| text.replace(&day.to_string(), &say(lang, Part::Text, weekday_key(day), &[]));
        fill.iter_mut().for_each(|hours| *hours = WEEK.into_iter().fold(std::mem::take(hours), in_language));
    }
    say(lang, Part::Text, key, &fill.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A gap of the calendar, as a sentence.
fn calendar_line(doubt: &CalendarDoubt, lang: Lang) -> String {
    let (code, value, expected) = doubt.words();
    let fill = [value.as_str(), expected.as_str()];
    format!("{} — {}", say(lang, Part::Cause, code, &fill), say(lang, Part::Cure, code, &fill))
}

/// Warnings: forecasts with little basis, and requirements that cannot be met or that change too fast for a formula.
#[must_use]
pub fn warning_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = inputs.calendar_doubts().iter().map(|doubt| calendar_line(doubt, lang)).collect();
    for (of, forecast) in inputs.queues.iter().zip(&planned.forecasts) {
        lines.extend(forecast.caveats.iter().map(|caveat| say(lang, Part::Text, "notice", &[&of.queue.name, &caveat_text(caveat, lang)])));
    }
    for (of, requirement) in inputs.queues.iter().zip(&planned.requirements) {
        if let Some((start, _)) = requirement.need.iter().find(|(_, need)| !need.feasible) {
            lines.push(say(lang, Part::Text, "infeasible_line", &[&of.queue.name, &start.format("%Y-%m-%d %H:%M").to_string()]));
        }
        let apart =
            |need: &&crate::staffing::IntervalNeed| (need.required.get() - need.required_stationary.get()).abs() > need.load.get().sqrt();
        let fast = requirement.need.values().iter().filter(apart).count();
        if fast > 0 {
            lines.push(say(lang, Part::Text, "load_warning", &[&of.queue.name, &fast.to_string()]));
        }
    }
    lines
}
