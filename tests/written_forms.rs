//! Formats of times, months, words and numbers in planners' files: clear ones are read, others reported.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use assert_cmd::Command;
use peakshift::history::RawCount;
use peakshift::input::{Folder, Problems};
use peakshift::time::{read_date, read_stamp};
use peakshift::units::Share;
use peakshift::workforce::AgentId;
use std::fs;
use std::path::Path;
use valid_folder::valid_folder;

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn told(problems: &Problems) -> Vec<(String, &'static str, Option<usize>)> {
    problems.iter().map(|problem| (problem.file.clone(), problem.code, problem.line)).collect()
}

/// The first count of a history whose second line has a time in some format, in a plan with some clocks.
fn first_start(written: &str, clocks: &str) -> Result<RawCount, Vec<&'static str>> {
    let folder = valid_folder();
    edit(folder.path(), "plan.toml", "days = 1\n", &format!("days = 1\n{clocks}\n"));
    edit(folder.path(), "history.csv", "2026-11-02T09:00,", &format!("{written},"));
    let reading = Folder::named(folder.path()).read();
    let codes = reading.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
    reading.inputs.map(|inputs| inputs.queues[0].counts[0]).ok_or(codes)
}

#[test]
fn a_time_is_read_in_every_clear_form() {
    for written in [
        "2026-11-02T09:00",
        "20261102 09:00",
        "20261102 0900",
        "20261102T090000",
        "202611020900",
        "20261102090000",
        "2026/11/2 9:00",
        "2026年11月2日 09:00:00",
    ] {
        let count = first_start(written, "").unwrap_or_else(|codes| panic!("{written}: {codes:?}"));
        assert_eq!(count.start, read_stamp("2026-11-02T09:00").unwrap(), "{written}");
    }
    for written in ["2026110209", "20261302 09:00", "202611022500", "2611020900", "20261102 9"] {
        assert_eq!(first_start(written, "").unwrap_err(), ["not_a_date"], "{written}");
    }
}

#[test]
fn a_time_with_an_offset_is_put_into_the_plans_time_or_asked_about() {
    let zone = "zone = \"Asia/Shanghai\"";
    for written in [
        "2026-11-02T01:00:00Z",
        "2026-11-02 01:00 UTC",
        "20261102T0100Z",
        "2026-11-02T09:00:00+08:00",
        "2026-11-02T09:00+0800",
        "2026-11-02 09:00+08",
        "2026-11-01T20:00-05:00",
    ] {
        for clocks in [zone, "utc_offset_hours = 8"] {
            let count = first_start(written, clocks).unwrap_or_else(|codes| panic!("{written}: {codes:?}"));
            assert_eq!(count.start, read_stamp("2026-11-02T09:00").unwrap(), "{written}");
        }
        assert_eq!(first_start(written, "").unwrap_err(), ["time_with_offset"], "{written}");
        assert_eq!(first_start(written, "zone = \"Beijing\"").unwrap_err(), ["unknown_zone"], "{written}: one cause");
    }
    for written in ["2026-11-02T09:00+99:00", "2026-11-02T09:00+08:75", "2026-11-02T09:00 EST", "2026-11-02T09:00Z+08:00"] {
        assert_eq!(first_start(written, zone).unwrap_err(), ["not_a_date"], "{written}");
    }
}

#[test]
fn offsets_are_told_or_converted_in_every_table_of_times() {
    for (file, from, to, is_converted) in [
        ("absences.csv", "2026-12-05T09:00", "2026-12-05T09:00Z", true),
        ("promotions.csv", "2026-12-10,", "2026-12-10T00:00Z,", true),
        ("overrides.csv", "2026-11-30T10:00", "2026-11-30T10:00+01:00", true),
        ("drivers.csv", "2026-11-02,", "2026-11-02T00:00Z,", true),
        ("previous_roster.csv", "2026-11-28T09:00", "2026-11-28T09:00+08:00", false),
    ] {
        let folder = valid_folder();
        edit(folder.path(), file, from, to);
        let codes = || -> Vec<&'static str> {
            let problems = Folder::named(folder.path()).read().problems;
            problems.iter().filter(|problem| problem.file == file && !problem.is_warning).map(|problem| problem.code).collect()
        };
        assert_eq!(codes().first(), Some(if is_converted { &"time_with_offset" } else { &"local_time_only" }), "{file}");
        edit(folder.path(), "plan.toml", "days = 1\n", "days = 1\nzone = \"Asia/Shanghai\"\n");
        let is_asked = codes().iter().any(|code| ["time_with_offset", "local_time_only"].contains(code));
        assert_eq!(is_asked, !is_converted, "{file}");
    }
}

