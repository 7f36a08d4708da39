//! What a roster costs, what no roster can undercut, and whether the search came to its end, in sentences.

use crate::budget::Interruption;
use crate::messages::{Lang, Part, say};
use crate::roster::{CostParts, Solved};

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
