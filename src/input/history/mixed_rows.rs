//! Rows of a history that an unknown column distinguishes: other queues or parts of one, of which only the last would count.

use crate::input::cell::from_utc::FromUtc;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::time::read_written;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};

/// A column with more different numbers is a measurement; one with fewer may number queues or sites.
const MOST_NUMBERS: usize = 24;

/// Key of the rows of one interval and queue.
fn key(row: &Row) -> Option<(String, String)> {
    Some((row.get("start")?.to_owned(), row.get("queue").unwrap_or("").to_owned()))
}

fn digest(of: &impl Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(of)
}

/// Reports an unknown column that distinguishes rows of one start and queue: another queue or a part, of which only the last would count.
/// Nothing else distinguishes the hour that occurs twice when clocks go back, so it is skipped.
pub(super) fn note_mixed(table: &Table, from_utc: FromUtc, problems: &mut Problems) -> bool {
    let unknown: Vec<&str> = table.form.unknown_columns().collect();
    if unknown.is_empty() {
        return false;
    }
    note_mixed_by_words(table, &unknown, from_utc, problems) || note_mixed_by_numbers(table, &unknown, from_utc, problems)
}

fn note_mixed_by_words(table: &Table, unknown: &[&str], from_utc: FromUtc, problems: &mut Problems) -> bool {
    let words = |row: &Row| -> Vec<Option<String>> {
        unknown.iter().map(|column| row.get(column).filter(|text| is_word(text)).map(str::to_owned)).collect()
    };
    let worded = || table.rows().filter(|row| unknown.iter().any(|column| row.get(column).is_some_and(is_word)));
    // texts of a year of counts would not fit: digests of all rows are kept, and texts only of rows that may share a start
    let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
    for digest in worded().filter_map(|row| key(&row)).map(|key| digest(&key)) {
        if !seen.insert(digest) {
            twice.insert(digest);
        }
    }
    drop(seen);
    let mut first: HashMap<(String, String), Vec<Option<String>>> = HashMap::new();
    for row in worded().filter(|row| !row.read("start").is_some_and(|start| from_utc.repeats(start))) {
        let Some(key) = key(&row).filter(|key| twice.contains(&digest(key))) else { continue };
        let texts = words(&row);
        let Some(known) = first.get(&key) else {
            first.insert(key, texts);
            continue;
        };
        let differs = |place: &usize| known[*place].is_some() && texts[*place].is_some() && known[*place] != texts[*place];
        if let Some(place) = (0..unknown.len()).find(differs) {
            let values = [&known[place], &texts[place]].map(|text| text.as_deref().unwrap_or(""));
            row.note_of(problems, "rows_mixed", unknown[place], values.join(", "), row.get("start").unwrap_or("").to_owned());
            return true;
        }
    }
    false
}

/// Whether a cell is a word: no number, time or offset.
fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && read_written(text).is_err()
}

/// Reports a column of few whole numbers that distinguishes all rows of one start and queue, where most intervals have several.
fn note_mixed_by_numbers(table: &Table, unknown: &[&str], from_utc: FromUtc, problems: &mut Problems) -> bool {
    let rows = || table.rows().filter(|row| !row.read("start").is_some_and(|start| from_utc.repeats(start)));
    let mut seen: HashMap<u64, bool> = HashMap::new();
    for key in rows().filter_map(|row| key(&row)) {
        seen.entry(digest(&key)).and_modify(|is_twice| *is_twice = true).or_insert(false);
    }
    // a repeated export covers a few days
    if seen.values().filter(|is_twice| **is_twice).count() * 2 < seen.len() {
        return false;
    }
    drop(seen);
    let telling = unknown.iter().find(|column| tells_apart(rows(), column));
    let Some(column) = telling else { return false };
    let mut first: HashMap<u64, String> = HashMap::new();
    for row in rows() {
        let (Some(key), Some(text)) = (key(&row), row.get(column)) else { continue };
        if let Some(before) = first.get(&digest(&key)) {
            row.note_of(problems, "rows_mixed", column, format!("{before}, {text}"), key.0);
            return true;
        }
        first.insert(digest(&key), text.to_owned());
    }
    false
}

/// Whether a column holds few whole numbers, and none of them twice for one start and queue.
fn tells_apart<'t>(rows: impl Iterator<Item = Row<'t>>, column: &str) -> bool {
    let (mut numbers, mut pairs): (HashSet<String>, HashSet<u64>) = Default::default();
    for row in rows {
        let (Some(key), Some(text)) = (key(&row), row.get(column)) else { return false };
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        if !numbers.contains(text) {
            numbers.insert(text.to_owned());
        }
        if numbers.len() > MOST_NUMBERS || !pairs.insert(digest(&(key, text))) {
            return false;
        }
    }
    numbers.len() > 1
}