#[test]
fn where_times_are_local_an_offset_is_asked_about_for_that_reason() {
    let folder = valid_folder();
    edit(folder.path(), "plan.toml", "days = 1\n", "days = 1\nzone = \"Asia/Shanghai\"\n");
    let path = folder.path().join("s.toml");
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    for key in ["from = 2026-11-30T09:00Z", "until = \"2026-11-30T12:00+08:00\"", "from = \"2026-11-30 01:00 UTC\""] {
        fs::write(&path, format!("[[scenario]]\nname = \"a\"\n[[scenario.surge]]\nfactor = 2\n{key}\n")).unwrap();
        let (_, problems) = reader.read_scenarios(&path, &inputs);
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert_eq!(found, [("local_time_only", Some(5))], "{key}");
    }
    for time in ["2026-11-30T03:00Z", "2026-11-30T11:00+08:00"] {
        let output =
            Command::cargo_bin("peakshift").unwrap().arg("reforecast").arg(folder.path()).arg(format!("--at={time}")).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("local time without an offset"), "{time}: {said}");
    }
}

#[test]
fn months_and_the_headers_of_wishes_are_read_as_planners_write_them() {
    for month in ["2026-11", "2026/11", "2026年11月", "2026/11/1", "202611"] {
        let folder = valid_folder();
        edit(folder.path(), "accounts.csv", "2026-11,", &format!("{month},"));
        let inputs = Folder::named(folder.path()).read().inputs.unwrap_or_else(|| panic!("{month}"));
        assert_eq!(inputs.accounts[&AgentId::new("A1")].month, read_stamp("2026-11-01").ok().map(|stamp| stamp.date()), "{month}");
    }
    for wish in ["希望", "申请", "意愿", "期望", "Request"] {
        let folder = valid_folder();
        edit(folder.path(), "requests.csv", "wish", wish);
        assert!(Folder::named(folder.path()).read().inputs.is_some(), "{wish}");
    }
}

#[test]
fn words_for_leave_are_days_off_and_gaps_of_a_matrix_are_named() {
    let folder = valid_folder();
    let mut inputs = Folder::named(folder.path()).read().inputs.unwrap();
    let mut matrix = |text: &str| {
        let path = folder.path().join("matrix.csv");
        fs::write(&path, text).unwrap();
        inputs.pins.clear();
        let (_, problems) = Folder::read_mending(&folder.path().join("roster.csv"), None, Some(&path), &mut inputs);
        let off = inputs.pins.iter().any(|pin| pin.agent == AgentId::new("A1") && pin.shift.is_none());
        let told: Vec<_> = problems.iter().map(|problem| (problem.code, problem.value.clone())).collect();
        (off, told)
    };
    for word in ["病假", "sick", "Sick", "年假", "事假", "leave", "休", "婚假", ""] {
        assert_eq!(matrix(&format!("agent_id,11-30\nA1,{word}\nA2,\nA3,\n")), (true, vec![]), "{word}");
    }
    assert_eq!(matrix("agent_id,11-30\nA1,D\nA3,\n"), (false, vec![("matrix_without_person", "A2".to_owned())]));
    inputs.horizon.days = 3;
    let mut matrix = |text: &str| {
        let path = folder.path().join("matrix.csv");
        fs::write(&path, text).unwrap();
        let (_, problems) = Folder::read_mending(&folder.path().join("roster.csv"), None, Some(&path), &mut inputs);
        problems.iter().map(|problem| (problem.code, problem.value.clone())).collect::<Vec<_>>()
    };
    let days = ("matrix_without_day", "2026-12-01, 2026-12-02".to_owned());
    assert_eq!(matrix("agent_id,11-30\nA1,D\nA2,\nA3,\n"), [days]);
    assert_eq!(matrix("agent_id,11-30,12-01,12-02\nA1,D,,\nA2,,,\nA3,,,\n"), []);
}

