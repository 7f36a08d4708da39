//! The commands as a planner types them: exit codes, files, words.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

fn peakshift(arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("peakshift").unwrap();
    command.args(["--lang", "en"]).args(arguments).assert()
}

fn out(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn err(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn started() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("team");
    peakshift(&["init", plan.to_str().unwrap()]).success();
    (folder, plan)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn init_check_plan_verify_simulate_compare_is_the_planners_way() {
    let (_folder, plan) = started();
    peakshift(&["check", text(&plan)]).success();
    let planned = peakshift(&["plan", text(&plan), "--effort", "2"]).success();
    assert!(out(&planned).contains("roster.csv") && out(&planned).contains("report.html"), "{}", out(&planned));
    let roster = plan.join("out/roster.csv");
    assert!(out(&peakshift(&["verify", text(&plan), "--roster", text(&roster)]).success()).contains("0 rules broken"));
    peakshift(&["simulate", text(&plan), "--roster", text(&roster)]).success();
    assert!(plan.join("out/simulate/service.csv").is_file());
    let scenarios = plan.join("scenarios.toml");
    let compared = peakshift(&["compare", text(&plan), "--scenarios", text(&scenarios), "--effort", "1"]).success();
    assert!(out(&compared).contains("base") && out(&compared).contains("twice the calls"), "{}", out(&compared));
    let table = fs::read_to_string(plan.join("out/scenario_compare.csv")).unwrap();
    assert!(table.starts_with("scenario,queue,date,"));
}

#[test]
fn init_overwrites_nothing() {
    let (_folder, plan) = started();
    let refused = peakshift(&["init", text(&plan)]).code(2);
    assert!(err(&refused).contains("error:") && err(&refused).contains("hint:"));
}

#[test]
fn a_failed_run_leaves_earlier_results_untouched() {
    let (_folder, plan) = started();
    peakshift(&["plan", text(&plan), "--effort", "1"]).success();
    let before = fs::read(plan.join("out/roster.csv")).unwrap();
    let agents = fs::read_to_string(plan.join("agents.csv")).unwrap();
    fs::write(plan.join("agents.csv"), agents.replace("senior", "master")).unwrap();
    let failed = peakshift(&["plan", text(&plan), "--effort", "1"]).code(2);
    assert!(err(&failed).contains("agents.csv:2 [level] unknown_word"), "{}", err(&failed));
    assert_eq!(fs::read(plan.join("out/roster.csv")).unwrap(), before);
    assert!(fs::read_dir(plan.join("out")).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().starts_with('.')));
}

#[test]
fn a_broken_rule_makes_verify_exit_1_and_names_it_in_chinese_too() {
    let (_folder, plan) = started();
    peakshift(&["plan", text(&plan), "--effort", "1"]).success();
    let roster = plan.join("out/roster.csv");
    let moved = fs::read_to_string(&roster).unwrap().replace("T17:00", "T18:00");
    fs::write(&roster, moved).unwrap();
    let broken = peakshift(&["verify", text(&plan), "--roster", text(&roster), "--lang", "zh"]).code(1);
    assert!(out(&broken).contains("shift_times: 时间与班次不符"), "{}", out(&broken));
}

#[test]
fn strict_makes_a_shortage_exit_1() {
    let (_folder, plan) = started();
    peakshift(&["plan", text(&plan), "--effort", "1", "--strict"]).code(1);
}

#[test]
fn a_flat_history_is_forecast_without_a_folder_from_standard_input_to_standard_output() {
    let rows: String = (1..=28).map(|day| format!("2026-11-{day:02},{}\n", 100 + day % 7)).collect();
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let forecast = command
        .args(["forecast", "--history", "-", "--from", "2026-11-29", "--days", "7"])
        .write_stdin(format!("start,volume\n{rows}"))
        .assert()
        .success();
    let table = out(&forecast);
    assert!(table.starts_with("start,queue,volume,q0.025,q0.1,q0.25,q0.5,q0.75,q0.9,q0.975\n"), "{table}");
    assert_eq!(table.lines().count(), 8);
}

#[test]
fn a_driver_known_ahead_moves_the_forecast_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (history, drivers) = (folder.path().join("history.csv"), folder.path().join("drivers.csv"));
    let orders = |day: u32| if day.is_multiple_of(5) { 400 } else { 100 };
    let stamp = |day: u32| format!("2026-{:02}-{:02}", 8 + (day - 1) / 30, (day - 1) % 30 + 1);
    fs::write(
        &history,
        format!("start,volume\n{}", (1..=90).map(|day| format!("{},{}\n", stamp(day), orders(day) * 2)).collect::<String>()),
    )
    .unwrap();
    fs::write(&drivers, format!("start,orders\n{}", (1..=97).map(|day| format!("{},{}\n", stamp(day), orders(day))).collect::<String>()))
        .unwrap();
    let forecast =
        peakshift(&["forecast", "--history", text(&history), "--drivers", text(&drivers), "--from", "2026-11-01", "--days", "7"]).success();
    let volumes: Vec<f64> = out(&forecast).lines().skip(1).map(|line| line.split(',').nth(2).unwrap().parse().unwrap()).collect();
    // day 95 is 5 November: four times the orders, so about four times the contacts
    assert!(volumes[4] > 2.5 * volumes[3], "{volumes:?}");
}

#[test]
fn the_future_changes_no_forecast() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |last: u32| (1..=last).map(|day| format!("2026-10-{day:02},{}\n", 100 + day * 7 % 13)).collect::<String>();
    let run = |last: u32| {
        let file = folder.path().join("history.csv");
        fs::write(&file, format!("start,volume\n{}", rows(last))).unwrap();
        out(&peakshift(&["forecast", "--history", text(&file), "--from", "2026-10-25", "--days", "7"]).success())
    };
    assert_eq!(run(24), run(31));
}

#[test]
fn the_calculator_answers_flags_and_batches() {
    let answer = peakshift(&["erlang", "--calls-per-hour", "200", "--handling-seconds", "180", "--asa", "20"]).success();
    assert!(out(&answer).contains(" 13 "), "{}", out(&answer));
    let folder = tempfile::tempdir().unwrap();
    let (questions, answers) = (folder.path().join("in.csv"), folder.path().join("out.csv"));
    fs::write(&questions, "model,load_erlangs,handling_seconds,agents,target,target_value\nerlang_c,10,180,,asa,20\nerlang_b,2,180,2,,\n")
        .unwrap();
    peakshift(&["erlang", "--batch", text(&questions), "--output", text(&answers)]).success();
    let table = fs::read_to_string(&answers).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(
        rows[0],
        "model,load_erlangs,handling_seconds,agents,target,target_value,p_wait,asa_seconds,mean_wait_seconds,service_level,abandonment,occupancy,blocking"
    );
    assert!(rows[1].starts_with("erlang_c,10,180,13,"), "{}", rows[1]);
    assert!(rows[2].ends_with(",0.4"), "{}", rows[2]);
}

#[test]
fn usage_mistakes_exit_2() {
    for arguments in [
        &["plan"][..],
        &["plan", "nowhere"],
        &["erlang", "--calls-per-hour", "many", "--handling-seconds", "1"],
        &["fly"],
        &["erlang", "--calls-per-hour", "1", "--handling-seconds", "60"],
    ] {
        peakshift(arguments).code(2);
    }
}
