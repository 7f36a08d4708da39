//! Intraday management: alert levels by volume, service, reply figures and backlog; overtime offers.

use chrono::NaiveDateTime;
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::intraday::{Actuals, Alarm, alarms_of, reforecast, required_now, rest_of};
use peakshift::plan::{Inputs, Published, forecast, require, roster};
use peakshift::roster::OfferKind;
use peakshift::service::{Channel, Concurrency, ReplyFigure, ServiceTarget};
use peakshift::time::{ClockTime, read_stamp};
use peakshift::units::{Money, Seconds, Share};
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn tiny() -> Inputs {
    Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny")).read().inputs.unwrap()
}

fn at(hour: u32) -> NaiveDateTime {
    read_stamp(&format!("2026-11-30T{hour:02}:00")).unwrap()
}

/// Counts of today until 13:00 at `times` the forecast of the eve, with columns of service and their cells for each hour.
fn so_far(inputs: &Inputs, times: f64, columns: &str, cells: &str) -> Actuals {
    let eve = &forecast(inputs).unwrap()[0].offered.mean;
    let mut text = format!("start,queue,offered{columns}\n");
    for hour in 9..13u32 {
        let _ = writeln!(text, "2026-11-30T{hour:02}:00,phone,{:.0}{cells}", eve[hour as usize].get() * times);
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    let (actuals, problems) = Folder::read_actuals(file.path(), inputs);
    assert!(!problems.has_errors(), "{problems:?}");
    actuals
}

fn called(inputs: &Inputs, actuals: &Actuals) -> Vec<Alarm> {
    let intraday = reforecast(inputs, &actuals.counts, at(13)).unwrap();
    alarms_of(inputs, &intraday, actuals, at(13)).remove(0)
}

#[test]
fn more_contacts_than_forecast_call_a_higher_level() {
    let inputs = tiny();
    for (times, level) in [(1.0, 0), (1.22, 1), (1.42, 2), (1.75, 3)] {
        let alarms = called(&inputs, &so_far(&inputs, times, "", ""));
        assert_eq!(alarms.iter().map(Alarm::level).max().unwrap_or(0), level, "{times}: {alarms:?}");
    }
}

#[test]
fn a_last_hour_under_target_is_level_one() {
    let mut inputs = tiny();
    let slow = called(&inputs, &so_far(&inputs, 1.0, ",mean_wait_seconds", ",90"));
    assert_eq!(slow, [Alarm::Waits { seconds: 90.0, target: 60.0 }]);
    assert_eq!(called(&inputs, &so_far(&inputs, 1.0, ",asa", ",30")), [], "the header of an export is known");
    let share = |value| Share::new(value).unwrap();
    inputs.queues[0].queue.targets = vec![ServiceTarget::AnsweredWithin { within: Seconds::new(20.0).unwrap(), share: share(0.8) }];
    let alarms = called(&inputs, &so_far(&inputs, 1.0, ",answered_in_time", ",1"));
    assert!(matches!(alarms[..], [Alarm::Answered { share, target: 0.8 }] if share < 0.8) && alarms[0].level() == 1, "{alarms:?}");
}

#[test]
fn a_platforms_figure_of_the_day_so_far_is_level_two() {
    let mut inputs = tiny();
    let seconds = |value| Seconds::new(value).unwrap();
    inputs.queues[0].queue.channel = Channel::Chat(Concurrency::new(vec![seconds(600.0)]).unwrap());
    inputs.queues[0].queue.replies = vec![ReplyFigure {
        within: seconds(180.0),
        share: Share::new(0.9).unwrap(),
        rounds: 6.0,
        reply: seconds(30.0),
        // replies before 11:00 do not count
        window: (ClockTime::from_minutes(11 * 60).unwrap(), ClockTime::DAY_END),
        period_days: 30,
    }];
    let alarms = called(&inputs, &so_far(&inputs, 1.0, ",replies,replies_in_time", ",10,8"));
    assert_eq!(alarms, [Alarm::Replies { share: 0.8, target: 0.9 }]);
    assert_eq!(alarms[0].level(), 2);
    assert_eq!(called(&inputs, &so_far(&inputs, 1.0, ",replies,replies_in_time", ",10,9")), []);
}

#[test]
fn what_will_still_wait_at_closing_is_level_three_and_somebody_is_asked_to_stay() {
    let inputs = tiny();
    let requirements = require(&inputs, &forecast(&inputs).unwrap());
    let made = roster(&inputs, &requirements, &Budget::of_effort(1)).solved.roster;
    let published = Published { roster: made, ..Published::default() };
    let rest = |actuals: &Actuals| {
        let intraday = reforecast(&inputs, &actuals.counts, at(13)).unwrap();
        rest_of(&inputs, &intraday, actuals, &published, at(13)).unwrap().unwrap()
    };
    let calm = rest(&so_far(&inputs, 1.0, ",waiting", ",0"));
    assert!(calm.alarms[0].is_empty(), "{:?}", calm.alarms);
    let busy = rest(&so_far(&inputs, 1.0, ",waiting", ",400"));
    let Some(Alarm::Backlog { contacts, closing }) = busy.alarms[0].last() else { panic!("{:?}", busy.alarms) };
    assert!(*contacts > 100.0 && *contacts < 400.0, "some of those who wait are answered: {contacts}");
    assert_eq!((busy.alarms[0][0].level(), *closing), (3, at(17)));
    // with twice the calls somebody present could stay, or nobody can
    let doubled = rest(&so_far(&inputs, 2.0, "", ""));
    assert!(doubled.missing.0 > calm.missing.0 && doubled.missing.1 > calm.missing.1);
    assert!(
        doubled.asks.iter().all(|offer| offer.turn.is_none() || offer.kind == OfferKind::VoluntaryTimeOff || offer.gain() > Money::ZERO)
    );
    let another_day = reforecast(&inputs, &Actuals::default().counts, at(13)).unwrap();
    let tomorrow = at(13) + chrono::TimeDelta::days(1);
    assert!(rest_of(&inputs, &another_day, &Actuals::default(), &published, tomorrow).unwrap().is_none(), "no day of the plan");
}

#[test]
fn counts_of_today_change_what_the_rest_of_today_needs_and_nothing_else() {
    let inputs = tiny();
    let planned = require(&inputs, &forecast(&inputs).unwrap());
    let intraday = reforecast(&inputs, &so_far(&inputs, 2.0, "", "").counts, at(13)).unwrap();
    let now = required_now(&inputs, &intraday, at(13)).unwrap();
    for (place, (start, need)) in now[0].need.iter().enumerate() {
        let before = &planned[0].need[place];
        let is_rest = start >= at(13) && start.date() == at(13).date() && before.contacts.get() > 0.0;
        assert_eq!(is_rest, need.contacts != before.contacts, "{start}");
        assert!(!is_rest || need.required > before.required, "{start}");
    }
}

#[test]
fn a_cell_of_service_that_is_no_number_is_named() {
    let inputs = tiny();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "start,queue,offered,waiting\n2026-11-30T09:00,phone,4,many\n").unwrap();
    let (_, problems) = Folder::read_actuals(file.path(), &inputs);
    let found: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.code)).collect();
    assert_eq!(found, [(Some(2), "waiting", "not_a_number")]);
}