#[test]
fn corrections_of_other_days_are_named_by_their_line() {
    let folder = valid_folder();
    let rows = "when,end,queue,factor,value,author,reason\n\
        2026-11-29,,phone,2,,ann,the day before\n2026-11-30T09:00,,phone,2,,ann,a day of the plan\n2026-12-01,,,2,,ann,the day after\n\
        2026-11-28,2026-11-30T01:00,,2,,ann,into it\n2026-11-28,2026-11-30T00:00,phone,2,,ann,up to it\n";
    fs::write(folder.path().join("overrides.csv"), rows).unwrap();
    let reading = Folder::named(folder.path()).read();
    let found: Vec<_> = told(&reading.problems).into_iter().filter(|(file, ..)| file == "overrides.csv").collect();
    assert_eq!(found, [2, 4, 6].map(|line| ("overrides.csv".to_owned(), "override_other_days", Some(line))));
    assert!(reading.inputs.is_some(), "warnings");
}

#[test]
fn a_site_may_be_open_on_some_days_all_through_them() {
    let of = |section: &str| {
        let folder = valid_folder();
        edit(folder.path(), "plan.toml", "open = \"08:00\"\nclose = \"20:00\"\n", section);
        let problems = Folder::named(folder.path()).read().problems;
        problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(of("weekdays = [\"mon\", \"tue\"]\n"), Vec::<&str>::new());
    assert_eq!(of("weekdays = [\"someday\"]\n"), ["unknown_word"]);
    assert_eq!(of("weekdays = [\"mon\"]\nopen = \"08:00\"\n"), ["key_missing"]);
    assert_eq!(of("weekdays = [\"mon\"]\nopen = \"08:00\"\nclose = \"08:00\"\n"), ["opening_hours_empty"]);
    assert_eq!(of("hours = [{ weekdays = [\"mon\"], open = \"08:00\", close = \"20:00\" }]\n"), Vec::<&str>::new());
}

#[test]
fn opening_hours_are_stated_by_weekday_in_parts_and_past_midnight() {
    let of = |section: &str| {
        let folder = valid_folder();
        edit(folder.path(), "plan.toml", "open = \"09:00\"\nclose = \"17:00\"\n", section);
        fs::write(folder.path().join("overrides.csv"), "when,end,queue,factor,value,author,reason\n").unwrap();
        let reading = Folder::named(folder.path()).read();
        let codes: Vec<&str> =
            reading.problems.iter().filter(|problem| problem.column.contains("queue")).map(|problem| problem.code).collect();
        (reading.inputs.map(|inputs| inputs.queues[0].queue.hours.clone()), codes)
    };
    let week = r#"hours = [
        { weekdays = ["mon", "周二"], open = "09:00", close = "12:00" },
        { weekdays = ["mon"], open = "13:00", close = "18:00" },
        { weekdays = ["fri"], open = "18:00", close = "02:00" },
    ]
    special_hours = [
        { first = 2026-12-01, last = 2026-12-01, open = "10:00", close = "11:00" },
        { first = 2026-12-01, last = 2026-12-01, open = "14:00", close = "15:00" },
        { first = 2026-12-04, last = 2026-12-04 },
    ]
"#;
    let (hours, codes) = of(week);
    assert_eq!(codes, Vec::<&str>::new());
    let hours = hours.unwrap();
    let on = |date: &str| hours.on(read_date(date).unwrap()).iter().map(|span| format!("{}-{}", span.open, span.close)).collect::<Vec<_>>();
    assert_eq!(on("2026-11-30"), ["09:00-12:00", "13:00-18:00"]);
    assert_eq!(on("2026-12-08"), ["09:00-12:00"]);
    assert_eq!(on("2026-12-01"), ["10:00-11:00", "14:00-15:00"]);
    assert_eq!((on("2026-12-04"), on("2026-12-11"), on("2026-12-12")), (vec![], vec!["18:00-02:00".to_owned()], vec![]));
    assert_eq!(of("open = \"18:00\"\nclose = \"02:00\"\n").1, Vec::<&str>::new());
    assert_eq!(of("open = \"17:00\"\nclose = \"09:00\"\n").1, ["opening_hours_long_night"]);
    assert_eq!(of("open = \"17:00\"\nhours = [{ open = \"09:00\", close = \"12:00\" }]\n").1, ["hours_beside_hours"]);
    let parts = "hours = [{ open = \"09:00\", close = \"12:00\" }, { weekdays = [\"sun\"], open = \"11:00\", close = \"13:00\" }]\n";
    assert_eq!(of(parts).1, ["hours_overlap"]);
    assert_eq!(of("hours = [{ weekdays = [], open = \"09:00\" }]\n").1, ["key_missing", "list_empty"]);
    for hours in ["[]", "[\"09:00-17:00\"]", "\"09:00-17:00\"", "9", "[[]]"] {
        assert_eq!(of(&format!("hours = {hours}\n")).1, ["key_type"], "{hours}");
    }
    let night = "hours = [{ weekdays = [\"sun\"], open = \"18:00\", close = \"02:00\" }, { weekdays = [\"mon\"], open = \"01:00\", close = \"13:00\" }]\n";
    assert_eq!(of(night).1, ["hours_overlap_next_day"]);
    assert_eq!(of(&night.replace("01:00", "02:00")).1, Vec::<&str>::new());
    let special = |first: u32, last: u32, open: &str| format!("{{ first = 2026-12-{first:02}, last = 2026-12-{last:02}{open} }}");
    let open = ", open = \"10:00\", close = \"11:00\"";
    for (one, other, codes) in [
        (special(1, 5, ""), special(3, 4, open), vec![]),
        (special(1, 5, ""), special(1, 5, open), vec!["special_hours_contradict"]),
        (special(1, 5, open), special(3, 8, ""), vec!["special_hours_cross"]),
        (special(3, 8, open), special(1, 5, ""), vec!["special_hours_cross"]),
        (special(1, 5, open), special(6, 8, open), vec![]),
    ] {
        let hours = format!("open = \"09:00\"\nclose = \"17:00\"\nspecial_hours = [{one}, {other}]\n");
        assert_eq!(of(&hours).1, codes, "{one} {other}");
    }
}

