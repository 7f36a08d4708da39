//! What a roster costs, what no roster can undercut, and whether the search came to its end: as data and as sentences.

use crate::budget::Interruption;
use crate::roster::{CostParts, Solved};
use crate::words::{Lang, Part, say};
use serde::Serialize;

/// The parts of a plan's cost.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PartsSummary {
    /// Hours worked, at the base rate.
    pub base_pay: f64,
    /// Hours that contracts guarantee and nobody works, at the base rate.
    pub guaranteed_pay: f64,
    /// What rates above the base rate add.
    pub premiums: f64,
    /// The price of what is missing at the desk.
    pub understaffing_penalty: f64,
    /// The price of hours in which too few people of a kind are at work.
    pub minimum_staffing: f64,
    /// The price of requests refused and of other wishes not met.
    pub wishes: f64,
    /// The price of hours that people are apart who should be together.
    pub apart: f64,
    /// What is billed for blocks that are not full.
    pub blocks: f64,
}

impl From<&CostParts> for PartsSummary {
    fn from(parts: &CostParts) -> Self {
        Self {
            base_pay: parts.base_pay.get(),
            guaranteed_pay: parts.guaranteed_pay.get(),
            premiums: parts.premiums.get(),
            understaffing_penalty: parts.understaffing.get(),
            minimum_staffing: parts.minimum_staffing.get(),
            wishes: parts.wishes.get(),
            apart: parts.apart.get(),
            blocks: parts.blocks.get(),
        }
    }
}

/// What ended work before it was done, as files call it.
pub(super) fn interruption_name(interruption: Interruption) -> &'static str {
    match interruption {
        Interruption::TimeLimit => "time_limit",
        Interruption::Asked => "request",
    }
}

/// The key of the sentence that says so.
pub(super) fn interrupted_key(interruption: Interruption) -> &'static str {
    match interruption {
        Interruption::TimeLimit => "interrupted_time",
        Interruption::Asked => "interrupted_asked",
    }
}

/// That work was ended before it was done.
#[must_use]
pub fn interrupted_text(interruption: Interruption, lang: Lang) -> String {
    say(lang, Part::Text, interrupted_key(interruption), &[])
}

/// Cost, bound and gaps in one sentence, what the cost is made of in another, and before them, if so, that work was ended before it was done.
#[must_use]
pub fn solved_lines(solved: &Solved, interrupted: Option<Interruption>, currency: &str, lang: Lang) -> Vec<String> {
    let interrupted = interrupted.map(|interruption| interrupted_text(interruption, lang));
    interrupted.into_iter().chain([cost_line(solved, currency, lang), parts_line(&solved.parts, currency, lang)]).collect()
}

fn cost_line(solved: &Solved, currency: &str, lang: Lang) -> String {
    let cost = format!("{:.0}", solved.cost.get());
    let percent = |share: f64| format!("{:.2}", share * 100.0);
    match solved.bound.zip(solved.gap()) {
        Some((bound, gap)) => {
            let avoidable = solved.avoidable_gap().map_or("–".into(), percent);
            say(lang, Part::Text, "cost_line", &[&cost, &format!("{:.0}", bound.get()), &percent(gap), currency, &avoidable])
        }
        None => say(lang, Part::Text, "cost_line_unproven", &[&cost, currency]),
    }
}

fn parts_line(parts: &CostParts, currency: &str, lang: Lang) -> String {
    let pay = parts.base_pay + parts.guaranteed_pay;
    let shown = [pay, parts.guaranteed_pay, parts.premiums, parts.understaffing, parts.other()].map(|part| format!("{:.0}", part.get()));
    let fill: Vec<&str> = shown.iter().map(String::as_str).chain([currency]).collect();
    say(lang, Part::Text, "cost_parts_line", &fill)
}
