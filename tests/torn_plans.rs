//! A plan file with one typing error: a character deleted, a header lost or misspelt. One cause is reported, once, on its line, and none of
//! its consequences.

use peakshift::input::{Folder, Problem};
use peakshift::messages::Lang;
use std::fs;
use std::path::Path;

/// The worked example with a few days of its history, so that it is read hundreds of times a second.
fn small_example() -> (tempfile::TempDir, String) {
    let copy = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/qinghe");
    for entry in fs::read_dir(example).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let name = entry.file_name();
        let text = fs::read_to_string(entry.path()).unwrap();
        let is_history = name.to_string_lossy().starts_with("history");
        let keeps = |(line, row): &(usize, &str)| !is_history || *line == 0 || row.starts_with("2026-11-2");
        let kept: Vec<&str> = text.lines().enumerate().filter(keeps).map(|(_, row)| row).collect();
        fs::write(copy.path().join(name), kept.join("\n") + "\n").unwrap();
    }
    let plan = fs::read_to_string(copy.path().join("plan.toml")).unwrap();
    assert_eq!(errors(copy.path(), &plan), [], "the example itself");
    (copy, plan)
}

fn errors(folder: &Path, plan: &str) -> Vec<Problem> {
    fs::write(folder.join("plan.toml"), plan).unwrap();
    let problems = Folder::named(folder).read().problems;
    problems.iter().filter(|problem| !problem.is_warning).cloned().collect()
}

fn in_words(told: &[Problem]) -> String {
    told.iter().map(|problem| format!("\n   {}", problem.describe(Lang::En))).collect()
}

fn without_line(text: &str, number: usize) -> String {
    text.lines().enumerate().filter(|(line, _)| line + 1 != number).map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn a_sign_deleted_anywhere_is_one_cause_on_its_own_line() {
    let (folder, text) = small_example();
    for (place, sign) in text.char_indices().filter(|(_, sign)| "[]{}\",=#.:\n".contains(*sign)) {
        let line = text[..place].matches('\n').count() + 1;
        let told = errors(folder.path(), &format!("{}{}", &text[..place], &text[place + 1..]));
        let here = format!("{sign:?} of line {line}, {}:{}", text.lines().nth(line - 1).unwrap(), in_words(&told));
        assert!(told.len() <= 1, "{here}");
        // a deleted line end moves the next line's content; a file name is part of the plan, an extended comment swallows a key
        let is_elsewhere = |problem: &Problem| problem.code == "file_missing" || problem.code == "key_missing" && sign == '\n';
        assert!(told.iter().all(|problem| problem.line == Some(line) || is_elsewhere(problem)), "{here}");
        let must_be_told = "[]{}\"=".contains(sign);
        assert!(told.len() == 1 || !must_be_told, "{here}");
    }
}

#[test]
fn a_header_that_is_lost_is_one_cause_where_it_stood() {
    let (folder, text) = small_example();
    for (line, header) in text.lines().enumerate().filter(|(_, line)| line.starts_with('[')) {
        let told = errors(folder.path(), &without_line(&text, line + 1));
        let told_so = told.first().map(|problem| problem.code);
        assert_eq!(told.len(), 1, "{header} of line {}:{}", line + 1, in_words(&told));
        assert_eq!(told[0].line, Some(line + 1), "{header}:{}", in_words(&told));
        assert!(["keys_astray", "toml_twice", "key_unknown"].map(Some).contains(&told_so), "{header}: {}", in_words(&told));
        if told_so == Some("keys_astray") {
            assert_eq!(told[0].expected, header.split(" #").next().unwrap(), "{}", in_words(&told));
        }
    }
}

#[test]
fn a_header_that_is_misspelt_is_one_cause_where_it_stands() {
    let (folder, text) = small_example();
    for (line, header) in text.lines().enumerate().filter(|(_, line)| line.starts_with('[')) {
        let header = header.split(" #").next().unwrap();
        let name = header.trim_matches(['[', ']']);
        for wrong in [format!("{name}s"), name[1..].to_owned(), format!("x{}", &name[1..]), name.to_uppercase(), format!("{name}_1")] {
            // under another name than shrinkage the intended section is unknown, except for a letter or two
            let torn: String = text
                .lines()
                .enumerate()
                .map(|(at, text)| if at == line { header.replace(name, &wrong) } else { text.to_owned() } + "\n")
                .collect();
            let told = errors(folder.path(), &torn);
            let here = format!("[{wrong}] for {header} of line {}:{}", line + 1, in_words(&told));
            assert_eq!(told.len(), 1, "{here}");
            assert_eq!((told[0].line, told[0].code, told[0].expected.as_str()), (Some(line + 1), "header_unknown", header), "{here}");
        }
    }
}

#[test]
fn a_section_that_is_missing_with_its_keys_is_one_cause() {
    let (folder, text) = small_example();
    for (from, to, header) in
        [("[plan]", "[files]", "[plan]"), ("[files]", "[[queue]]", "[files]"), ("[[queue]]", "[[contract]]", "[[queue]]")]
    {
        let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap());
        let told = errors(folder.path(), &format!("{}{}", &text[..start], &text[end..]));
        let of_plan: Vec<_> =
            told.iter().filter(|problem| problem.file == "plan.toml").map(|problem| (problem.code, problem.expected.as_str())).collect();
        assert_eq!(of_plan, [("section_missing", header)], "{}", in_words(&told));
    }
}