#[test]
fn a_hotline_may_name_a_queue_and_a_mobile_number_not() {
    for (number, refused) in [("400-820-8820", false), ("95588", false), ("1-800-555-0199", false), ("138-0013-8000", true)] {
        let folder = valid_folder();
        for file in ["plan.toml", "history.csv", "agents.csv", "shifts.csv", "promotions.csv", "overrides.csv"] {
            let text = fs::read_to_string(folder.path().join(file)).unwrap();
            fs::write(folder.path().join(file), text.replace("phone", number)).unwrap();
        }
        let problems = Folder::named(folder.path()).read().problems;
        assert_eq!(problems.iter().any(|problem| problem.code == "personal_value"), refused, "{number}: {problems:?}");
        assert_eq!(problems.has_errors(), refused, "{number}: {problems:?}");
    }
}

#[test]
fn a_file_saved_for_another_part_of_the_world_is_asked_about() {
    for name in ["Müller", "Größe", "señor", "Zoë"] {
        let folder = valid_folder();
        let path = folder.path().join("requests.csv");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(name);
        fs::write(&path, [b"agent_id,date,wish,weight,note\nA1,2026-11-30,D,2,", &*bytes, b"\n"].concat()).unwrap();
        let found = told(&Folder::named(folder.path()).read().problems);
        let code = found.iter().find(|(file, ..)| file == "requests.csv").map(|(_, code, _)| *code);
        assert!(matches!(code, Some("encoding_doubtful" | "byte_unreadable")), "{name}: {found:?}");
    }
}

