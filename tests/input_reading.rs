//! Reading of files in any form: each problem on its own line, nothing swallowed, no endless waiting or growth.

use peakshift::input::{Folder, Problem, read_erlang_batch, read_flat, read_nrp_instance, read_tour_instance};
use peakshift::messages::Lang;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn copy_of_tiny() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    for entry in fs::read_dir(tiny).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

/// Code and line of each problem in a copy of the example with one file replaced.
fn found_in(file: &str, bytes: impl AsRef<[u8]>) -> Vec<(&'static str, Option<usize>)> {
    let copy = copy_of_tiny();
    fs::write(copy.path().join(file), bytes).unwrap();
    found(copy.path(), file).iter().map(|problem| (problem.code, problem.line)).collect()
}

fn found(folder: &Path, file: &str) -> Vec<Problem> {
    Folder::named(folder).read().problems.iter().filter(|problem| problem.file == file).cloned().collect()
}

/// A table, the line of its one bad cell, and the problem.
#[derive(Clone, Debug)]
struct Planted {
    text: String,
    line: usize,
}

/// History rows with all line ends, blank lines before and between, quoted cells with line breaks in a column that is not read, and one
/// invalid number.
fn planted() -> impl Strategy<Value = Planted> {
    let shape = (
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        prop::sample::select(vec![',', ';', '\t']),
        any::<bool>(),
        0_usize..4,
        prop::collection::vec((0_usize..3, 0_usize..3, any::<bool>()), 2..30),
        any::<prop::sample::Index>(),
    );
    shape.prop_map(|(end, separator, mark, blank_before, rows, bad)| {
        let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
        let mut line = 1 + blank_before;
        text.push_str(&end.repeat(blank_before));
        text.push_str(&["start", "queue", "offered", "remark"].join(&separator.to_string()));
        text.push_str(end);
        line += 1;
        let bad = bad.index(rows.len());
        let mut bad_line = 0;
        for (number, (blank, breaks, quoted)) in rows.into_iter().enumerate() {
            text.push_str(&end.repeat(blank));
            line += blank;
            if number == bad {
                bad_line = line;
            }
            let offered = if number == bad { "six".to_owned() } else { number.to_string() };
            let quote = |cell: &str| if quoted { format!("\"{cell}\"") } else { cell.to_owned() };
            let remark = format!("\"so \"\"it\"\" was{}\"", end.repeat(breaks));
            let cells =
                [quote(&format!("2026-11-{:02}T{:02}:00", 2 + number / 8, 9 + number % 8)), quote("phone"), quote(&offered), remark];
            text.push_str(&cells.join(&separator.to_string()));
            text.push_str(end);
            line += 1 + breaks;
        }
        Planted { text, line: bad_line }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_bad_cell_is_told_at_its_own_line_whatever_ends_and_separates_lines(planted in planted()) {
        prop_assert_eq!(found_in("history.csv", &planted.text), [("not_a_number", Some(planted.line))], "{:?}", planted.text);
    }
}

#[test]
fn every_table_counts_its_lines_by_every_line_end() {
    // file, replaced text, replacement, its line, the problem
    let cases = [
        ("agents.csv", "A3,one,full", "A3,one,none", 4, "unknown_contract"),
        ("absences.csv", "A3,2026-12-05T09:00", "A3,soon", 3, "not_a_date"),
        ("shifts.csv", "V,evening,15:00", "V,evening,3 xm", 3, "not_a_time"),
        ("promotions.csv", "2026-12-10,2026-12-11", "2026-12-10,2026-12-09", 2, "end_before_start"),
        ("calendar.csv", "makeup_work", "holiday", 3, "unknown_word"),
        ("day_curves.csv", "9,0.125", "9,x", 11, "not_a_number"),
        ("previous_roster.csv", "2026-11-29,A2,D,2026-11-29T09:00", "2026-11-29,A2,D,noon", 3, "not_a_date"),
    ];
    for (file, find, put, line, code) in cases {
        let text = fs::read_to_string(copy_of_tiny().path().join(file)).unwrap();
        assert!(text.contains(find), "{file}: {find}");
        let text = text.replacen(find, put, 1);
        for end in ["\n", "\r\n", "\r"] {
            for blank in 0..3 {
                let other = format!("{}{}", end.repeat(blank), text.replace('\n', end));
                let found = found_in(file, &other);
                assert!(found.contains(&(code, Some(line + blank))), "{file} {end:?} {blank}: {found:?}");
            }
        }
    }
}

#[test]
fn a_quote_that_is_never_closed_is_an_error_where_it_opens_and_the_other_rows_are_read() {
    let header = "agent_id,start,end,kind,status\n";
    for (rows, expected) in [
        ("A1,2026-11-30,2026-11-30,\"leave\nA3,2026-11-30,2026-11-30,leave,\n", vec![("quote_open", Some(2))]),
        ("A1,2026-11-30,2026-11-30,leave,\n\"A3,2026-11-30,2026-11-30,leave,\n", vec![("quote_open", Some(3))]),
        (
            "A1,2026-11-30,2026-11-30,\"leave,\nA3,2026-11-30,2026-11-30,\"sick\",\nA2,x,x,,\n",
            vec![("quote_open", Some(2)), ("not_a_date", Some(4)), ("not_a_date", Some(4))],
        ),
        ("A1,2026-11-30,2026-11-30,\"leave,\nA3,2026-11-30,2026-11-30,sick\",\n", vec![("quote_open", Some(2)), ("quote_stray", Some(3))]),
        ("A1,2026-11-30,2026-11-30,le\"ave,\n", vec![("quote_stray", Some(2))]),
        ("A1,2026-11-30,2026-11-30, \"leave\",\n", vec![("quote_stray", Some(2))]),
        ("A1,2026-11-30,2026-11-30,\"leave\"\"\",\n", vec![]),
    ] {
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(found_in("absences.csv", format!("{header}{rows}").replace('\n', end)), expected, "{rows:?}");
        }
    }
}

#[test]
fn what_a_spreadsheet_could_not_compute_is_told_by_name() {
    for word in ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#WERT!", "Err:502", "#####"] {
        for (file, rows, column) in [
            ("absences.csv", format!("agent_id,start,end,kind,status\nA1,2026-12-02,2026-12-02,{word},\n"), "kind"),
            ("pins.csv", format!("date,agent_id,shift\n2026-11-30,A1,{word}\n"), "shift"),
            ("requests.csv", format!("agent_id,date,wish,weight\n{word},2026-11-30,D,1\n"), "agent_id"),
            ("overrides.csv", format!("when,factor,author,reason\n2026-11-30,1.1,ann,{word}\n"), "reason"),
        ] {
            let copy = copy_of_tiny();
            fs::write(copy.path().join(file), rows).unwrap();
            let told = found(copy.path(), file);
            let [problem] = told.as_slice() else { panic!("{file} {word}: {told:?}") };
            assert_eq!(
                (problem.code, problem.line, problem.column.as_str(), problem.value.as_str()),
                ("error_cell", Some(2), column, word)
            );
        }
    }
    // a column that is not read may hold anything
    assert_eq!(found_in("history.csv", history_with("rate", "#DIV/0!")), []);
}

