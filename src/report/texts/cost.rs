//! Cost, bound and completion of a search, in words.

use crate::budget::Interruption;
use crate::messages::{Lang, Part, say};
use crate::roster::{CostParts, Solved};

/// Key of the sentence for an interruption.
pub(super) fn interrupted_key(interruption: Interruption) -> &'static str {
    match interruption {
        Interruption::TimeLimit => "interrupted_time",
        Interruption::Asked => "interrupted_asked",
    }
}

/// Statement that work ended early.
#[must_use]
pub fn interrupted_text(interruption: Interruption, lang: Lang) -> String {
    say(lang, Part::Text, interrupted_key(interruption), &[])
}

/// Lines on cost, bound and gaps and on the cost breakdown, preceded by a statement if work ended early.
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