#[test]
fn what_a_scenario_sets_is_told_on_its_own_line() {
    let text = "[[scenario]]\nname = \"a\"\n[scenario.set]\nrules.rest_hours = 11\ncosts.pay_per_hour = -1\nqueue.phone.handling_seconds = \"x\"\n\n\
        [[sweep]]\nname = \"s\"\n[sweep.vary]\nvolume = [1, 2]\nhandling = [900]\nabsence_share = 3\n\"rules.rest_hours\" = [99]\n";
    let folder = valid_folder();
    let path = folder.path().join("s.toml");
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    let read = |text: &str| {
        fs::write(&path, text).unwrap();
        let (_, problems) = reader.read_scenarios(&path, &inputs);
        problems.iter().map(|problem| (problem.code, problem.line)).collect::<Vec<_>>()
    };
    let (set, vary) = text.split_once("\n\n").unwrap();
    assert_eq!(read(set), [("out_of_range", Some(5)), ("key_type", Some(6))]);
    assert_eq!(read(vary), [("out_of_range", Some(5)), ("key_type", Some(6)), ("out_of_range", Some(7))]);
    assert_eq!(read("[[scenario]]\nname = \"a\"\ncombine = [\"a\"]\n"), [("combines_itself", Some(3))]);
    assert_eq!(read("[[scenario]]\nname = \"a\"\ncombine = [\"b\"]\n"), [("nothing_to_combine", Some(3))]);
    let two = "[[scenario]]\nname = \"a\"\nvolume = 1\n[[scenario]]\nname = \"b\"\ncombine = [\"c\"]\n";
    assert_eq!(read(two), [("unknown_word", Some(6))]);
}

#[test]
fn no_command_works_without_effort() {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    for (command, effort) in [("plan", "0"), ("roster", "0"), ("plan", "-1"), ("plan", "much")] {
        let output = Command::cargo_bin("peakshift").unwrap().arg(command).arg(&tiny).arg(format!("--effort={effort}")).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("a whole number from 1"), "{command} {effort}: {said}");
    }
}

/// Errors of an `overrides.csv` with some rows, by code, line and expected value.
fn errors_of_overrides(rows: &str) -> Vec<(&'static str, Option<usize>, String)> {
    let folder = valid_folder();
    fs::write(folder.path().join("overrides.csv"), format!("when,end,queue,factor,value,author,reason\n{rows}")).unwrap();
    let problems = Folder::named(folder.path()).read().problems;
    let errors = problems.iter().filter(|problem| !problem.is_warning);
    errors.map(|problem| (problem.code, problem.line, problem.expected.clone())).collect()
}

#[test]
fn a_correction_begins_and_ends_where_intervals_do() {
    for (time, beside) in [
        ("09:10", "2026-11-30T09:00, 2026-11-30T10:00"),
        ("08:30", "2026-11-30T08:00, 2026-11-30T09:00"),
        ("23:59", "2026-11-30T23:00, 2026-12-01T00:00"),
        ("12:01", "2026-11-30T12:00, 2026-11-30T13:00"),
    ] {
        let expected = vec![("not_interval_start", Some(2), beside.to_owned())];
        assert_eq!(errors_of_overrides(&format!("2026-11-30T{time},,,,50,ann,x\n")), expected, "{time}");
        assert_eq!(errors_of_overrides(&format!("2026-11-30,2026-11-30T{time},,1.5,,ann,x\n")), expected, "until {time}");
    }
    assert_eq!(errors_of_overrides("2026-11-30T09:00,2026-11-30T24:00,,1.5,,ann,x\n"), []);
}