fn history_with(column: &str, cell: &str) -> String {
    let rows = fs::read_to_string(copy_of_tiny().path().join("history.csv")).unwrap();
    let rows: Vec<String> = rows.lines().enumerate().map(|(n, row)| format!("{row},{}", if n == 0 { column } else { cell })).collect();
    rows.join("\n")
}

#[cfg(unix)]
#[test]
fn folders_pipes_and_links_to_nowhere_in_place_of_a_file_are_errors_and_nothing_waits() {
    for file in
        ["pins.csv", "requests.csv", "overrides.csv", "previous_roster.csv", "accounts.csv", "fairness.csv", "history.csv", "plan.toml"]
    {
        let path_of = || {
            let copy = copy_of_tiny();
            let path = copy.path().join(file);
            let _ = fs::remove_file(&path);
            (copy, path)
        };
        let (copy, path) = path_of();
        fs::create_dir(&path).unwrap();
        assert_eq!(codes(copy.path(), file), ["is_a_folder"], "{file}");
        let (copy, path) = path_of();
        std::os::unix::fs::symlink("nowhere.csv", &path).unwrap();
        assert_eq!(codes(copy.path(), file), ["link_broken"], "{file}");
        let (copy, path) = path_of();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert_eq!(codes(copy.path(), file), ["is_a_pipe"], "{file}");
    }
    for device in ["/dev/zero", "/dev/null"] {
        let path = Path::new(device);
        assert!(read_erlang_batch(path).is_err() && read_nrp_instance(path).is_err() && read_tour_instance(path).is_err());
        assert!(read_flat(path, None, None).is_err());
    }
}

