//! Everything people read that is not data: one catalogue, English and Chinese.
//!
//! The catalogue is `messages.toml`; a key without an entry shows as the key itself.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A language planners read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese (简体中文).
    Zh,
}

impl Lang {
    /// The language of a locale name such as `zh_CN.UTF-8`; English where it says nothing.
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

/// A part of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is wrong with an input.
    Cause,
    /// What to do about it.
    Cure,
    /// What is odd in a history.
    Finding,
    /// What a rule says.
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
    static WORDS: OnceLock<Catalogue> = OnceLock::new();
    WORDS.get_or_init(|| {
        toml::from_str(include_str!("messages.toml")).unwrap_or_else(|_| Catalogue {
            cause: BTreeMap::new(),
            cure: BTreeMap::new(),
            finding: BTreeMap::new(),
            rule: BTreeMap::new(),
            text: BTreeMap::new(),
            form: BTreeMap::new(),
            column: BTreeMap::new(),
        })
    })
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

/// The phrase for a key, its `{0}`, `{1}` … replaced by `fill`; `{0|shift|shifts}` gives the first word where `{0}` is 1, else the second.
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

/// A pattern with its places filled, each once: a value that looks like a place stays as it is.
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

/// Every label and sentence of reports in a language, by key: what templates are filled with.
#[must_use]
pub fn texts(lang: Lang) -> BTreeMap<String, String> {
    catalogue().text.keys().map(|key| (key.clone(), say(lang, Part::Text, key, &[]))).collect()
}

/// The keys of a part, in order.
#[must_use]
pub fn keys(part: Part) -> Vec<&'static str> {
    let phrases = phrases(part);
    phrases.keys().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Words of a private dialect, each with the field's own.
    const DIALECT: [(&str, &str); 11] = [
        ("worlds", "demand scenarios"),
        ("mend", "repair"),
        ("mended", "repaired"),
        ("dearest", "most costly"),
        ("she", "the agent"),
        ("her", "their"),
        ("hers", "theirs"),
        ("desk's", "plan's"),
        ("at the desk", "on duty"),
        ("is missing less", "is avoided"),
        ("promises", "has the target"),
    ];

    /// The numbers of the places in a pattern.
    fn places(pattern: &str) -> BTreeSet<&str> {
        let of = |after: &'_ str| after.split_once('}').map(|(place, _)| place.len());
        let starts = pattern.match_indices('{').map(|(at, _)| &pattern[at + 1..]);
        starts.filter_map(|after| of(after).map(|length| after[..length].split('|').next().unwrap_or(""))).collect()
    }

    fn is_chinese(letter: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&letter)
    }

    /// What is wrong with an entry, if anything is.
    fn fault(en: &str, zh: &str) -> Option<String> {
        let words = format!(" {} ", en.to_lowercase().replace(|letter: char| !letter.is_alphanumeric() && letter != '\'', " "));
        let neighbours: Vec<char> = zh.chars().collect();
        let half_width = |pair: &[char]| matches!(pair, [letter, ',' | ';' | ':' | '?' | '!' | '('] if is_chinese(*letter));
        match () {
            () if en.is_empty() || zh.is_empty() => Some("a language is missing".into()),
            () if places(en) != places(zh) => Some(format!("other places: {:?} and {:?}", places(en), places(zh))),
            () if [en, zh]
                .iter()
                .any(|text| text.contains("  ") && !text.starts_with("  ") || text.ends_with(' ') && !text.starts_with([',', ';'])) =>
            {
                Some("doubled spaces".into())
            }
            () if en.chars().any(is_chinese) && !en.contains("平均通话时长") && !en.contains("年11月") => {
                Some("Chinese in English".into())
            }
            () if neighbours.windows(2).any(half_width) => Some("half-width punctuation after a Chinese letter".into()),
            () => {
                let word = DIALECT.iter().find(|(word, _)| words.contains(&format!(" {word} ")));
                word.map(|(word, field)| format!("'{word}': the field says '{field}'"))
            }
        }
    }

    #[test]
    fn every_entry_has_both_languages_in_the_words_of_the_field() {
        for part in Part::ALL {
            for (key, phrase) in phrases(part) {
                assert_eq!(fault(&phrase.en, &phrase.zh), None, "{part:?} {key}");
            }
        }
    }

    #[test]
    fn a_planted_entry_of_each_fault_is_found() {
        for (en, zh) in [
            ("the roster", ""),
            ("{0} shifts", "班次"),
            ("{0} {1|shift|shifts}", "{0} 个班次"),
            ("two  spaces", "两个空格"),
            ("the 班次", "班次"),
            ("found, fixed", "已发现,已更正"),
            ("of 100 worlds of the forecast", "一百个情景"),
            ("ask her first", "先问该坐席"),
            ("problems to mend", "待更正的问题"),
            ("2 agents at the desk", "2 人在岗"),
        ] {
            assert!(fault(en, zh).is_some(), "{en} / {zh}");
        }
        assert_eq!(fault("{0} {0|shift|shifts}, other", "{0} 个班次，其他"), None);
    }

    #[test]
    fn words_go_with_their_numbers_and_values_stay_as_they_are() {
        assert_eq!(filled("{0} {0|shift|shifts}", &["1"]), "1 shift");
        assert_eq!(filled("{0} {0|shift|shifts}", &["2"]), "2 shifts");
        assert_eq!(filled("{0} of {1}", &["{1}", "a|b"]), "{1} of a|b");
        assert_eq!(filled("{7|a|b} {x", &[]), "{7|a|b} {x");
    }

    #[test]
    fn forms_are_told_in_both_languages() {
        assert_eq!(form(Lang::Zh, "a list of numbers"), "数字列表");
        assert_eq!(form(Lang::En, "a list of numbers"), "a list of numbers");
        assert_eq!(form(Lang::Zh, "0–1000"), "0–1000");
    }
}
