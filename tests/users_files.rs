//! Users' files stay the users': names lead nowhere, results replace no inputs and no foreign files, text stays text in any program, and a
//! file that is written back keeps its format.

#[path = "support/example.rs"]
mod example;

use assert_cmd::Command;
use encoding_rs::GB18030;
use example::copy_tiny;
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::plan;
use peakshift::report::{Cell, Output, ResultSet, Sheet, plan_files};
use peakshift::review::lifts;
use peakshift::spreadsheet::{disarmed, restored};
use peakshift::units::Factor;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn peakshift(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("peakshift").unwrap().args(["--lang", "en"]).args(arguments).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of the smallest example in a folder below two others.
fn team() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("a/b/team");
    copy_tiny(&plan);
    (folder, plan)
}

fn edit(file: &Path, from: &str, to: &str) {
    let before = fs::read_to_string(file).unwrap();
    assert!(before.contains(from), "{from} in {}", file.display());
    fs::write(file, before.replace(from, to)).unwrap();
}

fn names_below(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(names_below(&entry.path()));
        }
        found.insert(entry.path());
    }
    found
}

/// Invalid identifiers of every kind, as CSV cells.
const BAD: [(&str, &str); 12] = [
    ("../../../evil", "identifier_separator"),
    ("a/b", "identifier_separator"),
    ("a\\b", "identifier_separator"),
    ("a；b", "identifier_separator"),
    ("..", "identifier_dots"),
    ("\"A1\nX-EVIL:1\"", "identifier_unprintable"),
    ("\"A1\rB\"", "identifier_unprintable"),
    ("A1\u{202e}", "identifier_unprintable"),
    ("a:b", "identifier_not_in_file_names"),
    ("NUL", "identifier_device"),
    ("com1.x", "identifier_device"),
    ("A1.", "identifier_dots"),
];

#[test]
fn a_number_that_is_no_identifier_is_refused_where_it_stands_and_nothing_is_written() {
    let long = "x".repeat(300);
    for (id, code) in BAD.iter().copied().chain([(long.as_str(), "identifier_long")]) {
        let (folder, plan) = team();
        edit(&plan.join("agents.csv"), "A1,", &format!("{id},"));
        let before = names_below(folder.path());
        let problems = Folder::named(&plan).read().problems;
        let found: Vec<_> =
            problems.iter().map(|problem| (problem.file.as_str(), problem.line, problem.column.as_str(), problem.code)).collect();
        assert!(found.contains(&("agents.csv", Some(2), "agent_id", code)), "{id:?}: {found:?}");
        assert_eq!(names_below(folder.path()), before);
    }
    let (folder, plan) = team();
    edit(&plan.join("agents.csv"), "A1,", "../../../evil,");
    let before = names_below(folder.path());
    let (code, said) = peakshift(&["plan", text(&plan), "--effort", "1"]);
    assert!(code == 2 && said.contains("agents.csv:2 [agent_id] identifier_separator"), "{said}");
    assert_eq!(names_below(folder.path()), before);
}

#[test]
fn two_numbers_that_would_be_one_file_are_refused() {
    for other in ["a2", "Ａ２", "ａ2"] {
        let (_folder, plan) = team();
        edit(&plan.join("agents.csv"), "A1,", &format!("{other},"));
        let problems = Folder::named(&plan).read().problems;
        assert!(problems.iter().any(|problem| problem.code == "identifier_clash" && problem.line == Some(3)), "{other}: {problems:?}");
    }
}

