//! Catalogue of all text for people other than data, in English and Chinese.
//!
//! It is kept in `messages.toml`; a key without an entry shows as the key itself.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Language of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese (简体中文).
    Zh,
}

impl Lang {
    /// The language of a locale name such as `zh_CN.UTF-8`; English by default.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        if locale.to_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    en: String,
    zh: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    cause: BTreeMap<String, Phrase>,
    cure: BTreeMap<String, Phrase>,
    finding: BTreeMap<String, Phrase>,
    rule: BTreeMap<String, Phrase>,
    text: BTreeMap<String, Phrase>,
    form: BTreeMap<String, Phrase>,
    column: BTreeMap<String, Phrase>,
}

/// Section of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Problems of an input.
    Cause,
    /// Remedies of problems.
    Cure,
    /// Anomalies in a history.
    Finding,
    /// Statements of rules.
    Rule,
    /// Labels and sentences of reports.
    Text,
    /// The form that an input should have.
    Form,
    /// Titles of columns that people read, by the column's name in CSV files.
    Column,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 7] = [Self::Cause, Self::Cure, Self::Finding, Self::Rule, Self::Text, Self::Form, Self::Column];
}

fn catalogue() -> &'static Catalogue {
    static MESSAGES: OnceLock<Catalogue> = OnceLock::new();
    MESSAGES.get_or_init(|| toml::from_str(include_str!("messages.toml")).expect("the catalogue is part of the program, and tests read it"))
}

fn phrases(part: Part) -> &'static BTreeMap<String, Phrase> {
    let catalogue = catalogue();
    match part {
        Part::Cause => &catalogue.cause,
        Part::Cure => &catalogue.cure,
        Part::Finding => &catalogue.finding,
        Part::Rule => &catalogue.rule,
        Part::Text => &catalogue.text,
        Part::Form => &catalogue.form,
        Part::Column => &catalogue.column,
    }
}

/// The message of a key, its `{0}`, `{1}` … replaced by `fill`.
///
/// ```
/// use peakshift::messages::{Lang, Part, say};
/// assert_eq!(say(Lang::Zh, Part::Text, "shortage", &[]), "缺口");
/// assert_eq!(say(Lang::En, Part::Text, "check_summary", &["1", "2"]), "1 error, 2 warnings");
/// ```
#[must_use]
pub fn say(lang: Lang, part: Part, key: &str, fill: &[&str]) -> String {
    let phrases = phrases(part);
    let pattern = phrases.get(key).map_or(key, |phrase| match lang {
        Lang::En => &phrase.en,
        Lang::Zh => &phrase.zh,
    });
    filled(pattern, fill)
}

/// The words of a form that is given in English, in a language; what the catalogue does not know stays as it is.
#[must_use]
pub fn form(lang: Lang, english: &str) -> String {
    let known = catalogue().form.values().find(|phrase| phrase.en == english);
    known.map_or(english, |phrase| if lang == Lang::Zh { &phrase.zh } else { &phrase.en }).to_owned()
}

/// A pattern with its placeholders filled, each once: a value that looks like a placeholder stays as it is.
fn filled(pattern: &str, fill: &[&str]) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let place = after.split_once('}').and_then(|(place, after)| Some((value_at(place, fill)?, after)));
        text += before;
        (text, rest) = match place {
            Some((value, after)) => (text + value, after),
            None => (text + "{", after),
        };
    }
    text + rest
}

/// What stands at a place: a value (`0`), or a word that goes with its number (`0|shift|shifts`).
fn value_at<'a>(place: &'a str, fill: &[&'a str]) -> Option<&'a str> {
    let mut parts = place.split('|');
    let value = *fill.get(parts.next()?.parse::<usize>().ok()?)?;
    match (parts.next(), parts.next()) {
        (Some(one), Some(many)) => Some(if value == "1" { one } else { many }),
        _ => Some(value),
    }
}

/// All labels and sentences of reports in a language, by key, for use in templates.
#[must_use]
pub fn texts(lang: Lang) -> BTreeMap<String, String> {
    catalogue().text.keys().map(|key| (key.clone(), say(lang, Part::Text, key, &[]))).collect()
}

/// Keys of a section, in order.
#[must_use]
pub fn keys(part: Part) -> Vec<&'static str> {
    let phrases = phrases(part);
    phrases.keys().map(String::as_str).collect()
}
