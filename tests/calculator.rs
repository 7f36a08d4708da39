//! The queueing calculator answers valid questions, and refuses the others with cause and remedy.

use assert_cmd::Command;
use peakshift::input::{ErlangRow, at_desk_of, ranges, read_erlang_batch, read_share, share_meant};
use peakshift::report::erlang_answers;
use peakshift::service::Concurrency;
use peakshift::staffing::{Question, QueueingModel, Requirement, ServiceLevelDefinition};
use peakshift::units::{Agents, Erlangs, Factor, Seconds};
use proptest::prelude::*;
use std::fs;

/// Exit code, standard output and standard error of the calculator.
fn erlang(flags: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("peakshift").unwrap().arg("erlang").args(flags.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_cannot_be_meant_is_refused_with_a_cure() {
    let calls = "--calls-per-hour 300 --handling-seconds 300";
    for (flags, cure) in [
        (format!("{calls} --occupancy 85"), "0.85 or 85%"),
        (format!("{calls} --patience-seconds 60 --abandonment 5"), "0.05 or 5%"),
        (format!("{calls} --answer-share 80"), "0.8 or 80%"),
        (format!("{calls} --asa 20 --shrinkage 30"), "0.3 or 30%"),
        (format!("{calls} --asa 20 --shrinkage 1"), "0.99"),
        (format!("{calls} --answer-share 800%"), "0.85 or 85%"),
        ("--calls-per-hour 1e300 --handling-seconds 300 --asa 20".into(), "1000000000"),
        ("--calls-per-hour 1e9 --handling-seconds 300 --asa 20".into(), "1000000"),
        (format!("{calls} --agents 1e15"), "1000000"),
        ("--calls-per-hour 300 --handling-seconds 0 --asa 20".into(), "0.001"),
        (format!("{calls} --answer-share 1"), "less than 1"),
        (format!("{calls} --answer-share 0"), "more than 0"),
        (format!("{calls} --asa 0"), "more than 0"),
        (format!("{calls} --occupancy 0"), "more than 0"),
        (format!("{calls} --patience-seconds 60 --abandonment 0"), "more than 0"),
        (format!("{calls} --abandonment 0.05"), "patience"),
        (format!("{calls} --agents NaN"), "from 0 to"),
        (format!("{calls} --agents 30 --scheduled 40"), "cannot be used with"),
        (format!("{calls} --windows 3 --waiting-places 4 --asa 20"), "omit --waiting-places"),
        (format!("{calls} --waiting-places 0 --asa 15"), "blocking"),
        (format!("{calls} --patience-seconds 0 --asa 15"), "abandonment"),
        (format!("{calls} --agents 30 --asa 20"), "cannot be used with"),
        (format!("{calls} --scheduled 30 --answer-share 80%"), "cannot be used with"),
        (format!("{calls} --slowdown 0.1 --asa 20"), "--windows"),
        (format!("{calls} --asa 20 --output x.csv"), "cannot be used with"),
        (format!("{calls} --asa 20 --batch x.csv"), "cannot be used with"),
        (format!("{calls} --asa 20 --blocking 1%"), "--waiting-places"),
        ("--calls-per-hour 10000000 --handling-seconds 300 --occupancy 0.5".into(), "relax a target"),
    ] {
        let (code, stdout, stderr) = erlang(&flags);
        assert_eq!((code, stdout.as_str()), (2, ""), "{flags}: {stderr}");
        assert!(stderr.contains("error:") && stderr.contains(cure), "{flags}: {stderr}");
    }
}

#[test]
fn shares_may_be_written_in_percent() {
    let of = |share: &str| erlang(&format!("--calls-per-hour 300 --handling-seconds 300 --answer-share {share} --occupancy 0.9"));
    let (code, plain, _) = of("0.8");
    assert_eq!(code, 0);
    assert_eq!(of("80%").1, plain);
    assert_eq!(read_share("12.5 %"), Some(0.125));
    assert_eq!(read_share("１"), None);
    assert_eq!(share_meant("5"), "0.05 or 5%");
}

#[test]
fn shrinkage_goes_both_ways() {
    // 21 at the desk are 30 scheduled at a shrinkage of three in ten hours
    let (code, stdout, _) = erlang("--calls-per-hour 200 --handling-seconds 300 --agents 21 --shrinkage 30%");
    assert!(code == 0 && stdout.contains("scheduled") && stdout.contains(" 30 "), "{stdout}");
    let (_, back, _) = erlang("--calls-per-hour 200 --handling-seconds 300 --scheduled 30 --shrinkage 0.3");
    assert_eq!(back, stdout);
    assert_eq!(at_desk_of(30.0, 0.3), 21.0);
    assert_eq!(at_desk_of(10.0, 0.25), 7.5);
}

#[test]
fn targets_that_would_be_met_by_losing_most_contacts_are_no_answer() {
    let calls = "--calls-per-hour 1000 --handling-seconds 300";
    for lossy in [
        "--waiting-places 1 --asa 15",
        "--waiting-places 2 --asa 40",
        "--patience-seconds 0.001 --asa 15",
        "--patience-seconds 5 --asa 20",
        "--waiting-places 1 --patience-seconds 60 --asa 15 --abandonment 5%",
    ] {
        let (code, stdout, stderr) = erlang(&format!("{calls} {lossy}"));
        assert!(
            code == 2 && stdout.is_empty() && stderr.contains("lost contacts") && stderr.contains("add --answer-share"),
            "{lossy}: {stderr}"
        );
    }
    for bounded in [
        "--waiting-places 1 --asa 15 --blocking 5%",
        "--waiting-places 20 --asa 15 --blocking 1%",
        "--patience-seconds 0.001 --asa 15 --abandonment 5%",
        "--patience-seconds 5 --asa 20 --answer-share 80%",
        "--patience-seconds 75 --asa 15",
    ] {
        assert_eq!(erlang(&format!("{calls} {bounded}")).0, 0, "{bounded}");
    }
}

#[test]
fn a_number_out_of_its_range_is_told_the_range_however_it_is_written() {
    let base = "--handling-seconds 300 --asa 20";
    for (flag, value, cure) in [
        ("--calls-per-hour", "-5", "from 0 to 1000000000"),
        ("--calls-per-hour", "-1e5", "from 0 to 1000000000"),
        ("--calls-per-hour", "many", "from 0 to 1000000000"),
        ("--windows", "-2", "whole number from 1 to 20"),
        ("--windows", "2.5", "whole number from 1 to 20"),
        ("--windows", "300", "whole number from 1 to 20"),
        ("--waiting-places", "-1", "whole number from 0 to 1000000"),
        ("--waiting-places", "ten", "whole number from 0 to 1000000"),
        ("--patience-seconds", "-60", "from 0 to"),
        ("--abandonment", "-5%", "a share is from 0 to 1"),
        ("--occupancy", "-0.85", "a share is from 0 to 1"),
    ] {
        let calls = if flag == "--calls-per-hour" { "" } else { "--calls-per-hour 300" };
        let (code, _, stderr) = erlang(&format!("{calls} {base} {flag} {value}"));
        assert!(code == 2 && stderr.contains(cure) && stderr.contains(value), "{flag} {value}: {stderr}");
    }
}

/// Answers of a batch, or its problems as line, column and code.
fn batch(rows: &str) -> Result<String, Vec<(usize, String, &'static str)>> {
    batch_of("model,load_erlangs,handling_seconds,agents,patience_seconds,target,target_value,shrinkage_share,scheduled", rows)
}

/// A batch under another header.
fn batch_of(header: &str, rows: &str) -> Result<String, Vec<(usize, String, &'static str)>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in.csv");
    fs::write(&file, format!("{header}\n{rows}")).unwrap();
    match read_erlang_batch(&file) {
        Ok((columns, rows)) => {
            Ok(String::from_utf8(erlang_answers(&columns, &rows.iter().map(ErlangRow::asked).collect::<Vec<_>>()).unwrap().csv()).unwrap())
        }
        Err(problems) => Err(problems.iter().map(|of| (of.line.unwrap(), of.column.clone(), of.code)).collect()),
    }
}

#[test]
fn a_batch_names_the_line_and_the_column_of_what_it_refuses() {
    let refused = batch(
        "erlang_c,10,180,,,occupancy,85,,\nerlang_c,10,180,14,,,,,\nerlang_a,10,180,,60,abandonment,0,,\nerlang_c,10,180,,,abandonment,0.1,,\nerlang_c,1e300,180,,,asa,20,,\nerlang_b,10,180,,,asa,5,,\nerlang_c,10,180,14,,,,,20\nerlang_c,10,1e-9,,,asa,20,,\n",
    );
    let expected: [(usize, &str, &str); 7] = [
        (2, "target_value", "not_a_share"),
        (4, "target_value", "target_impossible"),
        (5, "target", "target_always_met"),
        (6, "load_erlangs", "out_of_range"),
        (7, "target", "target_always_met"),
        (8, "scheduled", "agents_twice"),
        (9, "handling_seconds", "out_of_range"),
    ];
    assert_eq!(refused.unwrap_err(), expected.map(|(line, column, code)| (line, column.to_owned(), code)));
}

#[test]
fn a_batch_knows_percent_and_scheduled_people() {
    let answers = batch("erlang_c,10,180,,,service_level,80%,0.3,\nerlang_c,10,180,,,,,30%,20\n").unwrap();
    let rows: Vec<Vec<&str>> = answers.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[1][3].parse::<f64>().unwrap() / 0.7, rows[1][8].parse::<f64>().unwrap());
    assert_eq!((rows[2][3], rows[2][8]), ("14", "20"));
    // Cooper's table: ten erlangs and fourteen servers
    assert!((rows[2][9].parse::<f64>().unwrap() - 0.174_131_9).abs() < 1e-6, "{answers}");
}

/// Numbers of all magnitudes in a range, including its ends.
fn sized(range: std::ops::RangeInclusive<f64>) -> impl Strategy<Value = f64> {
    let (least, most) = (*range.start(), *range.end());
    let exponent = (most.log10() - least.max(1e-9).log10()).max(1.0);
    (0.0..=1.0_f64).prop_map(move |at| match at {
        at if at < 0.05 => least,
        at if at > 0.95 => most,
        at => (most * 10_f64.powf(-exponent * at)).clamp(least, most),
    })
}

#[test]
fn a_waiting_room_without_agents_is_full() {
    let blocking = |patience: Option<f64>| {
        let (load, handling) = (Erlangs::new(2.0).unwrap(), Seconds::new(100.0).unwrap());
        let patience = patience.map(|seconds| Seconds::new(seconds).unwrap());
        peakshift::staffing::waiting_room(load, handling, Agents::ZERO, patience, 2).blocking()
    };
    assert_eq!(blocking(None), 1.0);
    // two places left after 100 s each, two contacts in that time: (2²/2!) / (1 + 2 + 2²/2!)
    assert!((blocking(Some(100.0)) - 0.4).abs() < 1e-12);
    // without waiting places: Erlang B of 2 erlangs is 2/3 for one agent and 0.4 for two
    let answers = batch("waiting_room,2,100,,100,blocking,0.5,,\n").unwrap();
    assert!(answers.lines().nth(1).unwrap().starts_with("waiting_room,2,100,2,"), "{answers}");
    let header = "model,load_erlangs,handling_seconds,agents,patience_seconds,waiting_places,target,target_value";
    let answers = batch_of(header, "waiting_room,2,100,,100,2,blocking,0.5\n").unwrap();
    assert!(answers.lines().nth(1).unwrap().starts_with("waiting_room,2,100,1,"), "{answers}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Every question within the ranges has consistent figures or an objection; extremes are included.
    #[test]
    fn every_question_has_an_answer_or_an_objection(
        load in sized(0.0..=1e6), handling in sized(ranges::HANDLING), agents in prop::option::of(sized(0.0..=1e6)), patience in prop::option::of(sized(ranges::SECONDS)),
        within in sized(ranges::SECONDS), model in 0_usize..5, target in 0_usize..6, value in 0.0..=1.0_f64, shrinkage in 0.0..0.99_f64,
    ) {
        let seconds = |value: f64| Seconds::new(value).unwrap();
        // chats are enumerated state by state: smaller loads keep the test fast
        let load = if model == 4 { load / 1e3 } else { load };
        let agents = if model == 4 { agents.map(|agents| agents / 1e3) } else { agents };
        let targets = [
            Requirement::ServiceLevel { within: seconds(within), share: value, definition: ServiceLevelDefinition::Offered },
            Requirement::Asa(value * 600.0),
            Requirement::Occupancy(value),
            Requirement::PWait(value),
            Requirement::Abandonment(value),
            Requirement::Blocking(value),
        ];
        let chats = Concurrency::with_slowdown(seconds(handling), 3, Factor::new(0.2).unwrap()).unwrap();
        let model = [QueueingModel::ErlangB, QueueingModel::ErlangC, QueueingModel::ErlangA, QueueingModel::WaitingRoom(50), QueueingModel::Chat(chats)][model].clone();
        let question = Question {
            agents: agents.map(|agents| Agents::new(peakshift::input::at_desk(agents, &model)).unwrap()),
            model,
            load: Erlangs::new(load).unwrap(),
            handling: seconds(handling),
            shrinkage,
            patience: patience.map(seconds),
            within: seconds(within),
            targets: vec![targets[target]],
        };
        let row = ErlangRow { line: 1, cells: vec![String::new()], question };
        if row.objection().is_some() {
            return Ok(());
        }
        let Ok(sheet) = erlang_answers(&["agents".into()], &[row.asked()]) else { return Ok(()) };
        let figure = |name: &str| sheet.rows[0][sheet.columns.iter().position(|column| column == name).unwrap()].show();
        let number = |name: &str| figure(name).parse::<f64>().unwrap_or(f64::NAN);
        let at_desk = number("agents");
        prop_assert!(at_desk >= 0.0 && (shrinkage == 0.0 || (number("scheduled") * (1.0 - shrinkage) - at_desk).abs() <= 1e-9 * at_desk.max(1.0)));
        prop_assert!((-1e-9..=1.0 + 1e-9).contains(&number("service_level")) && (-1e-9..=1.0 + 1e-9).contains(&number("abandonment")), "{:?}", sheet.rows);
        if row.question.agents.is_none() && load > 0.0 {
            prop_assert!(at_desk >= 1.0 && !number("asa_seconds").is_nan() && !number("occupancy").is_nan(), "{:?} {:?}", row, sheet.rows);
        }
    }
}