#[test]
fn identifiers_of_every_kind_are_checked_by_every_reader() {
    for (file, from, to, code) in [
        ("plan.toml", "id = \"phone\"", "id = \"a/phone\"", "identifier_separator"),
        ("plan.toml", "name = \"Tiny\"", "name = \"Ti\\u0007ny\"", "identifier_unprintable"),
        ("shifts.csv", "D,", "D/2,", "identifier_separator"),
        ("previous_roster.csv", ",A1,", ",../A1,", "identifier_separator"),
        ("absences.csv", "A2,", "A/2,", "identifier_separator"),
        ("accounts.csv", "", "agent_id,late_shifts\nA\\1,2\n", "identifier_separator"),
        ("pins.csv", "", "date,agent_id,shift\n2026-11-30,../A1,D\n", "identifier_separator"),
        ("requests.csv", "", "agent_id,date,wish\nA:1,2026-11-30,off\n", "identifier_not_in_file_names"),
        ("overrides.csv", "", "when,factor,queue,author,reason\n2026-11-30,2,a/b,me,why\n", "identifier_separator"),
        ("history.csv", ",phone,", ",pho/ne,", "identifier_separator"),
    ] {
        let (_folder, plan) = team();
        let path = plan.join(file);
        if from.is_empty() {
            fs::write(&path, to).unwrap();
        } else {
            edit(&path, from, to);
        }
        let problems = Folder::named(&plan).read().problems;
        assert!(
            problems.iter().any(|problem| problem.file == file && problem.code == code && problem.line.is_some()),
            "{file}: {problems:?}"
        );
    }
    let (folder, plan) = team();
    let scenarios = folder.path().join("s.toml");
    fs::write(&scenarios, "[[scenario]]\nname = \"x\"\nwithout_people = [\"../A1\"]\n").unwrap();
    let reader = Folder::named(&plan);
    let (_, problems) = reader.read_scenarios(&scenarios, &reader.read().inputs.unwrap());
    assert!(problems.iter().any(|problem| problem.code == "identifier_separator" && problem.line == Some(3)), "{problems:?}");
    let (code, said) = peakshift(&["why", text(&plan), "--roster", "r.csv", "--agent", "../A1", "--date", "2026-11-30"]);
    assert!(code == 2 && said.contains("separator"), "{said}");
}

#[test]
fn results_replace_no_input_however_it_is_spelt_and_nothing_foreign() {
    let (folder, plan) = team();
    let refused = |arguments: &[&str], why: &str| {
        let before = names_below(folder.path());
        let contents: Vec<_> = before.iter().filter_map(|path| fs::read(path).ok()).collect();
        let (code, said) = peakshift(arguments);
        assert!(code == 2 && said.contains(why) && said.contains("nothing was written"), "{arguments:?}: {said}");
        assert_eq!(names_below(folder.path()), before, "{arguments:?}");
        assert_eq!(before.iter().filter_map(|path| fs::read(path).ok()).collect::<Vec<_>>(), contents, "{arguments:?}");
    };
    let roundabout = plan.join("../../b/team/.");
    for out in [&plan, &roundabout] {
        refused(&["plan", text(&plan), "--out", text(out), "--effort", "1"], "is the plan folder");
        refused(&["staff", text(&plan), "--out", text(out)], "is the plan folder");
    }
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&plan, &link).unwrap();
        refused(&["forecast", text(&plan), "--out", text(&link)], "is the plan folder");
    }
    // an earlier plan becomes an input of the next plan
    assert_eq!(peakshift(&["plan", text(&plan), "--effort", "1"]).0, 0);
    let roster = plan.join("out/roster.csv");
    refused(&["repair", text(&plan), "--roster", text(&roster), "--out", text(&plan.join("out"))], "is the input");
    assert_eq!(peakshift(&["repair", text(&plan), "--roster", text(&roster), "--effort", "1"]).0, 0);
    assert!(plan.join("out/repair/changes.csv").is_file());
    edit(&plan.join("plan.toml"), "previous_roster.csv", "out/previous_roster.csv");
    refused(&["plan", text(&plan), "--effort", "1"], "is the input");
    edit(&plan.join("plan.toml"), "out/previous_roster.csv", "previous_roster.csv");
    // a file that peakshift did not write is in the way
    let elsewhere = folder.path().join("elsewhere");
    for name in ["roster.csv", "summary.json", "calendars/A1.ics"] {
        fs::create_dir_all(elsewhere.join("calendars")).unwrap();
        fs::write(elsewhere.join(name), "mine").unwrap();
        refused(&["plan", text(&plan), "--out", text(&elsewhere), "--effort", "1"], "was not written by Peakshift");
        fs::remove_file(elsewhere.join(name)).unwrap();
    }
    // single files too
    let history = plan.join("history.csv");
    for arguments in [
        &["forecast", "--history", text(&history), "--from", "2026-11-30", "--output", text(&history)][..],
        &["backtest", text(&plan), "--output", text(&history)],
        &["erlang", "--batch", text(&history), "--output", text(&history)],
        &["benchmark", "nrp", text(&history), "--output", text(&history)],
    ] {
        refused(arguments, "is the input");
    }
    // nor a file that is no such table
    let foreign = folder.path().join("notes.csv");
    fs::write(&foreign, "my,notes\n").unwrap();
    let questions = folder.path().join("questions.csv");
    fs::write(&questions, "model,load_erlangs,handling_seconds,agents\nerlang_c,10,180,14\n").unwrap();
    let flat = folder.path().join("flat.csv");
    fs::write(&flat, fs::read_to_string(&history).unwrap().replacen("offered", "volume", 1)).unwrap();
    for arguments in [
        &["forecast", "--history", text(&flat), "--from", "2026-11-30", "--output", text(&foreign)][..],
        &["reforecast", "--history", text(&flat), "--at", "2026-11-29T11:00", "--output", text(&foreign)],
        &["backtest", text(&plan), "--output", text(&foreign)],
        &["erlang", "--batch", text(&questions), "--output", text(&foreign)],
        &["benchmark", "nrp", text(&questions), "--output", text(&foreign)],
    ] {
        refused(arguments, "was not written by this command");
    }
    let answered = ["erlang", "--batch", text(&questions), "--output", text(&foreign)];
    assert_eq!(peakshift(&[&answered[..], &["--replace"]].concat()).0, 0);
    assert_eq!(peakshift(&answered).0, 0, "its own answers are replaced");
    for (from, to) in [("\n", ",x\n"), ("10", "11"), ("\n", "\r\n")] {
        edit(&foreign, from, to);
        refused(&answered, "was not written by this command, or was edited afterwards");
        assert_eq!(peakshift(&[&answered[..], &["--replace"]].concat()).0, 0);
    }
    // and all inputs in the way are reported
    let out = plan.join("out/repair");
    let (sick, edited) = (out.join("changes.csv"), out.join("roster_matrix.csv"));
    let arguments =
        ["repair", text(&plan), "--roster", text(&roster), "--absences", text(&sick), "--matrix", text(&edited), "--out", text(&out)];
    refused(&arguments, text(&sick));
    refused(&arguments, text(&edited));
    let (_, said) = peakshift(&arguments);
    assert!(!said.contains("requirement.csv"), "what lies beside absences is no input: {said}");
}

