//! A map as a planner may write it, from what was understood of an export.

use crate::input::import::understood::Understood;
use std::collections::BTreeMap;
use std::fmt::Write;

/// `[[import]]` of a file, with our names of its queues.
#[must_use]
pub fn map_text(file: &str, understood: &Understood, queues: &BTreeMap<String, String>) -> String {
    let mut text = format!("[[import]]\nfile = {}\n", quoted(file));
    let column = |says: &str| understood.columns.iter().find(|column| column.says == says).map(|column| quoted(&column.name));
    match (column("start"), column("date"), column("time")) {
        (Some(start), _, _) => drop(writeln!(text, "start = {start}")),
        (None, Some(date), Some(time)) => drop(writeln!(text, "start = {{ date = {date}, time = {time} }}")),
        (None, Some(date), None) => drop(writeln!(text, "start = {date}")),
        (None, None, _) => {}
    }
    if understood.decided.contains(&"ends_read") {
        text += "stamp = \"end\"\n";
    }
    for says in ["queue", "offered", "handled", "abandoned"] {
        // columns beside one another need no name
        let names = understood.columns.iter().filter(|column| column.says == says).count();
        if let Some(name) = column(says).filter(|_| names == 1) {
            let _ = writeln!(text, "{says} = {name}");
        }
    }
    let renamed: Vec<String> =
        queues.iter().filter(|(name, id)| name != id).map(|(name, id)| format!("{} = {}", quoted(name), quoted(id))).collect();
    if !renamed.is_empty() {
        let _ = writeln!(text, "queues = {{ {} }}", renamed.join(", "));
    }
    if let Some(handling) = column("handling") {
        let _ = writeln!(text, "handling = {handling}");
        if understood.unit_guessed == Some(0.001) {
            text += "unit = \"ms\"\n";
        }
    }
    if let Some(sheet) = &understood.sheet {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    text
}

/// A text in quotes.
pub(in crate::input) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