#[test]
fn no_contacts_are_set_for_hours_in_which_nobody_answers() {
    for closed in ["2026-11-30T08:00,", "2026-11-30T17:00,", "2026-11-30T18:00,2026-12-01T09:00", "2026-11-30T00:00,2026-11-30T09:00"] {
        let found = errors_of_overrides(&format!("{closed},phone,,50,ann,x\n"));
        assert_eq!(found, [("override_closed", Some(2), "phone".to_owned())], "{closed}");
    }
    for fine in ["2026-11-30T08:00,,phone,,0", "2026-11-30T08:00,2026-11-30T10:00,phone,,50", "2026-11-30,,,,50", "2026-12-05T03:00,,,,5"] {
        assert_eq!(errors_of_overrides(&format!("{fine},ann,x\n")), [], "{fine}");
    }
}

#[test]
fn a_signed_change_is_not_taken_for_a_factor() {
    for change in ["+20%", "-20%", "+20％", "−5 %", "+0.2", "＋20%"] {
        let folder = valid_folder();
        fs::write(folder.path().join("overrides.csv"), format!("when,factor,author,reason\n2026-11-30,{change},ann,x\n")).unwrap();
        let promotion = format!("event,start,end,volume_multiplier,handle_time_multiplier\nsale,2026-11-30,2026-11-30,{change},{change}\n");
        fs::write(folder.path().join("promotions.csv"), promotion).unwrap();
        let problems = Folder::named(folder.path()).read().problems;
        let errors = problems.iter().filter(|problem| !problem.is_warning);
        let found: Vec<_> = errors.map(|problem| (problem.code, problem.column.as_str())).collect();
        let of = |column| ("change_not_factor", column);
        assert_eq!(found, [of("factor"), of("handle_time_multiplier"), of("volume_multiplier")], "{change}");
    }
    for factor in ["1.2", "120%", "80 %"] {
        assert_eq!(errors_of_overrides(&format!("2026-11-30,,,{factor},,ann,x\n")), [], "{factor}");
    }
}

#[test]
fn scenarios_are_asked_about_signed_changes_and_times_within_intervals() {
    let folder = valid_folder();
    let path = folder.path().join("s.toml");
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    let read = |text: &str| {
        fs::write(&path, format!("[[scenario]]\nname = \"a\"\n{text}\n")).unwrap();
        let (_, problems) = reader.read_scenarios(&path, &inputs);
        problems.iter().map(|problem| (problem.code, problem.line)).collect::<Vec<_>>()
    };
    for change in ["volume = \"+20%\"", "handling = \"-10%\"", "volume = +0.2", "volume = { phone = \"+5%\" }"] {
        assert_eq!(read(change), [("change_not_factor", Some(3))], "{change}");
    }
    assert_eq!(read("[[scenario.surge]]\nfactor = \"+20%\""), [("change_not_factor", Some(4))]);
    assert_eq!(read("[[sweep]]\nname = \"s\"\nvary.volume = [\"+20%\", 1.1]"), [("change_not_factor", Some(5))]);
    for key in ["from = 2026-11-30T09:10", "until = 2026-11-30T16:30", "daily_from = \"09:15\"", "daily_until = \"12:01\""] {
        assert_eq!(read(&format!("[[scenario.surge]]\nfactor = 2\n{key}")), [("not_interval_start", Some(5))], "{key}");
    }
    assert_eq!(read("volume = 1.2\n[[scenario.surge]]\nfactor = 2\nfrom = 2026-11-30T09:00\ndaily_until = \"24:00\""), []);
}