#[test]
fn repair_after_repair_goes_to_the_next_folder_and_an_edited_roster_is_not_replaced() {
    let (_folder, plan) = team();
    assert_eq!(peakshift(&["plan", text(&plan), "--effort", "1"]).0, 0);
    let mut roster = plan.join("out/roster.csv");
    for next in ["repair", "repair-2", "repair-3"] {
        let (code, said) = peakshift(&["repair", text(&plan), "--roster", text(&roster), "--effort", "1"]);
        roster = plan.join("out").join(next).join("roster.csv");
        assert!(code == 0 && roster.is_file(), "{next}: {said}");
    }
    // the first repair again: its results are replaced, not those of later ones
    let later = fs::metadata(&roster).unwrap().modified().unwrap();
    assert_eq!(peakshift(&["repair", text(&plan), "--roster", text(&plan.join("out/roster.csv")), "--effort", "1"]).0, 0);
    assert_eq!(fs::metadata(&roster).unwrap().modified().unwrap(), later);
    // a hand edit
    let made = plan.join("out/roster.csv");
    edit(&made, "\n", "\n\n");
    let before = fs::read(&made).unwrap();
    for command in ["plan", "roster"] {
        let (code, said) = peakshift(&[command, text(&plan), "--effort", "1"]);
        assert!(code == 2 && said.contains(text(&made)) && said.contains("--replace-edited") && said.contains("repair"), "{said}");
        assert_eq!(fs::read(&made).unwrap(), before);
    }
    assert_eq!(peakshift(&["staff", text(&plan)]).0, 0, "who does not touch it may go on");
    assert_eq!(peakshift(&["plan", text(&plan), "--effort", "1", "--replace-edited"]).0, 0);
    assert_ne!(fs::read(&made).unwrap(), before);
}

