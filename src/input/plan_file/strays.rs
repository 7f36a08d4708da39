//! Keys of a plan file in the wrong section because of a missing or misspelt header: one cause, reported once.

use crate::input::cell::spelling::distance;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::settings::document::{Document, KnownKeys};
use crate::input::settings::section::Section;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Keys of one section under the header of another, or of none.
#[derive(Debug)]
struct Astray {
    /// Section in which they stand; empty for none.
    under: String,
    keys: Vec<String>,
    /// Section to which they belong.
    home: String,
    /// Line of the first of them.
    line: usize,
}

/// An unknown header that resembles a known one or has its keys.
#[derive(Debug)]
struct Misspelt {
    name: String,
    meant: String,
    line: usize,
}

/// Misplaced keys and headers of a plan file.
#[derive(Debug, Default)]
pub(super) struct Strays {
    keys: Vec<Astray>,
    headers: Vec<Misspelt>,
    /// Required sections that are missing.
    missing: BTreeSet<String>,
}

/// Sections that may occur several times.
const LISTS: [&str; 6] = ["import", "queue", "site", "contract", "activity", "presence"];
/// Sections without which there is no plan.
const REQUIRED: [&str; 4] = ["plan", "files", "queue", "contract"];
/// Section whose keys are chosen by the planner.
const OF_NAMES: &str = "shrinkage";

/// A plan file with every repeatable section: reading it requests every key, including those of a site with hours.
pub(super) fn empty_plan() -> String {
    LISTS.map(|list| format!("[[{list}]]\nopen = 0\nweekdays = 0\n")).concat()
}

/// Header of a section.
fn header(section: &str) -> String {
    if LISTS.contains(&section) { format!("[[{section}]]") } else { format!("[{section}]") }
}

/// Tables of a section.
fn tables<'a>(value: &'a DeValue<'a>) -> Vec<&'a DeTable<'a>> {
    let of_list = || value.as_array().map_or_else(Vec::new, |items| items.iter().filter_map(|item| item.get_ref().as_table()).collect());
    value.as_table().map_or_else(of_list, |table| vec![table])
}

impl Strays {
    pub(super) fn of(document: &Document, known: &KnownKeys) -> Self {
        let mut strays = Self::default();
        let root = document.table();
        let present: BTreeSet<&str> = root.keys().map(|name| name.get_ref().as_ref()).collect();
        let mut at_the_top = Vec::new();
        for (name, value) in root {
            let (key, line) = (name.get_ref().as_ref(), document.line_of(name.span().start));
            let tables = tables(value.get_ref());
            if known.contains_key(key) {
                tables.into_iter().for_each(|table| strays.keys.extend(astray(document, key, table, (known, &present))));
            } else if let Some(meant) = meant(key, &tables, known) {
                strays.headers.push(Misspelt { name: key.to_owned(), meant, line });
            } else {
                at_the_top.push((name, value));
            }
        }
        strays.keys.extend(belonging_elsewhere(document, "", &at_the_top, (known, &present)));
        strays.missing = REQUIRED.iter().filter(|section| !present.contains(*section)).map(|section| (*section).to_owned()).collect();
        strays
    }

    /// Whether a section is missing or has keys elsewhere, so that its missing keys and its name may be among them.
    pub(super) fn rob(&self, section: &str) -> bool {
        self.missing.contains(section) || self.is_elsewhere(section)
    }

    fn is_elsewhere(&self, section: &str) -> bool {
        self.keys.iter().any(|of| of.home == section) || self.headers.iter().any(|of| of.meant == section)
    }

    /// Whether another problem follows from these.
    pub(super) fn explain(&self, problem: &Problem) -> bool {
        let (section, key) = problem.column.split_once('.').unwrap_or((problem.column.as_str(), ""));
        let is_lack = ["key_missing", "target_missing"].contains(&problem.code);
        let is_stray = |of: &Astray| {
            let name = if of.under.is_empty() { section } else { key };
            (of.under.is_empty() || of.under == section) && of.keys.iter().any(|stray| stray == name)
        };
        is_lack && self.rob(section)
            || self.keys.iter().any(is_stray) && ["key_unknown", "out_of_range", "key_type"].contains(&problem.code)
            || problem.code == "key_unknown" && self.headers.iter().any(|of| of.name == problem.column)
    }