#[test]
fn a_header_with_the_wrong_number_of_brackets_is_one_cause_where_it_stands() {
    let (folder, text) = small_example();
    for (line, header) in text.lines().enumerate().filter(|(_, line)| line.starts_with('[')) {
        let header = header.split(" #").next().unwrap();
        let name = header.trim_matches(['[', ']']);
        let wrong = if header.starts_with("[[") { format!("[{name}]") } else { format!("[[{name}]]") };
        let torn: String = text
            .lines()
            .enumerate()
            .map(|(at, text)| if at == line { text.replace(header, &wrong) } else { text.to_owned() } + "\n")
            .collect();
        let told = errors(folder.path(), &torn);
        let here = format!("{wrong} for {header} of line {}:{}", line + 1, in_words(&told));
        assert_eq!(told.len(), 1, "{here}");
        let (code, line_told) = (told[0].code, told[0].line.unwrap());
        // of several headers, the next correct one is the second of its name for the parser
        let is_next = text.lines().nth(line_told - 1).unwrap().starts_with(header);
        assert!(code == "section_brackets" && line_told == line + 1 || code == "toml_header_twice" && is_next, "{here}");
        assert!(code != "section_brackets" || (told[0].value == wrong && told[0].expected == header), "{here}");
    }
}

#[test]
fn a_misspelt_key_is_one_cause_whether_it_must_be_there_or_not() {
    let (folder, text) = small_example();
    let mut number = 0;
    let mut section = "";
    for (line, written) in text.lines().enumerate() {
        if written.starts_with('[') {
            section = written.trim_matches(['[', ']']);
        }
        let Some((key, _)) =
            written.split_once('=').map(|(key, rest)| (key.trim(), rest)).filter(|(key, _)| !key.contains(['#', '"', ' ', '{']))
        else {
            continue;
        };
        // causes of shrinkage may have any name
        if section.starts_with("shrinkage") || key.len() < 3 {
            continue;
        }
        for wrong in [key[..key.len() - 1].to_owned(), format!("{key}x"), key.to_uppercase(), format!("{}_{}", &key[..1], &key[1..])] {
            let torn: String = text
                .lines()
                .enumerate()
                .map(|(at, text)| if at == line { text.replacen(key, &wrong, 1) } else { text.to_owned() } + "\n")
                .collect();
            let told = errors(folder.path(), &torn);
            let here = format!("{wrong} for {key} of line {}:{}", line + 1, in_words(&told));
            assert!(told.iter().any(|problem| problem.line == Some(line + 1) && problem.value == wrong), "{here}");
            // the key is absent under its own name: a second report that it is missing would be redundant
            assert!(!told.iter().any(|problem| problem.code == "key_missing" && problem.column.ends_with(&format!(".{key}"))), "{here}");
            number += 1;
        }
    }
    assert!(number > 100, "{number}");
}