#[test]
fn what_a_command_no_longer_writes_goes_and_what_others_wrote_stays() {
    let (_folder, plan) = team();
    let settings = fs::read_to_string(plan.join("plan.toml")).unwrap();
    let activity = "\n[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\n";
    fs::write(plan.join("plan.toml"), [settings.as_str(), activity].concat()).unwrap();
    assert_eq!(peakshift(&["plan", text(&plan), "--effort", "1"]).0, 0);
    let out = plan.join("out");
    fs::write(out.join("mine.txt"), "mine").unwrap();
    assert_eq!(peakshift(&["staff", text(&plan), "--chart", "--out", text(&out)]).0, 0);
    assert!(out.join("activities.csv").is_file() && out.join("chart_staffing.svg").is_file());
    fs::write(plan.join("plan.toml"), settings).unwrap();
    fs::write(plan.join("absences.csv"), "agent_id,start,end,kind\nA3,2026-11-01,2026-12-31,leave\n").unwrap();
    edit(&plan.join("plan.toml"), "[files]\n", "[files]\n# again\n");
    assert_eq!(peakshift(&["plan", text(&plan), "--effort", "1"]).0, 0);
    assert!(!out.join("activities.csv").exists(), "there is none any more");
    let calendar = fs::read_to_string(out.join("calendars/A3.ics")).unwrap();
    assert!(calendar.contains("STATUS:CANCELLED") && !calendar.contains("STATUS:CONFIRMED"), "the agent has no shift now: {calendar}");
    assert!(out.join("chart_staffing.svg").is_file() && out.join("mine.txt").is_file());
    let hidden = names_below(&plan).into_iter().filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('.')).count();
    assert_eq!(hidden, 0);
}

#[test]
fn every_result_is_known_by_name_before_the_work() {
    let reader = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny"));
    let inputs = reader.read().inputs.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = plan_files(&inputs, &plan(&inputs, &Budget::of_effort(1)).unwrap(), Lang::En);
    let written = files.fill(Output::into_folder(folder.path())).write().unwrap();
    let known = ResultSet::Plan.names(&inputs);
    for path in written {
        let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
        assert!(known.contains(&name) || name.starts_with("forecasts/"), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_at_any_moment_leaves_one_whole_set() {
    let (_folder, plan) = team();
    let out = plan.join("out");
    let ended = |kill_after: Option<u64>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_peakshift"));
        command.args(["plan", text(&plan), "--effort", "1"]).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let started = std::time::Instant::now();
        let mut child = command.spawn().unwrap();
        if let Some(wait) = kill_after {
            std::thread::sleep(std::time::Duration::from_micros(wait));
            let _ = child.kill();
        }
        child.wait().unwrap();
        started.elapsed().as_micros() as u64
    };
    let set = || -> Vec<(PathBuf, Vec<u8>)> {
        names_below(&out)
            .into_iter()
            .filter(|path| path.is_file() && !path.starts_with(out.join("forecasts")))
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect()
    };
    let taken = ended(None);
    let mut sets = vec![set()];
    fs::write(plan.join("absences.csv"), "agent_id,start,end,kind\nA3,2026-11-01,2026-12-31,leave\n").unwrap();
    ended(None);
    sets.push(set());
    for number in 0..16u64 {
        // more of the kills near the end, where files are written
        let wait = taken * (40 + 5 * number) / 100;
        let absent = if number % 2 == 0 { "A2" } else { "A3" };
        fs::write(plan.join("absences.csv"), format!("agent_id,start,end,kind\n{absent},2026-11-01,2026-12-31,leave\n")).unwrap();
        let before = set();
        ended(Some(wait));
        let killed = set();
        ended(None);
        let after = set();
        assert!(killed == before || killed == after, "kill {number}");
        let hidden: Vec<_> =
            names_below(&plan).into_iter().filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('.')).collect();
        assert!(hidden.is_empty(), "kill {number}: {hidden:?}");
    }
    assert_ne!(sets[0], sets[1]);
}

/// Whether a formula begins anywhere in a CSV text where some spreadsheet begins a cell.
fn leads_anywhere(csv: &str) -> Option<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let cells: Vec<String> = reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let begins = |part: &str| {
        let part = part.trim_start_matches([' ', '\t', '"']);
        part.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && part.parse::<f64>().is_err()
    };
    cells.into_iter().find(|cell| cell.starts_with(['\t', '\r']) || cell.split([';', '\t', '\r', '\n']).any(begins))
}

proptest! {
    #[test]
    fn text_that_leads_is_disarmed_in_header_and_cells_and_comes_back_as_it_was(texts in prop::collection::vec("[=+@;'\" \t\r\n,a＝－-]{0,12}", 1..4)) {
        for text in &texts {
            let safe = disarmed(text);
            prop_assert_eq!(restored(&safe), text.as_str());
        }
        let columns: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut sheet = Sheet::new("x", &columns);
        sheet.rows.push(texts.iter().map(Cell::text).collect());
        let csv = String::from_utf8(sheet.csv()).unwrap();
        let leading = leads_anywhere(&csv);
        prop_assert!(leading.is_none(), "{leading:?} of {texts:?}");
    }
}

