//! The catalogue of messages: both languages, the same places, the field's words.

use peakshift::messages::{Lang, Part, form, keys, say};
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
        for key in keys(part) {
            let [en, zh] = [Lang::En, Lang::Zh].map(|lang| say(lang, part, key, &[]));
            assert_eq!(fault(&en, &zh), None, "{part:?} {key}");
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
    let said = |fill: &[&str]| say(Lang::En, Part::Text, "check_summary", fill);
    assert_eq!(said(&["1", "2"]), "1 error, 2 warnings");
    assert_eq!(said(&["1,000", "1"]), "1,000 errors, 1 warning");
    assert_eq!(said(&["{1}", "a|b"]), "{1} errors, a|b warnings");
    assert_eq!(said(&[]), "{0} {0|error|errors}, {1} {1|warning|warnings}");
}

#[test]
fn forms_are_told_in_both_languages() {
    assert_eq!(form(Lang::Zh, "a list of numbers"), "数字列表");
    assert_eq!(form(Lang::En, "a list of numbers"), "a list of numbers");
    assert_eq!(form(Lang::Zh, "0–1000"), "0–1000");
}

#[test]
fn every_form_that_an_input_is_asked_for_is_in_the_catalogue() {
    let source = |name: &str| std::fs::read_to_string(format!("{}/src/input/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut found = 0;
    for file in ["settings/values.rs", "settings/section.rs", "scenarios/sweep.rs"] {
        let source = source(file);
        let asked = source.lines().filter(|line| line.contains("wrong_type(problems") || line.contains("\"key_type\""));
        for asked in asked.filter_map(|line| line.rsplit_once("\")")?.0.rsplit_once('"')).map(|(_, asked)| asked) {
            assert_ne!(form(Lang::Zh, asked), asked, "{file}: {asked}");
            found += 1;
        }
    }
    assert!(found > 10, "{found}");
}
