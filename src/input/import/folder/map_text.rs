//! A map as a planner may write it, from what was understood of an export.

use crate::input::import::columns::map::word_of_unit;
use crate::input::import::understood::Understood;
use crate::input::problem::way::quoted;
use std::collections::BTreeMap;
use std::fmt::Write;

/// `[[import]]` of a file, with our names of its queues: what a map said, and what was understood beside it.
#[must_use]
pub fn map_text(file: &str, understood: &Understood, queues: &BTreeMap<String, String>) -> String {
    let mut text = format!("[[import]]\nfile = {}\n", quoted(file));
    let mut lines = understood.said.clone();
    for (key, value) in found(understood, queues) {
        if !lines.iter().any(|(said, _)| *said == key) {
            lines.push((key, value));
        }
    }
    for (key, value) in lines {
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

/// Keys with what was understood of a file.
fn found(understood: &Understood, queues: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    let column = |says: &str| understood.columns.iter().find(|column| column.says == says).map(|column| quoted(&column.name));
    let mut lines = Vec::new();
    match (column("start"), column("date"), column("time")) {
        (Some(start), _, _) => lines.push(("start", start)),
        (None, Some(date), Some(time)) => lines.push(("start", format!("{{ date = {date}, time = {time} }}"))),
        (None, Some(date), None) => lines.push(("start", date)),
        (None, None, _) => {}
    }
    if understood.decided.contains(&"ends_read") {
        lines.push(("stamp", quoted("end")));
    }
    lines.extend(understood.slots.as_deref().map(|slots| ("slots", quoted(slots))));
    for says in ["queue", "offered", "handled", "abandoned"] {
        // columns beside one another need no name
        let names = understood.columns.iter().filter(|column| column.says == says).count();
        lines.extend(column(says).filter(|_| names == 1).map(|name| (says, name)));
    }
    let renamed: Vec<String> =
        queues.iter().filter(|(name, id)| name != id).map(|(name, id)| format!("{} = {}", quoted(name), quoted(id))).collect();
    if !renamed.is_empty() {
        lines.push(("queues", format!("{{ {} }}", renamed.join(", "))));
    }
    if let Some(handling) = column("handling") {
        lines.push(("handling", handling));
        lines.extend(understood.unit_guessed.map(|unit| ("unit", quoted(word_of_unit(unit)))));
    }
    if understood.decided.contains(&"total_guessed") {
        lines.push(("figures", quoted("sum")));
    }
    lines.extend(understood.sheet.as_deref().map(|sheet| ("sheet", quoted(sheet))));
    lines
}