#[test]
fn counts_that_are_more_than_what_they_are_a_part_of_are_named_in_todays_counts_and_in_histories() {
    let inputs = tiny();
    let folder = tempfile::tempdir().unwrap();
    for (columns, cells, expected) in [
        ("answered_in_time", "10", vec![("answered_in_time", "part_beyond_whole", false)]),
        ("answered_in_time,handled", "10,4", vec![("answered_in_time", "part_beyond_whole", false)]),
        ("answered_in_time,handled", "8,4", vec![("answered_in_time", "part_beyond_whole", true)]),
        ("replies,replies_in_time", "3,4", vec![("replies_in_time", "part_beyond_whole", false)]),
        ("replies,replies_in_time", "0,1", vec![("replies_in_time", "part_beyond_whole", false)]),
        ("abandoned", "12", vec![("abandoned", "abandoned_beyond_offered", true)]),
        (
            "answered_in_time,replies,replies_in_time",
            "9.5,3,4",
            vec![("answered_in_time", "part_beyond_whole", false), ("replies_in_time", "part_beyond_whole", false)],
        ),
        ("answered_in_time,handled,replies,replies_in_time,abandoned", "9,9,40,40,9", vec![]),
        ("replies_in_time", "4", vec![]),
    ] {
        let text = format!("start,queue,offered,{columns}\n2026-11-30T09:00,phone,9,{cells}\n");
        let file = folder.path().join("today.csv");
        fs::write(&file, &text).unwrap();
        let found = |problems: &peakshift::input::Problems| {
            let found = problems.iter().filter(|problem| problem.line.is_some());
            found.map(|of| (of.column.clone(), of.code, of.is_warning)).collect::<Vec<_>>()
        };
        let expected: Vec<_> = expected.into_iter().map(|(column, code, is_warning)| (column.to_owned(), code, is_warning)).collect();
        assert_eq!(found(&Folder::read_actuals(&file, &inputs).1), expected, "{columns} {cells}");
        fs::write(&file, text.replace("2026-11-30", "2026-11-20").replace("offered", "volume")).unwrap();
        let flat = peakshift::input::read_flat(&file, None, None);
        let refused = flat.err().map(|problems| found(&problems)).unwrap_or_default();
        let is_refused = expected.iter().any(|(.., is_warning)| !is_warning);
        assert_eq!(refused, if is_refused { expected } else { vec![] }, "a history: {columns} {cells}");
    }
}

