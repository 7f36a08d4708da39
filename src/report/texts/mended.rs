//! Changes of a repaired roster, in words.

use super::offers::offer_line;
use crate::messages::{Lang, Part, say};
use crate::plan::Mended;
use crate::report::tables::roster::mended::reason_key;
use crate::roster::{Change, QueueCoverage, missing};
use crate::units::Hours;
use crate::workforce::Pin;

/// Difference in understaffed agent-hours that a number with one decimal shows.
const SHOWN: Hours = Hours::constant(0.05);

/// Number of changes and people, recovered share of the understaffed hours, and offers where more understaffing is left than before.
#[must_use]
pub fn mended_text(mended: &Mended, currency: &str, lang: Lang) -> String {
    let changes = &mended.repaired.changes;
    let mut people: Vec<_> = changes.iter().map(|change| &change.agent).collect();
    people.sort_unstable();
    people.dedup();
    let of = |coverage: &[QueueCoverage]| missing(coverage, mended.problem.grid.interval());
    let ((short_before, price_before), (short_after, price_after)) = (of(&mended.before), of(&mended.after));
    let hours = |short: Hours| format!("{:.1}", short.get());
    let fill = [
        changes.len().to_string(),
        people.len().to_string(),
        hours(short_before),
        hours(short_after),
        format!("{price_before:.0}"),
        format!("{price_after:.0}"),
        currency.to_owned(),
    ];
    let mut summary = say(lang, Part::Text, "mended_summary", &fill.each_ref().map(String::as_str));
    let (short_published, _) = of(&mended.published);
    if short_before > short_published + SHOWN {
        let lost = [hours(short_published), hours(short_before)];
        summary = format!("{}\n{summary}", say(lang, Part::Text, "mended_away", &lost.each_ref().map(String::as_str)));
    }
    if !mended.by_hand.is_empty() {
        summary = format!("{summary}\n{}", say(lang, Part::Text, "mended_by_hand", &[&mended.by_hand.len().to_string()]));
    }
    match (short_after > short_before + SHOWN, mended.asks.is_empty()) {
        (_, false) => {
            let lines = mended.asks.iter().map(|offer| format!("\n    {}", offer_line(offer, currency, lang)));
            format!("{summary}\n{}{}", say(lang, Part::Text, "mended_asks", &[]), lines.collect::<String>())
        }
        (true, true) => format!("{summary}\n{}", say(lang, Part::Text, "mended_nobody", &[])),
        (false, true) => summary,
    }
}

/// A changed person-day, in the wording of a key.
pub(in crate::report) fn change_line(key: &str, change: &Change, lang: Lang) -> String {
    let off = say(lang, Part::Text, "code_off", &[]);
    let shift = |shift: &Option<String>| shift.clone().unwrap_or_else(|| off.clone());
    let why = say(lang, Part::Text, &format!("change_{}", reason_key(change.reason)), &[]);
    let fill = [change.date.to_string(), change.agent.to_string(), shift(&change.before), shift(&change.after), why];
    say(lang, Part::Text, key, &fill.each_ref().map(String::as_str))
}

/// Undone hand edits, one line each.
#[must_use]
pub fn undone_lines(mended: &Mended, lang: Lang) -> Vec<String> {
    mended.undone.iter().map(|change| change_line("mended_undone", change, lang)).collect()
}

/// Pins that cannot be kept, one line each.
#[must_use]
pub fn unkept_lines(mended: &Mended, lang: Lang) -> Vec<String> {
    let off = say(lang, Part::Text, "code_off", &[]);
    let line = |pin: &Pin| {
        let fill = [pin.date.to_string(), pin.agent.to_string(), pin.shift.clone().unwrap_or_else(|| off.clone())];
        say(lang, Part::Text, "mended_unkept", &fill.each_ref().map(String::as_str))
    };
    mended.unkept.iter().map(line).collect()
}