#[test]
fn a_mistake_of_form_is_told_with_its_key_and_its_line() {
    let (folder, text) = small_example();
    for (line, written) in text.lines().enumerate().filter(|(_, line)| line.contains('=') && !line.trim_start().starts_with('#')) {
        let (key, _) = written.split_once('=').unwrap();
        for value in ["30.11.2026", "2026-02-30", "= 1", "“x”", "1 2", "yes", "\"x"] {
            let wrong = format!("{key}= {value}");
            let torn: String =
                text.lines().enumerate().map(|(at, text)| if at == line { &wrong } else { text }.to_owned() + "\n").collect();
            let told = errors(folder.path(), &torn);
            let here = format!("{wrong} in line {}:{}", line + 1, in_words(&told));
            assert!(told.len() == 1 && told[0].code.starts_with("toml_") && told[0].line == Some(line + 1), "{here}");
            assert_eq!((told[0].column.as_str(), told[0].value.as_str()), (key.trim(), wrong.trim()), "{here}");
        }
    }
}

/// Keys in the wrong section without a lost header: one or several that only one other section has.
#[test]
fn keys_of_another_section_are_told_together_with_where_they_belong() {
    let (folder, text) = small_example();
    for (under, keys, home) in [
        ("[plan]", "rest_hours = 12\nmost_days_running = 5\n", "[rules]"),
        ("[costs]", "rest_hours = 12\n", "[rules]"),
        ("[rules]", "pay_per_hour = 30\nrefused_day_off = 10\nother_shift = 2\n", "[costs]"),
        ("[files]", "hiring_days = 20\n", "[capacity]"),
        ("[shrinkage]", "hiring_days = 20\nsick_share = 0.03\n", "[capacity]"),
        ("[capacity]", "interval_minutes = 30\n", "[plan]"),
        ("[rules]", "regular_hours_day = 8\npatience_seconds = 30\nbot_share = 0.2\n", "[[queue]]"),
    ] {
        let told = errors(folder.path(), &text.replacen(under, &format!("{under}\n{}", keys.trim_end()), 1));
        assert_eq!(told.len(), 1, "{keys} in {under}:{}", in_words(&told));
        assert_eq!((told[0].code, told[0].expected.as_str()), ("keys_astray", home), "{}", in_words(&told));
    }
    // a cause of shrinkage may have this name
    let told = errors(folder.path(), &text.replacen("[shrinkage]", "[shrinkage]\nsick_share = 0.03\nleave_share = 0.02", 1));
    assert_eq!(told, [], "{}", in_words(&told));
}

/// Typing errors in a file of scenarios and in one of surprises.
#[test]
fn a_slip_in_a_file_of_scenarios_is_one_cause() {
    let (folder, _) = small_example();
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    let path = folder.path().join("torn.toml");
    for (file, is_of_surprises) in [("scenarios.toml", false), ("surprise.toml", true)] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let told = |torn: &str| -> Vec<Problem> {
            fs::write(&path, torn).unwrap();
            let problems = if is_of_surprises { reader.read_surprises(&path, &inputs).1 } else { reader.read_scenarios(&path, &inputs).1 };
            problems.iter().filter(|problem| !problem.is_warning).cloned().collect()
        };
        assert_eq!(told(&text), [], "{file}");
        for (place, sign) in text.char_indices().filter(|(_, sign)| "[]{}\",=".contains(*sign)) {
            let line = text[..place].matches('\n').count() + 1;
            let told = told(&format!("{}{}", &text[..place], &text[place + 1..]));
            assert!(told.len() <= 1, "{sign:?} of {file}:{line}:{}", in_words(&told));
            assert!(told.iter().all(|problem| problem.line == Some(line)), "{sign:?} of {file}:{line}:{}", in_words(&told));
        }
        let first = text.lines().position(|line| line.starts_with("[[")).unwrap();
        let told = told(&without_line(&text, first + 1));
        // the next header below it takes its name, and the second of them looks like a duplicate
        let codes: Vec<_> = told.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [if is_of_surprises { "toml_twice" } else { "keys_astray" }], "{file}:{}", in_words(&told));
    }
}