    /// Reports all, one line for each header. `lacking` are the keys that would be reported as missing.
    pub(super) fn note(&self, root: &Section, lacking: &Problems, problems: &mut Problems) {
        for of in &self.keys {
            let column = if of.under.is_empty() { of.keys[0].clone() } else { format!("{}.{}", of.under, of.keys[0]) };
            root.note_at(problems, "keys_astray", of.line, (column, of.keys.join(", "), header(&of.home)));
        }
        for of in &self.headers {
            root.note_at(problems, "header_unknown", of.line, (of.name.clone(), of.name.clone(), header(&of.meant)));
        }
        for section in self.missing.iter().filter(|section| !self.is_elsewhere(section)) {
            let keys: Vec<&str> = lacking.iter().filter_map(|problem| problem.column.strip_prefix(&format!("{section}."))).collect();
            root.note_at(problems, "section_missing", 1, (section.clone(), keys.join(", "), header(section)));
        }
    }
}

/// The section for which an unknown header is meant: one of nearly the same name, or the only one that has all its keys.
fn meant(name: &str, tables: &[&DeTable], known: &KnownKeys) -> Option<String> {
    if tables.is_empty() {
        return None;
    }
    let near = known.keys().map(|section| (distance(section, &name.to_lowercase()), section)).min();
    if let Some((_, section)) = near.filter(|(letters, section)| *letters <= section.len().max(name.len()) / 3) {
        return Some(section.clone());
    }
    let keys: BTreeSet<&str> = tables.iter().flat_map(|table| table.keys()).map(|key| key.get_ref().as_ref()).collect();
    let mut all = known.iter().filter(|(_, own)| keys.len() > 1 && keys.iter().all(|key| own.contains(*key)));
    all.next().filter(|_| all.next().is_none()).map(|(section, _)| section.clone())
}

type Entry<'a> = (&'a Spanned<std::borrow::Cow<'a, str>>, &'a Spanned<DeValue<'a>>);

/// Keys of a section that belong to another.
fn astray(document: &Document, section: &str, table: &DeTable, (known, present): (&KnownKeys, &BTreeSet<&str>)) -> Vec<Astray> {
    let own = known.get(section);
    let is_own = |key: &str| section != OF_NAMES && own.is_some_and(|own| own.contains(key));
    let strange: Vec<Entry> = table.iter().filter(|(key, _)| !is_own(key.get_ref())).collect();
    let found = belonging_elsewhere(document, section, &strange, (known, present));
    // causes of shrinkage may have any name: only a key that can be no cause shows that a header is missing
    let is_cause =
        |(key, value): &Entry| key.get_ref().ends_with("_share") && matches!(value.get_ref(), DeValue::Float(_) | DeValue::Integer(_));
    let shows = |of: &Astray| strange.iter().any(|entry| of.keys.iter().any(|key| *key == entry.0.get_ref().as_ref()) && !is_cause(entry));
    found.into_iter().filter(|of| section != OF_NAMES || shows(of)).collect()
}

/// Assigns unknown keys to the section that has most of them, then the rest likewise.
fn belonging_elsewhere(
    document: &Document,
    under: &str,
    strange: &[Entry],
    (known, present): (&KnownKeys, &BTreeSet<&str>),
) -> Vec<Astray> {
    let mut left: Vec<&Entry> = strange.iter().collect();
    let mut found = Vec::new();
    while !left.is_empty() {
        let of = |own: &BTreeSet<String>| left.iter().filter(|(key, _)| own.contains(key.get_ref().as_ref())).count();
        let homes = || known.iter().filter(|(section, _)| section.as_str() != under).map(|(section, own)| (of(own), section, own));
        let most = homes().map(|(number, ..)| number).max().unwrap_or(0);
        let best: Vec<_> = homes().filter(|(number, ..)| *number == most && most > 0).collect();
        // of several with equally many, the one that is missing
        let absent: Vec<_> = best.iter().filter(|(_, section, _)| !present.contains(section.as_str())).copied().collect();
        let home = match (best.as_slice(), absent.as_slice()) {
            ([only], _) | (_, [only]) => *only,
            _ => break,
        };
        let (_, section, own) = home;
        let (mine, others): (Vec<&Entry>, Vec<&Entry>) = left.iter().partition(|(key, _)| own.contains(key.get_ref().as_ref()));
        let line = mine.iter().map(|(key, _)| document.line_of(key.span().start)).min().unwrap_or(1);
        let mut keys: Vec<(usize, String)> = mine.iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).collect();
        keys.sort();
        let keys = keys.into_iter().map(|(_, key)| key).collect();
        found.push(Astray { under: under.to_owned(), keys, home: section.clone(), line });
        left = others;
    }
    found
}
