//! One mistake is one problem: for any fault of a cell, a line or a file, no consequence is reported as a cause of its own.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use peakshift::input::{Folder, Problem, Problems};
use peakshift::messages::Lang;
use std::fs;
use std::path::Path;
use valid_folder::{TABLES, valid_folder};

/// Contents that no cell may hold: a spreadsheet error, a telephone number, something that is neither number, time nor name.
const WRONG: [&str; 3] = ["#REF!", "13800138000", "a/\u{7}b"];
/// Values that no key may have.
const WRONG_VALUES: [&str; 3] = ["= { wrong = 1 }", "= [[1]]", "= "];

fn problems_with(folder: &Path, file: &str, text: &str) -> Problems {
    let path = folder.join(file);
    let before = fs::read(&path).unwrap();
    fs::write(&path, text).unwrap();
    let problems = Folder::named(folder).read().problems;
    fs::write(&path, before).unwrap();
    problems
}

/// New problems elsewhere: not in `file` or, where a line is given, not on that line.
fn others<'p>(before: &Problems, after: &'p Problems, file: &str, line: Option<usize>) -> Vec<&'p Problem> {
    let is_old = |problem: &Problem| before.iter().any(|old| old == problem);
    let is_here = |problem: &Problem| problem.file == file && (line.is_none() || problem.line == line);
    after.iter().filter(|problem| !is_here(problem) && !is_old(problem)).collect()
}