#[test]
fn nothing_is_said_of_a_day_without_counts_or_beside_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("team");
    let run = |arguments: &[&str]| {
        let output = assert_cmd::Command::cargo_bin("peakshift").unwrap().args(["--lang", "en"]).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let plan_text = plan.to_str().unwrap();
    run(&["init", plan_text]);
    run(&["plan", plan_text, "--effort", "1"]);
    let (file, roster) = (folder.path().join("today.csv"), plan.join("out/roster.csv"));
    let (file, roster) = (file.to_str().unwrap(), roster.to_str().unwrap());
    let none = "has no counts of 2026-11-30 before";
    for (rows, at, told) in [
        ("2026-11-29T09:00,phone,9", "2026-11-30T11:00", Some(none)),
        ("2026-11-30T11:00,phone,9", "2026-11-30T11:00", Some(none)),
        ("2026-11-30T09:00,phone,9", "2026-11-30T00:00", Some(none)),
        ("2026-11-29T09:00,phone,9", "2026-11-29T11:00", Some("2026-11-29 is not a day of the plan (2026-11-30..2026-11-30)")),
        ("2026-12-01T09:00,phone,9", "2026-12-01T11:00", Some("2026-12-01 is not a day of the plan")),
        ("2026-11-30T09:00,phone,9", "2026-11-30T11:00", None),
        ("2026-11-30T09:00,phone,0", "2026-11-30T11:00", None),
    ] {
        fs::write(file, format!("start,queue,offered\n{rows}\n")).unwrap();
        for arguments in [
            vec!["reforecast", plan_text, "--actuals", file, "--at", at],
            vec!["reforecast", plan_text, "--actuals", file, "--at", at, "--roster", roster],
            vec!["repair", plan_text, "--roster", roster, "--actuals", file, "--at", at],
        ] {
            let (code, said) = run(&arguments);
            assert!(
                told.map_or(code == Some(0), |told| code == Some(2) && said.contains(told) && said.contains("hint: ")),
                "{arguments:?}: {said}"
            );
        }
    }
    let history = plan.join("history.csv");
    fs::write(file, fs::read_to_string(history).unwrap().replacen("offered", "volume", 1)).unwrap();
    let (code, said) = run(&["reforecast", "--history", file, "--at", "2026-12-05T11:00"]);
    assert!(code == Some(2) && said.contains("has no counts of 2026-12-05 before 11:00"), "{said}");
}
