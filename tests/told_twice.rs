//! Duplicates, other days and contradictions in a file: reported, and never silently counted twice.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use peakshift::input::{Folder, Problem, Problems, Reading};
use peakshift::units::Hours;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use valid_folder::valid_folder;

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn read_with(file: &str, text: &str) -> Reading {
    let folder = valid_folder();
    fs::write(folder.path().join(file), text).unwrap();
    Folder::named(folder.path()).read()
}

fn told_of<'p>(problems: &'p Problems, file: &str) -> Vec<(&'static str, Option<usize>, bool)> {
    let here = |problem: &&'p Problem| problem.file == file;
    problems.iter().filter(here).map(|problem| (problem.code, problem.line, problem.is_warning)).collect()
}

#[test]
fn an_absence_given_twice_counts_once_and_another_over_it_is_an_error() {
    let header = "agent_id,start,end,kind,status\n";
    for (row, other, told) in [
        ("A2,2026-12-02,2026-12-03,leave,granted", "A2,2026-12-02,2026-12-03,leave,granted", ("absence_twice", Some(3), true)),
        ("A2,2026-12-02,2026-12-03,leave,granted", "A2,2026-12-02T00:00,2026/12/3,leave,pending", ("absence_twice", Some(3), true)),
        ("A1,2026-12-02T09:00,2026-12-02T12:00,,", "A1,2026-12-02T09:00,2026-12-02T12:00,,", ("absence_twice", Some(3), true)),
        ("A2,2026-12-02,2026-12-03,leave,granted", "A2,2026-12-02,2026-12-03,sick,granted", ("overlapping_absence", Some(3), false)),
        ("A2,2026-12-02,2026-12-03,leave,granted", "A2,2026-12-02,2026-12-04,leave,granted", ("overlapping_absence", Some(3), false)),
    ] {
        let reading = read_with("absences.csv", &format!("{header}{row}\n{other}\n"));
        assert_eq!(told_of(&reading.problems, "absences.csv"), [told], "{other}");
        assert_eq!(reading.inputs.map(|inputs| inputs.absences.len()), told.2.then_some(1), "{other}");
    }
}