#[test]
fn a_wrong_cell_of_any_table_is_told_where_it_stands_and_nowhere_else() {
    let folder = valid_folder();
    let sound = Folder::named(folder.path()).read().problems;
    assert!(!sound.has_errors(), "{sound:?}");
    let mut found = Vec::new();
    for file in TABLES {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        // a few lines are representative of a long file
        for place in (0..lines.len()).filter(|place| *place < 5 || place % 29 == 0) {
            let cells: Vec<&str> = lines[place].split(',').collect();
            for cell in 0..cells.len() {
                // any header may be one of the planner's own
                for wrong in WRONG.into_iter().take(if place == 0 { 2 } else { 3 }) {
                    let mut damaged = cells.clone();
                    damaged[cell] = wrong;
                    let damaged = damaged.join(",");
                    let mut new = lines.clone();
                    new[place] = &damaged;
                    let told = problems_with(folder.path(), file, &new.join("\n"));
                    let others = others(&sound, &told, file, Some(place + 1)).into_iter();
                    found.extend(others.map(|other| format!("{file}:{} {damaged}: {}", place + 1, other.describe(Lang::En))));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_file_that_cannot_be_read_at_all_is_the_only_one_to_be_told() {
    let folder = valid_folder();
    let sound = Folder::named(folder.path()).read().problems;
    for file in TABLES {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let header = text.lines().next().unwrap();
        let refused_rows = text.lines().enumerate().map(|(line, row)| if line == 0 { row.to_owned() } else { format!("{row},x") });
        let refused_rows = refused_rows.collect::<Vec<_>>().join("\n");
        for damaged in ["", "\n", &format!("姓名\n{text}"), &format!("{header},email\n{text}"), &refused_rows, &"x".repeat(50)] {
            let told = problems_with(folder.path(), file, damaged);
            let others = others(&sound, &told, file, None);
            assert!(told.has_errors() && others.is_empty(), "{file}: {damaged:.60}: {others:#?}");
            assert!(told.iter().all(|problem| problem.code != "no_rows"), "{file}: {damaged:.60}: it has rows");
        }
        let path = folder.path().join(file);
        let aside = folder.path().join("aside");
        fs::rename(&path, &aside).unwrap();
        fs::create_dir(&path).unwrap();
        let told = Folder::named(folder.path()).read().problems;
        assert!(told.has_errors() && others(&sound, &told, file, None).is_empty(), "{file} as a folder: {told:#?}");
        fs::remove_dir(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
    }
}

#[test]
fn a_wrong_value_of_the_plan_is_told_on_its_line_and_nowhere_else() {
    let folder = valid_folder();
    let sound = Folder::named(folder.path()).read().problems;
    let text = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once('=') else { continue };
        for wrong in WRONG_VALUES {
            let damaged = format!("{key}{wrong}");
            let mut new = lines.clone();
            new[place] = &damaged;
            let told = problems_with(folder.path(), "plan.toml", &new.join("\n"));
            assert!(told.has_errors(), "{damaged}");
            let others = others(&sound, &told, "plan.toml", Some(place + 1)).into_iter();
            found.extend(others.map(|other| format!("{} {damaged}: {}", place + 1, other.describe(Lang::En))));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_line_of_overrides_with_a_refused_cell_is_not_called_unclear_besides() {
    let folder = valid_folder();
    let header = "when,end,queue,factor,value,author,reason\n";
    for (row, codes) in [
        ("2026-11-30,,phone,x,,ann,why", ["not_a_number"]),
        ("2026-11-30,,phone,-1,,ann,why", ["out_of_range"]),
        ("2026-11-30,,phone,,1e99,ann,why", ["out_of_range"]),
        ("2026-11-30,,phone,2,9,ann,why", ["override_unclear"]),
        ("2026-11-30,,phone,,,ann,why", ["override_unclear"]),
        ("2026-11-30,,fax,x,,ann,why", ["not_a_number"]),
    ] {
        let told = problems_with(folder.path(), "overrides.csv", &format!("{header}{row}\n"));
        let found: Vec<_> =
            told.iter().filter(|problem| !problem.is_warning && problem.code != "unknown_queue").map(|problem| problem.code).collect();
        assert_eq!(found, codes, "{row}");
    }
}

#[test]
fn names_of_refused_rows_are_known_and_others_are_still_missed() {
    let folder = valid_folder();
    let shifts = fs::read_to_string(folder.path().join("shifts.csv")).unwrap();
    let requests = "agent_id,date,wish\nA1,2026-11-30,D\nA1,2026-12-01,day\nA1,2026-12-02,Z\n";
    fs::write(folder.path().join("requests.csv"), requests).unwrap();
    let told = problems_with(folder.path(), "shifts.csv", &shifts.replace("D,day,09:00", "D,day,9 o'clock"));
    let found: Vec<_> =
        told.iter().filter(|problem| !problem.is_warning).map(|problem| (problem.file.as_str(), problem.code, problem.line)).collect();
    assert_eq!(found, [("requests.csv", "unknown_shift", Some(4)), ("shifts.csv", "not_a_time", Some(2))]);
}

#[cfg(unix)]
#[test]
fn a_history_that_is_a_pipe_is_not_missed_by_its_queues() {
    let folder = valid_folder();
    let path = folder.path().join("history.csv");
    fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let told = Folder::named(folder.path()).read().problems;
    let codes: Vec<_> = told.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
    assert_eq!(codes, ["is_a_pipe"]);
}

/// Typing errors in a header: a letter omitted, doubled or replaced, two exchanged.
fn misspelt(header: &str) -> Vec<String> {
    let letters: Vec<char> = header.chars().collect();
    let (middle, last) = (letters.len() / 2, letters.len() - 1);
    let written = |letters: &[char]| letters.iter().collect::<String>();
    let mut swapped = letters.clone();
    swapped.swap(middle - 1, middle);
    let mut other = letters.clone();
    other[last] = 'q';
    [
        written(&[&letters[..middle], &letters[middle + 1..]].concat()),
        written(&[&letters[..=middle], &letters[middle..]].concat()),
        written(&other),
        written(&swapped),
    ]
    .into()
}

#[test]
fn a_misspelt_header_is_told_once_with_the_one_that_is_meant() {
    let folder = valid_folder();
    let sound = Folder::named(folder.path()).read().problems;
    let mut number = 0;
    for file in TABLES.into_iter().filter(|file| !["day_curves.csv", "drivers.csv"].contains(file)) {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let (header, rows) = text.split_once('\n').unwrap();
        let names: Vec<&str> = header.split(',').collect();
        for (place, name) in names.iter().enumerate().filter(|(_, name)| name.len() > 3) {
            for wrong in misspelt(name)
                .into_iter()
                .filter(|wrong| !names.contains(&wrong.as_str()) && wrong.replace('_', "") != name.replace('_', ""))
            {
                let mut torn = names.clone();
                torn[place] = &wrong;
                let told = problems_with(folder.path(), file, &format!("{}\n{rows}", torn.join(",")));
                let new: Vec<_> = told.iter().filter(|problem| !sound.iter().any(|old| old == *problem)).collect();
                // an export may have any further columns: only required ones are missed there
                if new.is_empty() && ["history.csv", "previous_roster.csv"].contains(&file) {
                    continue;
                }
                let found: Vec<_> =
                    new.iter().filter(|problem| problem.file == file).map(|problem| (problem.code, problem.expected.as_str())).collect();
                assert_eq!(found.first(), Some(&("column_mistyped", *name)), "{wrong} in {file}: {new:#?}");
                let errors = new.iter().filter(|problem| !problem.is_warning).count();
                assert!(errors <= 1, "{wrong} in {file}: {new:#?}");
                number += 1;
            }
        }
    }
    assert!(number > 100, "{number}");
}

#[test]
fn a_table_with_a_header_and_no_rows_is_told_and_nobody_is_missed_for_it() {
    let folder = valid_folder();
    let sound = Folder::named(folder.path()).read().problems;
    for file in TABLES {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let told = problems_with(folder.path(), file, &format!("{}\n", text.lines().next().unwrap()));
        let others = others(&sound, &told, file, None);
        assert!(others.iter().all(|problem| problem.is_warning), "{file}: {others:#?}");
    }
}

#[test]
fn a_table_given_in_place_of_another_is_told_once_with_what_it_looks_like() {
    let folder = valid_folder();
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    let one = |problems: &Problems, what: &str| {
        let told: Vec<_> = problems.iter().filter(|problem| !problem.is_warning).collect();
        assert_eq!(told.len(), 1, "{what}: {told:#?}");
        (told[0].code, told[0].value.clone())
    };
    let matrix = |file: &str| {
        let (roster, matrix) = (folder.path().join("roster.csv"), folder.path().join(file));
        Folder::read_mending(&roster, None, Some(&matrix), &mut inputs.clone()).1
    };
    for (file, kind) in [
        ("roster.csv", "roster.csv"),
        ("agents.csv", "agents.csv"),
        ("absences.csv", "absences.csv"),
        ("pins.csv", "pins.csv"),
        ("requests.csv", "requests.csv"),
    ] {
        assert_eq!(one(&matrix(file), file), ("other_kind", kind.to_owned()));
    }
    for file in ["agents.csv", "matrix.csv", "absences.csv", "history.csv", "shifts.csv", "promotions.csv"] {
        let kind = if file == "matrix.csv" { continue } else { file };
        let problems = Folder::read_roster(&folder.path().join(file), &inputs).1;
        assert_eq!(one(&problems, file), ("other_kind", kind.to_owned()));
    }
    // days of another week are days all the same
    fs::write(folder.path().join("matrix.csv"), "agent_id,team,12-07 Mon,12-08 Tue\nA1,one,D,D\nA2,one,off,D\nA2,one,D,D\n").unwrap();
    assert_eq!(one(&matrix("matrix.csv"), "another week").0, "matrix_without_days");
    let problems = Folder::read_roster(&folder.path().join("matrix.csv"), &inputs).1;
    assert_eq!(one(&problems, "a matrix"), ("other_kind", "roster_matrix.csv".to_owned()));
}

/// Errors of a folder with the content of one file replaced.
fn errors_with(folder: &Path, file: &str, text: &str) -> Vec<Problem> {
    fs::write(folder.join(file), text).unwrap();
    Folder::named(folder).read().problems.iter().filter(|problem| !problem.is_warning).cloned().collect()
}

#[test]
fn a_list_of_meals_that_cannot_be_read_is_told_with_the_part_that_is_none_and_how_lists_are_written() {
    let folder = valid_folder();
    let text = fs::read_to_string(folder.path().join("shifts.csv")).unwrap();
    let times = ["11:00", "12:00", "13:00"];
    for number in 1..=3 {
        for mark in ["-", ";", "/", " ", "、", "||", "|x|", "+|", "&", " or "] {
            let (joined, only) = (times[..number].join(mark), number == 1);
            let list = if only { format!("{joined}{}", mark.trim()) } else { joined };
            if list == "11:00" {
                continue;
            }
            let told = errors_with(folder.path(), "shifts.csv", &text.replacen("11:00|12:00|13:00", &list, 1));
            let found: Vec<_> =
                told.iter().map(|problem| (problem.code, problem.line, problem.column.as_str(), problem.value.as_str())).collect();
            assert_eq!(found, [("meal_list_unclear", Some(2), "meal_windows", list.as_str())], "{list}");
            assert!(list.contains(&told[0].expected) && told[0].describe(Lang::En).contains("11:00|12:00"), "{list}");
        }
    }
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    for (file, from, to, code, known) in [
        ("agents.csv", "A1,one,full", "A1,one,fulltime", "unknown_contract", "full"),
        ("agents.csv", "full,phone", "full,fax", "unknown_queue", "phone"),
        ("shifts.csv", "0,full,phone", "0,half,phone", "unknown_contract", "full"),
        ("shifts.csv", "0,full,phone", "0,full,fax", "unknown_queue", "phone"),
        ("history.csv", ",phone,", ",fax,", "unknown_queue", "phone"),
        ("overrides.csv", ",phone,", ",fax,", "unknown_queue", "phone"),
        ("promotions.csv", ",phone,", ",fax,", "unknown_queue", "phone"),
        ("promotions.csv", ",evening", ",morning", "unknown_curve", "evening"),
    ] {
        let folder = valid_folder();
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(text.contains(from), "{from} in {file}");
        let told = errors_with(folder.path(), file, &text.replacen(from, to, 1));
        let found: Vec<_> = told.iter().map(|problem| (problem.code, problem.expected.as_str())).collect();
        assert_eq!(found, [(code, known)], "{file} {to}");
    }
}

#[test]
fn a_file_that_is_missing_is_told_with_the_line_that_names_it() {
    let folder = valid_folder();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    for (line, written) in plan.lines().enumerate().filter(|(_, line)| line.contains(".csv\"")) {
        let told = errors_with(folder.path(), "plan.toml", &plan.replace(written, &written.replace(".csv", "_of_may.csv")));
        let found: Vec<_> = told.iter().map(|problem| (problem.code, problem.expected.clone())).collect();
        assert_eq!(found, [("file_missing", format!("plan.toml:{}", line + 1))], "{written}");
        assert!(told[0].file.ends_with("_of_may.csv"), "{written}");
    }
}

#[test]
fn a_table_named_in_place_of_its_folder_is_one_cause() {
    let folder = valid_folder();
    for file in TABLES {
        let path = folder.path().join(file);
        let told: Vec<Problem> = Folder::named(&path).read().problems.iter().cloned().collect();
        let found: Vec<_> = told.iter().map(|problem| (problem.code, problem.expected.as_str())).collect();
        assert_eq!(found, [("plan_is_a_file", folder.path().to_str().unwrap())], "{file}");
    }
}

#[test]
fn a_column_whose_name_means_another_that_is_there_is_told_once() {
    let folder = valid_folder();
    for (file, header, taken, lacking) in [
        ("pins.csv", "date,agent_id,day", "day", "shift"),
        ("pins.csv", "日期,工号,上班日期", "上班日期", "shift"),
        ("requests.csv", "agent_id,date,day", "day", "wish"),
        ("absences.csv", "agent_id,start,开始日期", "开始日期", "end"),
    ] {
        let told = errors_with(folder.path(), file, &format!("{header}\nA1,2026-11-30,D\n"));
        let found: Vec<_> = told.iter().map(|problem| (problem.code, problem.column.as_str(), problem.expected.as_str())).collect();
        assert!(found.contains(&("column_taken", taken, lacking)) && found.len() == 1, "{header}: {found:?}");
        fs::remove_file(folder.path().join(file)).unwrap();
        fs::write(folder.path().join(file), fs::read_to_string(valid_folder().path().join(file)).unwrap()).unwrap();
    }
}

#[test]
fn intervals_that_stand_twice_with_other_counts_are_asked_about_once() {
    let folder = valid_folder();
    let text = fs::read_to_string(folder.path().join("history.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let other = |row: &str, more: usize| {
        let (before, count) = row.rsplit_once(',').unwrap();
        format!("{before},{}", count.parse::<usize>().unwrap() + more)
    };
    let all = |row: &dyn Fn(usize) -> Vec<String>| (0..rows.len()).flat_map(row).collect::<Vec<_>>();
    let beside = all(&|place| vec![rows[place].to_owned(), other(rows[place], 3)]);
    let below: Vec<String> = rows.iter().map(|row| (*row).to_owned()).chain(rows.iter().map(|row| other(row, 1))).collect();
    let most = all(&|place| if place % 3 > 0 { vec![rows[place].to_owned(), other(rows[place], 2)] } else { vec![rows[place].to_owned()] });
    for (written, first) in [(&beside, 3), (&below, rows.len() + 2), (&most, 4)] {
        let told = errors_with(folder.path(), "history.csv", &format!("{header}\n{}\n", written.join("\n")));
        let found: Vec<_> = told.iter().map(|problem| (problem.code, problem.line, problem.column.as_str())).collect();
        assert_eq!(found, [("counted_twice", Some(first), "offered")]);
    }
    // an exact duplicate, and a later re-export of a few days, are reported and counted once
    let same = all(&|place| vec![rows[place].to_owned(); 2]);
    let few = all(&|place| if place < 5 { vec![rows[place].to_owned(), other(rows[place], 2)] } else { vec![rows[place].to_owned()] });
    for written in [&same, &few] {
        assert_eq!(errors_with(folder.path(), "history.csv", &format!("{header}\n{}\n", written.join("\n"))), []);
    }
    // in two files
    fs::write(folder.path().join("history.csv"), &text).unwrap();
    let shop: Vec<String> = rows.iter().map(|row| other(row, 1)).collect();
    fs::write(folder.path().join("shop.csv"), format!("{header}\n{}\n", shop.join("\n"))).unwrap();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    let told = errors_with(folder.path(), "plan.toml", &plan.replace("[\"history.csv\"]", "[\"history.csv\", \"shop.csv\"]"));
    let found: Vec<_> = told.iter().map(|problem| (problem.code, problem.file.as_str(), problem.value.as_str())).collect();
    assert_eq!(found, [("counted_in_files", "shop.csv", "phone")]);
}

#[test]
fn numbers_of_a_matrix_in_another_case_are_one_line() {
    let folder = valid_folder();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    for (ids, number) in [(["a1", "a2", "a3"], 3), (["A1", "a2", "A3"], 1), (["Ａ1", "A2", "a3"], 2)] {
        let rows: String = ids.iter().map(|id| format!("{id},one,D\n")).collect();
        fs::write(folder.path().join("matrix.csv"), format!("agent_id,team,11-30 Mon\n{rows}")).unwrap();
        let (roster, matrix) = (folder.path().join("roster.csv"), folder.path().join("matrix.csv"));
        let problems = Folder::read_mending(&roster, None, Some(&matrix), &mut inputs.clone()).1;
        let told: Vec<_> = problems.iter().filter(|problem| !problem.is_warning || problem.code == "matrix_without_person").collect();
        assert_eq!(told.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["agents_in_other_case"], "{ids:?}");
        assert_eq!(told[0].value.split(", ").count(), number, "{ids:?}");
    }
}

#[test]
fn targets_of_a_batch_without_their_values_are_counted_rightly() {
    let folder = valid_folder();
    for (targets, values) in
        [("service_level;asa", "0.8"), ("asa", "20;30"), ("service_level;asa;occupancy", "0.8;20"), ("asa;occupancy", "")]
    {
        let text = format!("model,load_erlangs,handling_seconds,agents,target,target_value\nerlang_c,10,180,,{targets},{values}\n");
        fs::write(folder.path().join("batch.csv"), text).unwrap();
        let told = peakshift::input::read_erlang_batch(&folder.path().join("batch.csv")).unwrap_err();
        let told: Vec<_> = told.iter().collect();
        let count = |list: &str| list.split(';').filter(|part| !part.is_empty()).count().to_string();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert_eq!(
            (told[0].code, &told[0].value, &told[0].expected),
            ("target_count", &count(targets), &count(values)),
            "{targets} {values}"
        );
    }
}