fn codes(folder: &Path, file: &str) -> Vec<&'static str> {
    found(folder, file).iter().map(|problem| problem.code).collect()
}

#[test]
fn words_for_a_day_off_cannot_name_a_shift() {
    for word in ["off", "OFF", "Off", "-", "—", "休", "休息", "假", "训", "leave", "LEAVE", "Training", "day off"] {
        let shifts = fs::read_to_string(copy_of_tiny().path().join("shifts.csv")).unwrap();
        for (find, put) in [("V,evening", format!("{word},evening")), ("V,evening", format!("V,{word}"))] {
            let found = found_in("shifts.csv", shifts.replace(find, &put));
            assert!(found.contains(&("shift_word_taken", Some(3))), "{put}: {found:?}");
        }
    }
}

#[test]
fn a_code_goes_before_a_name_and_a_name_of_two_shifts_is_a_doubt_everywhere() {
    let copy = copy_of_tiny();
    let shifts = fs::read_to_string(copy.path().join("shifts.csv")).unwrap();
    let write = |file: &str, text: &str| fs::write(copy.path().join(file), text).unwrap();
    // the shift coded D is named V
    write("shifts.csv", &shifts.replace("D,day", "D,V"));
    write("pins.csv", "date,agent_id,shift\n2026-11-30,A3,V\n");
    write("requests.csv", "agent_id,date,wish\nA3,2026-11-30,V\n");
    let agents = fs::read_to_string(copy.path().join("agents.csv")).unwrap();
    write("agents.csv", &agents.replace("2024-03-01,D", "2024-03-01,V"));
    let inputs = Folder::named(copy.path()).read().inputs.unwrap();
    assert_eq!(inputs.pins[0].shift.as_deref(), Some("V"));
    assert_eq!(inputs.employees[2].requests[0].shift.as_deref(), Some("V"));
    assert_eq!(inputs.employees[0].preferred_shift.as_deref(), Some("V"));
    // an unambiguous name is as good as a code
    write("shifts.csv", &shifts);
    for file in ["pins.csv", "requests.csv", "agents.csv"] {
        let text = fs::read_to_string(copy.path().join(file)).unwrap();
        write(file, &text.replace(",V", ",evening"));
    }
    let inputs = Folder::named(copy.path()).read().inputs.unwrap();
    assert_eq!((inputs.pins[0].shift.as_deref(), inputs.employees[0].preferred_shift.as_deref()), (Some("V"), Some("V")));
    write("shifts.csv", &shifts.replace("D,day", "D,evening"));
    for file in ["requests.csv", "agents.csv"] {
        let told = found(copy.path(), file);
        let [problem] = told.as_slice() else { panic!("{file}: {told:?}") };
        assert_eq!((problem.code, problem.line, problem.expected.as_str()), ("shift_doubtful", Some(2), "D, V"));
    }
    write("requests.csv", "agent_id,date,wish\n");
    write("agents.csv", &agents);
    assert_eq!(codes(copy.path(), "pins.csv"), ["shift_doubtful"]);
}