#[test]
fn names_that_mean_something_to_a_program_mean_nothing_in_any_result() {
    let (_folder, plan_folder) = team();
    edit(&plan_folder.join("agents.csv"), "A1,", "=A1+2,");
    edit(&plan_folder.join("previous_roster.csv"), ",A1,", ",=A1+2,");
    let toml = plan_folder.join("plan.toml");
    let name = "<script>x</script>|[free](https://x)";
    let written = fs::read_to_string(&toml).unwrap();
    let renamed: Vec<String> =
        written.lines().map(|line| if line.starts_with("name = ") { format!("name = '{name}'") } else { line.to_owned() }).collect();
    fs::write(&toml, renamed.join("\n")).unwrap();
    let shifts = fs::read_to_string(plan_folder.join("shifts.csv")).unwrap();
    let (mut lines, header) = (shifts.lines().map(str::to_owned).collect::<Vec<_>>(), shifts.lines().next().unwrap().to_owned());
    if let Some(place) = header.split(',').position(|column| column == "name") {
        for line in lines.iter_mut().skip(1) {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            cells[place] = "\"a,b;c\\d\"".into();
            *line = cells.join(",");
        }
    }
    fs::write(plan_folder.join("shifts.csv"), lines.join("\n")).unwrap();
    let reading = Folder::named(&plan_folder).read();
    let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
    let planned = plan(&inputs, &Budget::of_effort(1)).unwrap();
    let out = plan_folder.join("out");
    plan_files(&inputs, &planned, Lang::En).into_output(&out).write().unwrap();
    for path in names_below(&out).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "csv")) {
        let csv = fs::read_to_string(&path).unwrap();
        assert_eq!(leads_anywhere(csv.trim_start_matches('\u{feff}')), None, "{}", path.display());
    }
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    for file in ["report.html", "chart_forecast.svg", "chart_coverage.svg"] {
        assert!(!read(file).contains("<script>"), "{file}");
    }
    let explained = read("explain.md");
    assert!(!explained.contains("<script>") || explained.contains("\\<script\\>"), "{explained}");
    assert!(
        explained.lines().all(|line| !line.replace("\\<", "").contains("<script") && !line.replace("\\[", "").contains("[free]")),
        "{explained}"
    );
    // the roster reads back with identical numbers
    let (back, problems) = Folder::read_roster(&out.join("roster.csv"), &inputs);
    assert!(!problems.has_errors(), "{problems:?}");
    let people = |roster: &peakshift::roster::Roster| roster.assignments.iter().map(|duty| duty.agent.to_string()).collect::<BTreeSet<_>>();
    assert_eq!(people(&back), people(&planned.solved.roster));
    // calendars hold the intended properties and text
    for path in names_below(&out.join("calendars")) {
        let unfolded = fs::read_to_string(&path).unwrap().replace("\r\n ", "");
        let known = [
            "BEGIN",
            "VERSION",
            "PRODID",
            "CALSCALE",
            "NAME",
            "X-WR-CALNAME",
            "X-PUBLISHED-TTL",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "REFRESH-INTERVAL",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "UID",
            "END",
        ];
        for line in unfolded.lines() {
            let property = line.split([':', ';']).next().unwrap();
            assert!(known.contains(&property), "{line}");
        }
        let summary = unfolded.lines().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let plain = summary.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
        assert!(!header.contains("name") || plain.ends_with("a,b;c\\d"), "{summary}");
    }
}