#[test]
fn a_promotion_given_twice_counts_once_and_one_that_says_something_else_is_asked_about() {
    let header = "event,phase,family,start,end,queue,size,volume_multiplier\n";
    let row = "sale,main,sale,2026-11-30,2026-12-01,,1,1.5\n";
    for (other, told) in [
        (row, Some(("event_twice", true))),
        ("sale,main,sale,2026-11-30T00:00,2026/12/1,,1.0,1.50\n", Some(("event_twice", true))),
        ("Sale,MAIN,sale,2026-11-30,2026-12-01,,1,1.5\n", Some(("event_twice", true))),
        ("sale,main,sale,2026-11-30,2026-12-01,,1,1.8\n", Some(("event_contradicts", false))),
        ("sale,main,sale,2026-11-30,2026-12-01,,2,1.5\n", Some(("event_contradicts", false))),
        ("sale,main,sale,2026-11-30,2026-12-01,phone,1,1.5\n", Some(("event_overlaps", false))),
        ("sale,main,sale,2026-12-02,2026-12-03,,1,1.5\n", None),
        ("sale,after,sale,2026-11-30,2026-12-01,,1,1.5\n", None),
    ] {
        let reading = read_with("promotions.csv", &format!("{header}{row}{other}"));
        let expected: Vec<_> = told.into_iter().map(|(code, is_warning)| (code, Some(3), is_warning)).collect();
        assert_eq!(told_of(&reading.problems, "promotions.csv"), expected, "{other}");
        let events = reading.inputs.map(|inputs| inputs.events.len());
        assert_eq!(events, told.map_or(Some(2), |(_, is_warning)| is_warning.then_some(1)), "{other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn multipliers_of_one_event_that_meet_in_time_and_queue_are_asked_about(
        days in (0_i64..6, 1_i64..4, 0_i64..6, 1_i64..4),
        queues in (any::<bool>(), any::<bool>()),
        names in (prop::sample::select(vec!["sale,main", "Sale,main", "sale,after", "gift,main"]), any::<bool>()),
        stated in (any::<bool>(), any::<bool>()),
    ) {
        let date = |day: i64| (chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap() + chrono::TimeDelta::days(day)).to_string();
        let row = |name: &str, (first, days): (i64, i64), all: bool, stated: bool| {
            let (queue, multiplier) = (if all { "" } else { "phone" }, if stated { "2" } else { "" });
            format!("{name},fest,{}T00:00,{}T00:00,{queue},1,{multiplier}\n", date(first), date(first + days))
        };
        let (one, other) = ((days.0, days.1), (days.2, days.3));
        let rows = [row("sale,main", one, queues.0, stated.0), row(names.0, other, queues.1, stated.1)];
        let reading = read_with("promotions.csv", &format!("event,phase,family,start,end,queue,size,volume_multiplier\n{}", rows.concat()));
        let meet = one.0 < other.0 + other.1 && other.0 < one.0 + one.1;
        let (is_named_alike, is_at_once) = (names.0.to_lowercase() == "sale,main", one == other && queues.0 == queues.1);
        let code = match (is_named_alike && meet, is_at_once) {
            (true, true) if stated.0 != stated.1 => Some("event_contradicts"),
            (true, false) if stated.0 || stated.1 => Some("event_overlaps"),
            _ => None,
        };
        let found = told_of(&reading.problems, "promotions.csv");
        let told: Vec<_> = found.iter().filter(|(.., is_warning)| !is_warning).copied().collect();
        prop_assert_eq!(told, code.map(|code| (code, Some(3), false)).into_iter().collect::<Vec<_>>(), "{:?}", rows);
        // a duplicate counts once
        let is_twice = is_named_alike && is_at_once && stated.0 == stated.1;
        prop_assert_eq!(found.contains(&("event_twice", Some(3), true)), is_twice, "{:?}", rows);
        if code.is_none() {
            prop_assert_eq!(reading.inputs.unwrap().events.len(), if is_twice { 1 } else { 2 });
        }
    }

    #[test]
    fn a_family_in_other_letters_is_the_same_and_said(name in "[a-zA-Z]{2,8}", flips in prop::collection::vec(any::<bool>(), 8)) {
        let flip = |(letter, flip): (char, &bool)| if *flip { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
        let other: String = name.chars().zip(&flips).map(flip).collect();
        prop_assume!(!["closed", "gap"].contains(&name.to_lowercase().as_str()));
        let rows = format!("event,phase,family,start,end\nsale,a,{name},2026-11-10,2026-11-10\nsale,b,{other},2026-12-01,2026-12-01\n");
        let reading = read_with("promotions.csv", &rows);
        let is_told = told_of(&reading.problems, "promotions.csv").contains(&("family_in_other_letters", Some(3), true));
        prop_assert_eq!(is_told, name != other);
        let events = reading.inputs.unwrap().events;
        prop_assert_eq!(&events[0].family, &events[1].family);
    }
}

#[test]
fn a_past_duty_given_twice_is_paid_once() {
    let header = "date,agent_id,shift,start,end,paid_hours\n";
    let row = "2026-11-28,A1,D,2026-11-28T09:00,2026-11-28T17:00,7\n";
    for (others, twice) in [
        (row.to_owned(), vec![3]),
        (row.repeat(3), vec![3, 4, 5]),
        ("2026-11-28,A1,D,2026/11/28 9:00,2026-11-28 17:00,7\n".to_owned(), vec![3]),
        (String::new(), vec![]),
        ("2026-11-28,A2,D,2026-11-28T09:00,2026-11-28T17:00,7\n".to_owned(), vec![]),
    ] {
        let reading = read_with("previous_roster.csv", &format!("{header}{row}{others}"));
        let expected: Vec<_> = twice.into_iter().map(|line| ("duty_twice", Some(line), true)).collect();
        assert_eq!(told_of(&reading.problems, "previous_roster.csv"), expected, "{others}");
        let past = reading.inputs.unwrap().past;
        let hours: Hours = past[&peakshift::workforce::AgentId::new("A1")].iter().map(|duty| duty.paid).sum();
        assert_eq!(hours.get(), 7.0, "{others}");
    }
}

#[test]
fn an_event_of_days_that_are_neither_counted_nor_planned_is_told() {
    let header = "event,family,start,end\n";
    for (days, is_told) in [
        ("2019-06-18,2019-06-20", true),
        ("2026-10-01,2026-10-03", true),
        ("2031-11-30,2031-12-01", true),
        ("2029-06-18,2029-06-20", true),
        ("2026-11-10,2026-11-12", false),
        ("2026-11-30,2026-12-01", false),
        ("2027-06-18,2027-06-20", false),
        ("2028-06-18,2028-06-20", false),
    ] {
        let reading = read_with("promotions.csv", &format!("{header}sale,sale,{days}\n"));
        let expected: Vec<_> = is_told.then_some(("event_other_days", Some(2), true)).into_iter().collect();
        assert_eq!(told_of(&reading.problems, "promotions.csv"), expected, "{days}");
        assert!(reading.inputs.is_some(), "{days}");
    }
}

#[test]
fn a_surge_of_other_days_is_told() {
    let folder = valid_folder();
    let (path, reader) = (folder.path().join("s.toml"), Folder::named(folder.path()));
    let inputs = reader.read().inputs.unwrap();
    for kind in ["surge", "bots_down"] {
        for (when, is_told) in [
            ("from = 2026-12-24T09:00:00", true),
            ("until = 2026-11-30T00:00:00", true),
            ("from = 2025-11-30T09:00:00\nuntil = 2025-11-30T12:00:00", true),
            ("from = 2026-11-30T09:00:00", false),
            ("from = 2026-11-01T09:00:00\nuntil = 2026-11-30T12:00:00", false),
            ("", false),
        ] {
            let factor = if kind == "surge" { "factor = 2\n" } else { "" };
            fs::write(&path, format!("[[scenario]]\nname = \"a\"\n[[scenario.{kind}]]\n{factor}{when}\n")).unwrap();
            let problems = reader.read_scenarios(&path, &inputs).1;
            let codes: Vec<_> = problems.iter().map(|problem| (problem.code, problem.is_warning)).collect();
            assert_eq!(codes, is_told.then_some(("change_other_days", true)).into_iter().collect::<Vec<_>>(), "{kind}: {when}");
        }
    }
}

#[test]
fn a_weekday_that_its_date_contradicts_is_an_error_in_every_writing() {
    let folder = valid_folder();
    let reader = Folder::named(folder.path());
    let inputs = reader.read().inputs.unwrap();
    // the plan's day is a Monday
    for (date, sound, wrong) in [
        ("11-30 ", ["Mon", "Monday", "周一", "星期一", "(Mon)", "礼拜一"], ["Sun", "Tuesday", "周日", "星期天", "(Tue)", "礼拜二"]),
        ("2026-11-30", [" Mon", "(周一)", "（星期一）", " mon", "周一", ""], [" Sun", "(周二)", "（星期日）", " tue", "周天", "星期三"]),
        ("11月30日", [" 周一", "(Mon)", "周一", "星期一", " Monday", ""], [" 周三", "(Wed)", "周五", "星期六", " Sunday", "(Sun)"]),
    ] {
        for (weekdays, codes) in [(sound, vec![]), (wrong, vec!["weekday_contradicts"])] {
            for weekday in weekdays {
                fs::write(folder.path().join("m.csv"), format!("agent_id,{date}{weekday}\nA1,D\nA2,off\nA3,V\n")).unwrap();
                let (roster, matrix) = (folder.path().join("roster.csv"), folder.path().join("m.csv"));
                let problems = Folder::read_mending(&roster, None, Some(&matrix), &mut inputs.clone()).1;
                let told: Vec<_> = problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
                assert_eq!(told, codes, "{date}{weekday}: {problems:?}");
            }
        }
    }
}

#[test]
fn rows_that_a_column_of_numbers_tells_apart_are_added_up_and_told_and_those_of_one_that_counts_are_not() {
    let folder = valid_folder();
    let text = fs::read_to_string(folder.path().join("history.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let told = |header: &str, rows: &[String]| {
        let reading = read_with("history.csv", &format!("{header}\n{}\n", rows.join("\n")));
        let told = told_of(&reading.problems, "history.csv").into_iter();
        told.filter(|(code, _, is_warning)| !is_warning || *code == "rows_summed").collect::<Vec<_>>()
    };
    for (column, parts) in
        [("skill_no", ["3001", "3002", "3003"]), ("site", ["1", "2", "3"]), ("渠道编号", ["10", "20", "30"]), ("acd_no", ["07", "7", "8"])]
    {
        let header = format!("{header},{column}");
        let apart: Vec<String> = rows.iter().flat_map(|row| parts.map(|part| format!("{row},{part}"))).collect();
        assert_eq!(told(&header, &apart), [("rows_summed", Some(1), true)], "{column}");
        let alone: Vec<String> = rows.iter().enumerate().map(|(place, row)| format!("{row},{}", parts[place % 3])).collect();
        assert_eq!(told(&header, &alone), [], "{column}: a row an interval");
    }
    // a re-export with a differing figure is no other queue
    let counted: Vec<String> =
        rows.iter().chain(rows.iter().take(3)).enumerate().map(|(place, row)| format!("{row},{}", 100 + place)).collect();
    assert_eq!(told(&format!("{header},talk"), &counted), []);
    let measured: Vec<String> = rows.iter().flat_map(|row| [format!("{row},1.5"), format!("{row},2.5")]).collect();
    assert_eq!(told(&format!("{header},talk"), &measured), [], "no whole numbers");
}

#[test]
fn a_file_given_in_an_argument_is_not_missed_in_the_plan() {
    let folder = valid_folder();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    let (roster, nowhere) = (folder.path().join("roster.csv"), folder.path().join("nowhere.csv"));
    let told = |problems: &Problems| problems.iter().map(|problem| (problem.code, problem.file.clone())).collect::<Vec<_>>();
    let expected = [("argument_missing", nowhere.to_string_lossy().into_owned())];
    assert_eq!(told(&Folder::read_roster(&nowhere, &inputs).1), expected);
    assert_eq!(told(&Folder::read_mending(&roster, Some(&nowhere), None, &mut inputs.clone()).1), expected);
    assert_eq!(told(&Folder::read_mending(&roster, None, Some(&nowhere), &mut inputs.clone()).1), expected);
    assert_eq!(told(&Folder::read_actuals(&nowhere, &inputs).1), expected);
    assert_eq!(told(&Folder::named(folder.path()).read_scenarios(&nowhere, &inputs).1), expected);
    let missing = folder.path().join("no/plan.toml");
    assert_eq!(told(&Folder::named(&missing).read().problems), [("plan_missing", missing.to_string_lossy().into_owned())]);
    edit(folder.path(), "plan.toml", "agents.csv", "nobody.csv");
    assert!(told(&Folder::named(folder.path()).read().problems).contains(&("file_missing", "nobody.csv".to_owned())));
}

#[test]
fn a_byte_that_is_no_text_is_told_with_its_line_in_every_table() {
    for (file, from) in
        [("agents.csv", "A2"), ("history.csv", "2026-11-03"), ("shifts.csv", "V,"), ("plan.toml", "days"), ("absences.csv", "A3")]
    {
        let folder = valid_folder();
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        let place = text.find(from).unwrap();
        let line = text[..place].matches('\n').count() + 1;
        let bytes = [&text.as_bytes()[..place], b"\xff", &text.as_bytes()[place..]].concat();
        fs::write(folder.path().join(file), bytes).unwrap();
        let problems = Folder::named(folder.path()).read().problems;
        let told: Vec<_> = problems.iter().filter(|problem| !problem.is_warning).map(|problem| (problem.code, problem.line)).collect();
        // ÿ may be a letter of a Western word
        assert!(matches!(told.as_slice(), [("byte_unreadable" | "encoding_doubtful", at)] if *at == Some(line)), "{file}: {told:?}");
    }
}

/// A correction on the plan's day: hours, whether for one queue, whether a value.
#[derive(Clone, Debug, PartialEq)]
struct Correction {
    from: u32,
    until: u32,
    is_of_queue: bool,
    is_value: bool,
}

fn correction() -> impl Strategy<Value = Correction> {
    (9..16_u32, 1..4_u32, any::<bool>(), any::<bool>()).prop_map(|(from, hours, is_of_queue, is_value)| Correction {
        from,
        until: (from + hours).min(17),
        is_of_queue,
        is_value,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A value excludes other corrections of its hour: every row that conflicts with an earlier one is reported, and no other. An exact
    /// duplicate is reported and counts once.
    #[test]
    fn corrections_contradict_one_another_where_a_value_meets_another(corrections in prop::collection::vec(correction(), 1..6)) {
        let row = |of: &Correction| {
            let (queue, numbers) = (if of.is_of_queue { "phone" } else { "" }, if of.is_value { ",9" } else { "1.1," });
            format!("2026-11-30T{:02}:00,2026-11-30T{:02}:00,{queue},{numbers},ann,why\n", of.from, of.until)
        };
        let rows: String = corrections.iter().map(row).collect();
        let reading = read_with("overrides.csv", &format!("when,end,queue,factor,value,author,reason\n{rows}"));
        let meets = |a: &Correction, b: &Correction| a.from < b.until && b.from < a.until && (a.is_value || b.is_value);
        let again = |place: usize| corrections[..place].contains(&corrections[place]);
        let once: Vec<usize> = (0..corrections.len()).filter(|place| !again(*place)).collect();
        let contradict = once.iter().any(|later| once.iter().any(|before| before < later && meets(&corrections[*before], &corrections[*later])));
        let (twice, told): (Vec<_>, Vec<_>) = told_of(&reading.problems, "overrides.csv").into_iter().partition(|told| told.0 == "override_twice");
        let lines: Vec<usize> = (0..corrections.len()).filter(|place| again(*place)).map(|place| place + 2).collect();
        prop_assert_eq!(twice.iter().filter_map(|(_, line, is_warning)| line.filter(|_| *is_warning)).collect::<Vec<_>>(), lines);
        prop_assert!(told.iter().all(|(code, _, is_warning)| *code == "overlapping_override" && !is_warning), "{told:?}");
        prop_assert_eq!(!told.is_empty(), contradict, "{:?}", told);
        // a reported line meets another
        for (_, line, _) in &told {
            let place = line.unwrap() - 2;
            prop_assert!((0..corrections.len()).any(|other| other != place && meets(&corrections[other], &corrections[place])), "{told:?}");
        }
        // others multiply where they meet
        if let Some(inputs) = reading.inputs {
            prop_assert_eq!(inputs.queues[0].overrides.len(), once.len());
        }
    }
}

#[test]
fn what_none_of_a_files_rows_is_for_is_said_once() {
    let requests = |rows: &str| told_of(&read_with("requests.csv", &format!("agent_id,date,wish\n{rows}")).problems, "requests.csv");
    assert_eq!(requests("A1,2025-11-30,D\nA2,2025-12-01,off\n"), [("requests_other_days", Some(2), true)]);
    assert_eq!(requests("A1,2025-11-30,D\nA2,2026-11-30,off\n"), [], "a list that goes on from year to year");
    assert_eq!(requests(""), []);
    let header = "date,agent_id,shift,start,end,paid_hours\n";
    let past = |rows: &str| told_of(&read_with("previous_roster.csv", &format!("{header}{rows}")).problems, "previous_roster.csv");
    let [before, planned] = ["2026-11-29", "2026-11-30"].map(|date| format!("{date},A1,D,{date}T09:00,{date}T17:00,8\n"));
    assert_eq!(past(&before), []);
    assert_eq!(past(&format!("{before}{planned}")), [("past_of_plan", None, true)]);
    let account = |month: &str, hours: u32| {
        let text = format!("agent_id,month,overtime_hours,late_shifts\nA1,{month},{hours},3\n");
        told_of(&read_with("accounts.csv", &text).problems, "accounts.csv")
    };
    for (month, hours, is_told) in [
        ("2026-11", 12, false),
        ("2026-10", 12, false),
        ("2026-09", 12, true),
        ("2025-11", 12, true),
        ("2026-12", 12, true),
        ("2027-11", 12, true),
        ("2027-11", 0, false),
    ] {
        let expected = if is_told { vec![("account_of_other_month", Some(2), true)] } else { vec![] };
        assert_eq!(account(month, hours), expected, "{month}, {hours} h");
    }
}

#[test]
fn a_list_of_the_sick_of_other_days_is_said() {
    let folder = valid_folder();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    let sick = folder.path().join("sick.csv");
    for (row, is_told) in [
        ("A1,2026-12-20,2026-12-21,sick\n", true),
        ("A1,2025-11-30,2025-11-30,sick\n", true),
        ("A1,2026-11-30,2026-11-30,sick\n", false),
        ("A1,2026-12-20,2026-12-21,sick\nA2,2026-11-30T10:00,2026-11-30T12:00,sick\n", false),
        ("", false),
    ] {
        fs::write(&sick, format!("agent_id,start,end,kind\n{row}")).unwrap();
        let (_, problems) = Folder::read_mending(&folder.path().join("roster.csv"), Some(&sick), None, &mut inputs.clone());
        assert_eq!(
            problems.iter().any(|problem| problem.code == "absences_other_days" && problem.is_warning),
            is_told,
            "{row}: {problems:?}"
        );
    }
}