#[test]
fn what_would_be_undefined_is_refused_by_name() {
    let agents = fs::read_to_string(copy_of_tiny().path().join("agents.csv")).unwrap();
    let agent = |find: &str, put: &str| found_in("agents.csv", agents.replace(find, put));
    assert_eq!(agent("A2,one,full,phone", "A2,one,full,phone;phone"), [("listed_twice", Some(3))]);
    assert_eq!(agent("A2,one,full,phone", "A2,one,full,;"), [("list_empty", Some(3))]);
    assert_eq!(agent("senior,1.0,,", "senior,1.0,A2,"), [("mentor_circle", Some(2))]);
    let longer = agents.replace("senior,1.0,,", "senior,1.0,A3,").replace("1.0,A1,2025-06-01", "1.0,A2,2025-06-01");
    assert_eq!(found_in("agents.csv", longer), [("mentor_circle", Some(2))]);

    let absences = |rows: &str| found_in("absences.csv", format!("agent_id,start,end,kind,status\n{rows}"));
    assert_eq!(absences("A1,1990-01-01,2199-12-31,,\n"), [("too_long", Some(2))]);
    assert_eq!(absences("A1,2026-01-01,2028-12-31,,\n"), []);
    assert_eq!(
        absences("A1,2026-12-01,2026-12-05,,\nA1,2026-12-09,2026-12-09,,\nA1,2026-12-05,2026-12-06,,\n"),
        [("overlapping_absence", Some(4))]
    );

    let overrides = |rows: &str| found_in("overrides.csv", format!("when,end,queue,factor,value,author,reason\n{rows}"));
    assert_eq!(overrides("2026-11-30,,phone,,90,ann,a\n2026-11-30T10:00,,,,9,ann,b\n"), [("overlapping_override", Some(3))]);
    assert_eq!(overrides("2026-11-30,,phone,1.5,,ann,a\n2026-11-30T10:00,,phone,,9,ann,b\n"), [("overlapping_override", Some(3))]);
    assert_eq!(overrides("2026-11-30T10:00,,phone,,9,ann,b\n2026-11-30,,,1.5,,ann,a\n"), [("overlapping_override", Some(3))]);
    assert_eq!(
        overrides("2026-11-30,,phone,1.5,,ann,a\n2026-11-30T10:00,,phone,1.1,,ann,b\n2026-12-01,,phone,,9,ann,c\n"),
        [("override_other_days", Some(4))],
        "factors multiply"
    );
    assert_eq!(overrides("2026-11-30,2028-11-30,phone,1.5,,ann,a\n"), [("too_long", Some(2))]);

    let curves = fs::read_to_string(copy_of_tiny().path().join("day_curves.csv")).unwrap();
    assert!(found_in("day_curves.csv", curves.replace("\n9,", "\n8,")).contains(&("twice", Some(11))));
    assert!(found_in("day_curves.csv", curves.replace("\n9,", "\n9.5,")).contains(&("not_whole", Some(11))));
    let twins: String = curves.lines().enumerate().map(|(n, row)| format!("{row},{}\n", if n == 0 { "evening" } else { "0" })).collect();
    assert!(found_in("day_curves.csv", twins).contains(&("column_twice", Some(1))));

    let plan = fs::read_to_string(copy_of_tiny().path().join("plan.toml")).unwrap();
    let planned = |find: &str, put: &str| found_in("plan.toml", plan.replacen(find, put, 1));
    for (find, put, code, line) in [
        ("pack = \"cn\"", "rest_days_week = 7", "out_of_range", 45),
        ("pack = \"cn\"", "rest_days_week = 1.5", "not_whole", 45),
        ("pack = \"cn\"", "most_days_running = 0", "out_of_range", 45),
        ("pack = \"cn\"", "most_late_shifts_week = 2.5", "not_whole", 45),
        ("history = [\"history.csv\"]", "history = []", "list_empty", 11),
        ("history = [\"history.csv\"]", "history = [\"history.csv\", \"history.csv\"]", "listed_twice", 11),
        ("close = \"17:00\"", "close = \"17:00\"\nweekdays = []", "list_empty", 26),
        ("[costs]", "[[presence]]\nid = \"a\"\n[[presence]]\nid = \"a\"\n[costs]", "twice", 36),
        ("[costs]", "[[presence]]\nid = \"a\"\nskills = [\"phone\", \"fax\"]\n[costs]", "unknown_queue", 35),
        ("[costs]", "[[presence]]\nid = \"a\"\ncontracts = [\"full\", \"half\"]\n[costs]", "unknown_contract", 35),
    ] {
        let found = planned(find, put);
        assert!(found.contains(&(code, Some(line))), "{put}: {found:?}");
    }
}

#[test]
fn a_table_of_nothing_but_mistakes_is_told_in_part_and_counted_in_full() {
    let header = "start,queue,offered\n";
    for row in ["soon,fax,many\n", "2026-11-02T09:00,phone\n", "2026-11-02T09:00,phone,5\" x\n", "\"2026-11-02T09:00,phone,5\n"] {
        let copy = copy_of_tiny();
        fs::write(copy.path().join("history.csv"), format!("{header}{}", row.repeat(20_000))).unwrap();
        let problems = Folder::named(copy.path()).read().problems;
        assert!(problems.iter().count() < 300 && problems.errors() >= 20_000, "{row}: {}", problems.errors());
        assert!(problems.iter().any(|problem| problem.describe(Lang::En).contains("and 19,995 more like this")), "{row}");
    }
}