#[test]
fn words_are_read_in_capitals_and_as_calendars_print_them() {
    let errors = |file: &str, from: &str, to: &str| {
        let folder = valid_folder();
        edit(folder.path(), file, from, to);
        let problems = Folder::named(folder.path()).read().problems;
        problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect::<Vec<_>>()
    };
    for day in ["mon", "Mon", "MON", "monday", "Monday", "周一", "星期一"] {
        assert_eq!(errors("plan.toml", "close = \"17:00\"\n", &format!("close = \"17:00\"\nweekdays = [\"{day}\"]\n")), [""; 0], "{day}");
        assert_eq!(errors("plan.toml", "minutes = 60\n[[pres", &format!("minutes = 60\nweekdays = [\"{day}\"]\n[[pres")), [""; 0], "{day}");
    }
    for day in ["m", "mond", "周八", "一"] {
        let found = errors("plan.toml", "close = \"17:00\"\n", &format!("close = \"17:00\"\nweekdays = [\"{day}\"]\n"));
        assert_eq!(found, ["unknown_word"], "{day}");
    }
    for level in ["Senior", "REGULAR", "New"] {
        assert_eq!(errors("plan.toml", "\"senior\"", &format!("\"{level}\"")), [""; 0], "{level}");
    }
    let folder = valid_folder();
    let write = |file: &str, text: String| fs::write(folder.path().join(file), text).unwrap();
    let is_read = || Folder::named(folder.path()).read().inputs.is_some();
    for (status, counts) in [("Granted", 1), ("PENDING", 1), ("Approved", 1), ("Refused", 0), ("Cancelled", 0)] {
        write("absences.csv", format!("agent_id,start,end,kind,status\nA1,2026-12-05,2026-12-05,Leave,{status}\n"));
        assert_eq!(Folder::named(folder.path()).read().inputs.unwrap().absences.len(), counts, "{status}");
    }
    for kind in ["Statutory", "法定假日", "调休上班", "调休放假", "Makeup_Work"] {
        write("calendar.csv", format!("date,kind,name\n2026-10-01,{kind},x\n"));
        assert!(is_read(), "{kind}");
    }
}

#[test]
fn every_word_for_a_day_away_is_read_in_a_matrix() {
    let folder = valid_folder();
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    let pins = |cell: &str| {
        fs::write(folder.path().join("matrix.csv"), format!("agent_id,team,11-30 Mon\nA1,one,{cell}\nA2,one,off\nA3,one,V\n")).unwrap();
        let mut inputs = inputs.clone();
        inputs.pins.clear();
        let (roster, matrix) = (folder.path().join("roster.csv"), folder.path().join("matrix.csv"));
        let problems = Folder::read_mending(&roster, None, Some(&matrix), &mut inputs).1;
        let told: Vec<_> = problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
        let pin = inputs.pins.iter().find(|pin| pin.agent == AgentId::new("A1")).map(|pin| pin.shift.clone());
        (told, pin)
    };
    let words = "PTO RDO AL SL UL LWOP OFF Off off day-off day_off DAYOFF Vacation sick SICK leave TOIL \
        年休 补休 公休 调休 特休 病假 事假 婚假 产假 陪产假 丧假 工伤假 年假 休 休息 轮休 育儿假 探亲假 倒休 例休 公假 護理假 ＰＴＯ Ａ．Ｌ．";
    let spaced = [
        "day off",
        "Day Off",
        "annual leave",
        "Annual Leave",
        "sick leave",
        "unpaid leave",
        "rest day",
        "paid time off",
        "leave without pay",
    ];
    for word in words.split_whitespace().filter(|word| *word != "護理假").chain(spaced) {
        assert_eq!(pins(word), (vec![], Some(None)), "{word}");
    }
    for word in ["", "-", "–"] {
        assert_eq!(pins(word).0, Vec::<&str>::new(), "{word:?}");
    }
    for word in ["Q", "ALL", "PT", "班", "D1", "S L X"] {
        assert_eq!(pins(word).0, ["unknown_shift"], "{word}");
    }
}

#[test]
fn a_shift_that_is_called_like_leave_is_the_shift() {
    for code in ["AL", "SL", "PTO", "UL", "al", "EL"] {
        let folder = valid_folder();
        edit(folder.path(), "shifts.csv", "V,evening", &format!("{code},evening"));
        edit(folder.path(), "matrix.csv", "A1,one,D", &format!("A1,one,{code}"));
        let reading = Folder::named(folder.path()).read();
        let mut inputs = reading.inputs.unwrap_or_else(|| panic!("{code}: {:?}", reading.problems));
        inputs.pins.clear();
        let (roster, matrix) = (folder.path().join("roster.csv"), folder.path().join("matrix.csv"));
        let _ = Folder::read_mending(&roster, None, Some(&matrix), &mut inputs);
        let pin = inputs.pins.iter().find(|pin| pin.agent == AgentId::new("A1")).unwrap();
        assert_eq!(pin.shift.as_deref(), Some(code));
    }
}

