//! Explanation of a repair: `explain.md`.

use super::markdown::escaped;
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Mended};
use crate::report::texts::mended::{change_line, mended_text, undone_lines, unkept_lines};
use std::fmt::Write;

/// Explanation of a repair: figures, undone edits, pins that could not be kept, all changes.
pub(in crate::report) fn explained(inputs: &Inputs, mended: &Mended, lang: Lang) -> String {
    let text = |key: &str, fill: &[&str]| escaped(&say(lang, Part::Text, key, fill));
    let mut page = format!("# {}\n", text("mended_title", &[&inputs.name]));
    for line in mended_text(mended, &inputs.currency, lang).lines() {
        // offers form a list
        let (before, mark) = if line.starts_with(' ') { ("", "- ") } else { ("\n", "") };
        let _ = writeln!(page, "{before}{mark}{}", escaped(line));
    }
    let changes = mended.repaired.changes.iter().map(|change| change_line("mended_change", change, lang)).collect();
    let parts = [
        ("mended_undone_title", undone_lines(mended, lang)),
        ("mended_unkept_title", unkept_lines(mended, lang)),
        ("mended_changes_title", changes),
    ];
    for (title, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = write!(page, "\n## {}\n\n", text(title, &[]));
        for line in lines {
            let _ = writeln!(page, "- {}", escaped(&line));
        }
    }
    page
}
