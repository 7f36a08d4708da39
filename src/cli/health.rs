//! Anomalies of a history and caveats of a forecast, in words.

use super::printing::{note, println};
use peakshift::forecast::Caveat;
use peakshift::history::{Finding, FindingKind};
use peakshift::messages::{Lang, Part, say};
use peakshift::report::caveat_text;

/// Findings of one kind shown individually; the rest are counted.
const SHOWN: usize = 10;

/// Prints a line for each kind of finding, with its first places below it.
pub(crate) fn findings_in_full(findings: &[Finding], lang: Lang) {
    for of_kind in by_kind(findings) {
        println!("  {}", of_kind_in_words(&of_kind, lang));
        for finding in of_kind.iter().take(SHOWN) {
            println!("    {} +{} ({})", finding.start.format("%Y-%m-%dT%H:%M"), finding.intervals, finding.count);
        }
        if of_kind.len() > SHOWN {
            println!("    …");
        }
    }
}

/// Prints a warning for each kind of finding and each caveat, with its queue.
pub(crate) fn warn(queue: impl std::fmt::Display, findings: &[Finding], caveats: &[Caveat], lang: Lang) {
    for of_kind in by_kind(findings) {
        warn_of(&queue, &format!("{}: {}", places(&of_kind), of_kind_in_words(&of_kind, lang)), lang);
    }
    caveats.iter().for_each(|caveat| warn_of(&queue, &caveat_text(caveat, lang), lang));
}

/// Prints one warning about a queue.
pub(crate) fn warn_of(queue: impl std::fmt::Display, text: &str, lang: Lang) {
    note("warning", &say(lang, Part::Text, "notice", &[&queue.to_string(), text]), lang);
}

/// Place of the first finding; for level shifts all of them, with their factors.
fn places(of_kind: &[&Finding]) -> String {
    match of_kind {
        [first, _, ..] if first.kind == FindingKind::LevelShift => {
            let shift = |shift: &&Finding| format!("{} (× {:.2})", shift.start.date(), shift.count);
            of_kind.iter().map(shift).collect::<Vec<_>>().join(", ")
        }
        _ => of_kind[0].start.format("%Y-%m-%dT%H:%M").to_string(),
    }
}

fn of_kind_in_words(of_kind: &[&Finding], lang: Lang) -> String {
    let code = of_kind[0].kind.code();
    // the latest is decisive: for level shifts it gives today's level
    let latest = of_kind[of_kind.len() - 1];
    let (start, size) = (latest.start.date().to_string(), format!("{:.2}", latest.count));
    format!("{} × {code}: {}", of_kind.len(), say(lang, Part::Finding, code, &[&start, &size]))
}

fn by_kind(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut kinds: Vec<_> = findings.iter().map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(|kind| findings.iter().filter(|finding| finding.kind == kind).collect()).collect()
}