#[test]
fn personal_data_is_refused_in_columns_values_and_names() {
    let agents = fs::read_to_string(copy_of_tiny().path().join("agents.csv")).unwrap();
    for column in
        ["name", "员工", "员工姓名", "First Name", "e-mail", "telephone", "电话", "mobile phone", "Passport No.", "微信号", "home address"]
    {
        assert_eq!(found_in("agents.csv", agents.replacen("team", column, 1)), [("personal_column", Some(1))], "{column}");
        assert_eq!(found_in("history.csv", history_with(column, "x")), [("personal_column", Some(1))], "{column}");
    }
    for value in ["138 0013 8000", "+86-138-0013-8000", "ann@example.com", "110105 19491231 002X", "010-12345678"] {
        assert_eq!(found_in("agents.csv", agents.replacen("A2,one", &format!("A2,{value}"), 1)), [("personal_value", Some(3))], "{value}");
        let plan = fs::read_to_string(copy_of_tiny().path().join("plan.toml")).unwrap();
        for (find, line) in [("name = \"Tiny\"", 4), ("name = \"Phone\"", 22)] {
            let found = found_in("plan.toml", plan.replacen(find, &format!("name = \"of {value}\""), 1));
            assert_eq!(found, [("personal_value", Some(line))], "{value}");
        }
        let promotions = fs::read_to_string(copy_of_tiny().path().join("promotions.csv")).unwrap();
        assert_eq!(
            found_in("promotions.csv", promotions.replace("sale,main", &format!("sale {value},main"))),
            [("personal_value", Some(2))]
        );
        let copy = copy_of_tiny();
        let inputs = Folder::named(copy.path()).read().inputs.unwrap();
        let path = copy.path().join("s.toml");
        for (text, read_as) in [("[[scenario]]\nname = \"{}\"\nvolume = 2\n", true), ("[[surprise]]\nname = \"{}\"\nvolume = 2\n", false)] {
            fs::write(&path, text.replace("{}", value)).unwrap();
            let folder = Folder::named(copy.path());
            let problems = if read_as { folder.read_scenarios(&path, &inputs).1 } else { folder.read_surprises(&path, &inputs).1 };
            let told: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
            assert_eq!(told, [("personal_value", Some(2))], "{value}");
        }
    }
}

#[test]
fn the_data_of_every_example_is_no_personal_data() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for folder in ["tiny", "qinghe"] {
        for entry in fs::read_dir(data.join(folder)).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.file_name().is_some_and(|name| name == "plan.toml" || name == "double11.toml") {
                let problems = Folder::named(&path).read().problems;
                let refused: Vec<_> = problems.iter().filter(|problem| problem.code.starts_with("personal")).collect();
                assert!(refused.is_empty(), "{refused:?}");
            }
        }
    }
    let nyc = data.join("nyc311");
    for entry in
        fs::read_dir(nyc).unwrap().map(Result::unwrap).filter(|entry| entry.path().extension().is_some_and(|ending| ending == "csv"))
    {
        let refused = read_flat(&entry.path(), None, None).err();
        let refused =
            refused.iter().flat_map(peakshift::input::Problems::iter).filter(|problem| problem.code.starts_with("personal")).count();
        assert_eq!(refused, 0, "{:?}", entry.path());
    }
}

#[test]
fn a_cell_of_one_word_again_and_again_is_read_to_its_end() {
    let words = ["am", "上午", "点", "9", "9:", "-", "~", "日", ".", ",", ";", "/", "%", "total ", "'", "#"];
    for file in ["history.csv", "agents.csv", "absences.csv", "shifts.csv", "promotions.csv", "calendar.csv", "previous_roster.csv"] {
        let text = fs::read_to_string(copy_of_tiny().path().join(file)).unwrap();
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        for column in 0..rows[0].len() {
            for word in words {
                let cell = format!("\"{}\"", word.repeat(20_000));
                let mut damaged = rows.clone();
                damaged[1][column] = &cell;
                let table: Vec<String> = damaged.iter().map(|row| row.join(",")).collect();
                let copy = copy_of_tiny();
                fs::write(copy.path().join(file), table.join("\n")).unwrap();
                let told = found(copy.path(), file);
                assert!(told.iter().all(|problem| problem.describe(Lang::En).len() < 5_000), "{file} {column} {word}");
            }
        }
    }
}
