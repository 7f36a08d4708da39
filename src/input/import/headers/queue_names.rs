//! Names of queues in headers: of `Support Offered` the first word.

use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::lists::{ABANDONED, FIELD, FIELD_ZH, HANDLED, NEVER, OFFERED, STATES};
use crate::input::import::headers::meaning::meaning_of;
use crate::input::import::headers::words::Words;

/// Words of a header that are not the field's own, in their spelling: of `Support Offered` the first.
pub(in crate::input) fn other_words(header: &str) -> Vec<String> {
    let outer = header.split(['(', '（', '[', '【']).next().unwrap_or(header);
    let left = |word: &str| FIELD_ZH.iter().fold(word.to_owned(), |left, known| left.replace(known, ""));
    let is_field = |word: &&str| {
        let word = word.to_lowercase();
        let of_counts = [&HANDLED[..], &ABANDONED, &OFFERED].iter().any(|list| list.contains(&word.as_str()));
        of_counts || FIELD.contains(&word.as_str())
    };
    let other = |token: &str| {
        let parts: Vec<&str> = token.split(['_', '-']).filter(|part| !part.is_empty()).collect();
        let others: Vec<&str> = parts.iter().copied().filter(|part| !is_field(part)).collect();
        if others.len() == parts.len() { left(token) } else { left(&others.join("_")) }
    };
    let tokens = outer.split(|sign: char| sign.is_whitespace() || "/:|".contains(sign));
    tokens.map(other).filter(|word| word.contains(char::is_alphanumeric)).collect()
}

/// Whether a column names the figure that each row holds, so that rows are not counts alone.
pub(in crate::input) fn names_figure(header: &str) -> bool {
    Words::of(header).are(&[
        "metric",
        "metrics",
        "metricname",
        "measure",
        "measures",
        "measurenames",
        "kpi",
        "figure",
        "indicator",
        "指标",
        "指标名称",
        "度量",
    ])
}

/// A name that may be a queue's: not a figure's, a state's or a number.
pub(in crate::input) fn queue_in(name: &str) -> Option<&str> {
    let words = Words::of(name);
    let is_other = words.have(&STATES) || words.have(&NEVER) || words.hold(&["%", "％"]) || meaning_of(name) == Meaning::Begins;
    (!words.is_empty() && !is_other && name.contains(char::is_alphabetic)).then_some(name)
}