/// Promotions of a folder with a sale on the planned day, which is counted, in the file's own bytes.
fn with_a_sale(bytes: &[u8], first_day: &str) -> (tempfile::TempDir, Folder) {
    let (folder, plan) = team();
    fs::write(plan.join("promotions.csv"), bytes).unwrap();
    let first = peakshift::time::read_date(first_day).unwrap();
    let day = |back: i64| first - chrono::TimeDelta::days(back);
    let rows: String = (-2..30)
        .flat_map(|back| (9..17).map(move |hour| format!("{}T{hour:02}:00,phone,{}\n", day(back), if back > 0 { 6 } else { 14 })))
        .collect();
    fs::write(plan.join("history.csv"), format!("start,queue,offered\n{rows}")).unwrap();
    let toml = fs::read_to_string(plan.join("plan.toml")).unwrap();
    fs::write(plan.join("plan.toml"), toml.replace("2026-11-30", first_day)).unwrap();
    fs::write(plan.join("previous_roster.csv"), "date,agent_id,shift,start,end,paid_hours\n").unwrap();
    fs::remove_file(plan.join("previous_roster.csv")).unwrap();
    let toml = fs::read_to_string(plan.join("plan.toml")).unwrap();
    let kept: Vec<&str> = toml.lines().filter(|line| !line.starts_with("previous_roster")).collect();
    fs::write(plan.join("plan.toml"), kept.join("\n")).unwrap();
    (folder, Folder::named(&plan))
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_file_that_is_written_back_keeps_its_encoding_line_ends_marks_and_quotes() {
    let table = "活动;开始;结束;预计倍数;备注\r\n\"大促;2026\";2026/11/30;2026年11月30日;200%;\"a \"\"b\"\"\"\r\n\r\n older ;2025-01-02;2025-01-03;3.0;\r\n";
    let encodings: [(&str, Vec<u8>); 4] = [
        ("UTF-8", table.as_bytes().to_vec()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", table.as_bytes()].concat()),
        ("GBK", GB18030.encode(table).0.into_owned()),
        ("UTF-16", utf16(table)),
    ];
    for (name, before) in encodings {
        let (_folder, plan) = with_a_sale(&before, "2026-11-30");
        let reading = plan.read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("{name}: {:?}", reading.problems));
        let learned = lifts(&inputs).unwrap();
        assert!(learned.iter().any(|lift| lift.alone), "{name}: {learned:?}");
        let (path, after) = plan.promotions_with(&learned, true).unwrap().unwrap();
        let multiplier = format!("{}%", (learned[0].multiplier() * 100.0).round());
        let row = format!("\"大促;2026\";2026/11/30;2026年11月30日;{multiplier};\"a \"\"b\"\"\"\r\n");
        let later = row.replace("2026", "2027");
        let wanted = table.replace("\"大促;2026\";2026/11/30;2026年11月30日;200%;\"a \"\"b\"\"\"\r\n", &row);
        let wanted = format!("{}\r\n{}\r\n", wanted.trim_end(), later.trim_end())
            .replace("older ;2025-01-02;2025-01-03;3.0\r\n", "older ;2025-01-02;2025-01-03;3.0;\r\n");
        let encoded: Vec<u8> = match name {
            "UTF-8" => wanted.as_bytes().to_vec(),
            "GBK" => GB18030.encode(&wanted).0.into_owned(),
            "UTF-16" => utf16(&wanted),
            _ => [b"\xef\xbb\xbf", wanted.as_bytes()].concat(),
        };
        assert!(after == encoded, "{name}: {:?} for {wanted:?}", String::from_utf8_lossy(&after));
        fs::write(&path, &after).unwrap();
        assert!(!plan.read().problems.has_errors(), "{name}");
    }
}

#[test]
fn what_is_written_for_the_next_year_is_what_check_takes() {
    for (first_day, start, end, later) in [
        ("2026-12-31", "2026-12-31", "2027-01-01", "2027-12-31,2028-01-01"),
        ("2028-02-29", "2028-02-29", "2028-02-29", "2029-02-28,2029-02-28"),
        ("2028-02-28", "2028-02-28T12:00", "2028-02-29T12:00", "2029-02-28T12:00,2029-03-01T12:00"),
        ("2028-02-29", "2028/2/29 10:00", "2028/3/1 02:00", "2029/2/28 10:00,2029/3/1 02:00"),
    ] {
        let table = format!("event,start,end,volume_multiplier\nsale-{},{start},{end},2.0\n", &first_day[..4]);
        let (_folder, plan) = with_a_sale(table.as_bytes(), first_day);
        let reading = plan.read();
        let learned = lifts(&reading.inputs.unwrap_or_else(|| panic!("{first_day}: {:?}", reading.problems))).unwrap();
        assert!(!learned.is_empty(), "{first_day}");
        let (path, after) = plan.promotions_with(&learned, true).unwrap().unwrap();
        let after = String::from_utf8(after).unwrap();
        assert!(after.lines().nth(2).is_some_and(|row| row.contains(later)), "{after}");
        fs::write(&path, &after).unwrap();
        assert!(!plan.read().problems.has_errors(), "{after}");
        let (_, again) = plan.promotions_with(&learned, true).unwrap().unwrap();
        assert_eq!(String::from_utf8(again).unwrap().lines().count(), 3, "once is enough");
    }
    // 2199 has no next year within a table's range: refused with its place, and no row is made
    let (_folder, plan) = with_a_sale(b"event,start,end,volume_multiplier\nsale,2199-12-30,2199-12-31,2.0\n", "2199-12-30");
    if let Some(inputs) = plan.read().inputs {
        let problems = plan.promotions_with(&lifts(&inputs).unwrap(), true).unwrap_err();
        assert!(problems.iter().any(|problem| problem.code == "not_a_date" && problem.line == Some(3)), "{problems:?}");
    }
}

#[test]
fn what_was_learned_is_written_back_whatever_the_form_of_dates_and_columns() {
    for (header, row, later) in [
        ("event,start,end", "sale,30.11.2026,30.11.2026", "sale,2027-11-30,2027-11-30"),
        ("event,start,end", "sale,11/30/26 9:00 AM,11/30/26 5:00 PM", "sale,2027-11-30 9:00 AM,2027-11-30 5:00 PM"),
        ("sep=,\nevent,start,end", "sale,2026.11.30,2026.11.30", "sale,2027.11.30,2027.11.30"),
        ("event,Start Date,Start Time,End Date,End Time", "sale,2026/11/30,9:00,2026/11/30,17:00", "sale,2027/11/30,9:00,2027/11/30,17:00"),
        ("活动名称,日期,开始时间,结束时间", "sale,2026年11月30日,9时,17时", "sale,2027年11月30日,9时,17时"),
    ] {
        let table = format!("{header},volume_multiplier\n{row},2.0\n");
        let (_folder, plan) = with_a_sale(table.as_bytes(), "2026-11-30");
        let reading = plan.read();
        let learned = lifts(&reading.inputs.unwrap_or_else(|| panic!("{row}: {:?}", reading.problems))).unwrap();
        assert!(learned.iter().any(|lift| lift.alone), "{row}");
        let (path, after) = plan.promotions_with(&learned, true).unwrap().unwrap();
        let after = String::from_utf8(after).unwrap();
        let factor = (learned[0].multiplier() * 100.0).round() / 100.0;
        assert!(after.starts_with(&format!("{header},volume_multiplier\n{row},{factor}\n{later},{factor}")), "{after}");
        fs::write(&path, &after).unwrap();
        assert!(!plan.read().problems.has_errors(), "{after}");
    }
}

#[test]
fn what_was_learned_is_written_in_the_unit_and_with_the_decimal_sign_of_its_column() {
    let forms = [
        ("event,start,end,volume_multiplier", "sale,2026-11-30,2026-11-30,", "2.0", 1.0),
        ("event,start,end,预计倍数(%)", "sale,2026-11-30,2026-11-30,", "200", 100.0),
        ("event,start,end,预计倍数", "sale,2026-11-30,2026-11-30,", "200%", 100.0),
        ("event;start;end;预计倍数", "sale;2026-11-30;2026-11-30;", "2,0", 1.0),
    ];
    for (header, row, written, scale) in forms {
        let (_folder, plan) = with_a_sale(format!("{header}\n{row}{written}\n").as_bytes(), "2026-11-30");
        let reading = plan.read();
        let learned = lifts(&reading.inputs.unwrap_or_else(|| panic!("{written}: {:?}", reading.problems))).unwrap();
        assert_eq!(learned[0].event.expected.volume.map(Factor::get), Some(2.0), "{written}");
        let (path, after) = plan.promotions_with(&learned, false).unwrap().unwrap();
        let factor = (learned[0].multiplier() * 100.0).round() / 100.0;
        let number = ((factor * scale * 100.0).round() / 100.0).to_string();
        let number = if written.contains(',') { number.replace('.', ",") } else { number };
        let sign = if written.ends_with('%') { "%" } else { "" };
        assert_eq!(String::from_utf8(after.clone()).unwrap(), format!("{header}\n{row}{number}{sign}\n"));
        fs::write(&path, &after).unwrap();
        let again = lifts(&plan.read().inputs.unwrap()).unwrap();
        assert_eq!(again[0].event.expected.volume.map(Factor::get), Some(factor), "{written}");
    }
}

#[test]
fn a_file_outside_the_plan_folder_is_read_but_not_written_back() {
    let (folder, plan) = team();
    fs::rename(plan.join("promotions.csv"), folder.path().join("promotions.csv")).unwrap();
    edit(&plan.join("plan.toml"), "promotions = \"promotions.csv\"", "promotions = \"../../../promotions.csv\"");
    assert!(Folder::named(&plan).read().inputs.is_some());
    let before = names_below(folder.path());
    let (code, said) = peakshift(&["review", text(&plan), "--roster", "r.csv", "--write-back"]);
    assert!(code == 2 && said.contains("write_back_outside") && said.contains("files.promotions"), "{said}");
    assert_eq!(names_below(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_plan_folder_is_not_written_through() {
    let (_folder, plan) = team();
    let elsewhere = tempfile::tempdir().unwrap();
    let real = elsewhere.path().join("promotions.csv");
    fs::rename(plan.join("promotions.csv"), &real).unwrap();
    std::os::unix::fs::symlink(&real, plan.join("promotions.csv")).unwrap();
    let before = fs::read(&real).unwrap();
    let (code, said) = peakshift(&["review", text(&plan), "--roster", "r.csv", "--write-back"]);
    assert!(code == 2 && said.contains("write_back_outside"), "{said}");
    assert_eq!((fs::read(&real).unwrap(), names_below(elsewhere.path()).len()), (before, 1));
}

#[test]
fn rows_of_several_queues_are_not_taken_for_one() {
    let codes = |history: &str| {
        let (_folder, plan) = team();
        fs::write(plan.join("history.csv"), history).unwrap();
        let problems = Folder::named(&plan).read().problems;
        problems.iter().filter(|problem| !problem.is_warning).map(|problem| (problem.code, problem.line)).collect::<BTreeSet<_>>()
    };
    let days = |header: &str, values: [&str; 2]| {
        let (_folder, plan) = team();
        let own = fs::read_to_string(plan.join("history.csv")).unwrap();
        let rows = own.lines().skip(1).flat_map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            values.map(|value| format!("{},{value},{}\n", cells[0], cells[2]))
        });
        format!("start,{header},offered\n{}", rows.collect::<String>())
    };
    for header in ["ACD", "部门", "Group", "Line", "Campaign", "Market", "project"] {
        assert_eq!(codes(&days(header, ["phone", "sales"])), [("rows_mixed", Some(3))].into(), "{header} names a queue");
        // parts of the only queue are added up, unless the header is one that queues have
        let parts = codes(&days(header, ["north", "sales"]));
        assert!(parts.iter().all(|(code, _)| *code == "unknown_queue"), "{header}: {parts:?}");
        assert_eq!(codes(&days(header, ["phone", "phone"])), [].into(), "{header}: a second row is a finding");
        assert_eq!(codes(&days(header, ["12", "9.5"])), [].into(), "{header}: another figure");
    }
    for header in ["LOB", "queue_id", "Queue ID", "Split", "Split/Skill", "业务线", "队列名称", "Line of business"] {
        let found = codes(&days(header, ["phone", "sales"]));
        assert!(
            !found.is_empty() && found.iter().all(|(code, _)| ["unknown_queue", "more_like_this"].contains(code)),
            "{header}: {found:?}"
        );
        assert_eq!(codes(&days(header, ["phone", "phone"])), [].into(), "{header}");
    }
    // a site beside the queue is a part of it
    let with_site = days("queue", ["phone,north", "phone,south"]).replace("start,queue,offered", "start,queue,office,offered");
    assert_eq!(codes(&with_site), [].into());
}

#[test]
fn the_hour_that_comes_twice_may_be_told_apart_by_the_name_of_its_clocks() {
    let (_folder, plan) = team();
    edit(&plan.join("plan.toml"), "days = 1\n", "days = 1\nzone = \"Europe/Berlin\"\n");
    let mut history = fs::read_to_string(plan.join("history.csv")).unwrap().replace('\n', ",CET\n").replacen(",CET", ",clock", 1);
    history.push_str("2026-10-25T02:00,phone,1,CEST\n2026-10-25T02:00,phone,1,CET\n");
    fs::write(plan.join("history.csv"), &history).unwrap();
    let added_up = || Folder::named(&plan).read().problems.iter().any(|problem| problem.code == "rows_summed");
    assert!(!added_up());
    fs::write(plan.join("history.csv"), history.replace("2026-10-25T02:00", "2026-10-25T09:00")).unwrap();
    assert!(added_up());
}
