//! Help in both languages.

use assert_cmd::Command;
use std::collections::{BTreeMap, BTreeSet};

fn help(arguments: &[&str], locale: Option<&str>) -> String {
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let command = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().fold(&mut command, |command, name| command.env_remove(name));
    let output = command.envs(locale.map(|locale| ("LANG", locale))).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Names of the commands that a help lists under a heading.
fn listed(help: &str, heading: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help").collect()
}

/// Arguments that ask for the help of every command, in both lengths.
fn every_help() -> Vec<Vec<String>> {
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    let mut at = 0;
    while let Some(command) = commands.get(at).cloned() {
        let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let nested = listed(&help(&arguments, None), "Commands:");
        commands.extend(nested.into_iter().map(|name| [command.as_slice(), &[name]].concat()));
        at += 1;
    }
    let lengths = ["-h", "--help"];
    commands.iter().flat_map(|command| lengths.map(|length| [command.as_slice(), &[length.to_owned()]].concat())).collect()
}

fn texts(arguments: &[String], more: &[&str], locale: Option<&str>) -> String {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
    help(&arguments, locale)
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// Whether a line has nothing to translate: an example, or the name of an argument whose text follows.
fn is_neutral(line: &str) -> bool {
    let line = line.trim();
    let is_name = |word: &str| word.starts_with(['-', '<', '[']);
    line.is_empty() || line.starts_with("peakshift ") || line.split_whitespace().all(is_name)
}

/// Two English words in a row, which a translated line has in its names of products only.
fn english_words(line: &str) -> Option<String> {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_alphabetic());
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_end_matches([',', ';', ':', '.'])).collect();
    let found =
        words.windows(2).find(|pair| is_word(pair[0]) && is_word(pair[1]) && pair[1].starts_with(|first: char| first.is_lowercase()));
    found.filter(|_| !line.starts_with("用法：")).map(|pair| pair.join(" "))
}

#[test]
fn every_line_of_help_is_chinese_where_chinese_is_asked_for() {
    let every = every_help();
    assert!(every.len() > 40, "{}", every.len());
    for arguments in &every {
        let (english, chinese) = (texts(arguments, &["--lang", "en"], Some("zh_CN.UTF-8")), texts(arguments, &["--lang=zh"], None));
        assert_eq!(texts(arguments, &[], Some("zh_CN.UTF-8")), chinese, "{arguments:?}");
        let english: BTreeSet<&str> = english.lines().filter(|line| !is_neutral(line)).collect();
        for line in chinese.lines().filter(|line| !is_neutral(line)) {
            assert!(line.contains(is_chinese) && !english.contains(line), "{arguments:?}: {line}");
            assert_eq!(english_words(line), None, "{arguments:?}: {line}");
            let letters: Vec<char> = line.chars().collect();
            let half_width = letters.windows(2).find(|pair| is_chinese(pair[0]) && ",;:?!(".contains(pair[1]));
            assert_eq!(half_width, None, "{arguments:?}: {line}");
        }
    }
}

#[test]
fn both_languages_describe_the_same_commands_arguments_and_examples() {
    // the first word of a line, without the texts, values and defaults of the long form
    let is_name = |word: &&str| word.starts_with(|first: char| first.is_ascii_lowercase() || "-<".contains(first)) && *word != "-";
    let names = |help: &str| -> Vec<String> {
        let lines = help.lines().filter(|line| line.starts_with("  "));
        let examples = help.lines().filter(|line| line.starts_with("  peakshift "));
        lines.filter_map(|line| line.split_whitespace().next().filter(is_name)).chain(examples).map(str::to_owned).collect()
    };
    for arguments in every_help() {
        let [english, chinese] = [&[][..], &["--lang", "zh"]].map(|more| names(&texts(&arguments, more, None)));
        assert!(!english.is_empty());
        assert_eq!(english, chinese, "{arguments:?}");
    }
}

#[test]
fn english_help_does_not_depend_on_the_locale() {
    for arguments in every_help() {
        let plain = texts(&arguments, &[], None);
        assert!(plain.contains("Usage: peakshift") && !plain.contains(is_chinese), "{arguments:?}: {plain}");
        for locale in ["C", "en_GB.UTF-8"] {
            assert_eq!(texts(&arguments, &[], Some(locale)), plain, "{arguments:?} {locale}");
        }
    }
}

#[test]
fn every_translation_belongs_to_a_text() {
    let translations: BTreeMap<String, String> = toml::from_str(include_str!("../src/cli/help_zh.toml")).unwrap();
    let english: String = every_help().iter().map(|arguments| texts(arguments, &[], None)).collect();
    // only the help of the help command shows it
    let of_help = help(&["help", "help"], None);
    let unused: Vec<_> = translations.keys().filter(|text| !english.contains(*text) && !of_help.contains(*text)).collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn help_that_nobody_asked_for_and_help_by_its_command_are_chinese_too_and_errors_stay_english() {
    let zh = Some("zh_CN.UTF-8");
    assert_eq!(help(&["help", "benchmark", "nrp"], zh), help(&["benchmark", "nrp", "--help"], zh));
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let bare = command.env("LC_ALL", "zh_CN.UTF-8").output().unwrap();
    assert_eq!((bare.status.code(), String::from_utf8(bare.stderr).unwrap()), (Some(2), help(&["-h"], zh)));
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let wrong = command.env("LC_ALL", "zh_CN.UTF-8").args(["plan"]).output().unwrap();
    let wrong = String::from_utf8(wrong.stderr).unwrap();
    assert!(wrong.contains("Usage: peakshift plan <DIR>") && !wrong.contains(is_chinese), "{wrong}");
}