#[test]
fn a_clock_time_is_read_in_every_clear_form_of_tables_and_plan() {
    let starts = |written: &str| {
        let folder = valid_folder();
        edit(folder.path(), "shifts.csv", "D,day,09:00", &format!("D,day,{written}"));
        let reading = Folder::named(folder.path()).read();
        let codes: Vec<_> = reading.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
        reading.inputs.map(|inputs| inputs.shifts[0].start.to_string()).ok_or(codes)
    };
    for written in [
        "09:00",
        "9:00",
        "0900",
        "900",
        "9.00",
        "09.00",
        "09:00:00",
        "9：00",
        "9 am",
        "9:00 AM",
        "上午9:00",
        "9时",
        "9点00分",
        "09:00 a.m.",
    ] {
        assert_eq!(starts(written).as_deref(), Ok("09:00"), "{written}");
    }
    // 9.25 and 9.50 may be quarters of an hour
    for written in ["9", "9.5", "9.50", "9.25", "0960", "2500", "90000", "9h00", "21 am", "9.000", "-900", "９"] {
        assert_eq!(starts(written), Err(vec!["not_a_time"]), "{written}");
    }
    for (written, is_read) in [
        ("\"0900\"", true),
        ("\"9.00\"", true),
        ("09:00:00", true),
        ("900", true),
        ("\"09:00\"", true),
        ("9", false),
        ("[9]", false),
        ("\"9.5\"", false),
    ] {
        let folder = valid_folder();
        edit(folder.path(), "plan.toml", "open = \"09:00\"", &format!("open = {written}"));
        let inputs = Folder::named(folder.path()).read().inputs;
        assert_eq!(
            inputs.map(|inputs| inputs.queues[0].queue.hours.week[0][0].open.to_string()),
            is_read.then(|| "09:00".to_owned()),
            "{written}"
        );
    }
}

#[test]
fn a_share_in_percent_is_the_share_and_nothing_else_is_in_percent() {
    let read = |key: &str| {
        let folder = valid_folder();
        edit(folder.path(), "plan.toml", "handling_seconds = 600", &format!("handling_seconds = 600\n{key}"));
        let reading = Folder::named(folder.path()).read();
        let codes: Vec<_> = reading.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
        reading.inputs.map(|inputs| inputs.queues[0].queue.bot_share.map(Share::get)).ok_or(codes)
    };
    for (written, share) in
        [("\"80%\"", 0.8), ("\"80 %\"", 0.8), ("\"12.5%\"", 0.125), ("\"0%\"", 0.0), ("\"100％\"", 1.0), ("\"7%\"", 0.07)]
    {
        assert_eq!(read(&format!("bot_share = {written}")), Ok(Some(share)), "{written}");
        assert_eq!(read(&format!("bot_share = {share}")), Ok(Some(share)), "{share}");
    }
    for (key, code) in [
        ("bot_share = \"80\"", "key_type"),
        ("bot_share = \"-5%\"", "key_type"),
        ("bot_share = \"+5%\"", "key_type"),
        ("bot_share = \"%\"", "key_type"),
        ("bot_share = \"120%\"", "out_of_range"),
        ("rank = \"200%\"", "key_type"),
        ("patience_seconds = \"200%\"", "key_type"),
    ] {
        assert_eq!(read(key), Err(vec![code]), "{key}");
    }
    let folder = valid_folder();
    edit(folder.path(), "plan.toml", "in_shift = 0.0", "in_shift = \"5%\"\nlunch = \"2.5 %\"");
    assert!(Folder::named(folder.path()).read().inputs.is_some());
}
