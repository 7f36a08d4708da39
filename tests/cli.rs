//! The commands as planners use them: exit codes, files, messages.

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
    assert!(out(&peakshift(&["verify", text(&plan), "--roster", text(&roster)]).success()).contains("0 rule violations"));
    let simulated = peakshift(&["simulate", text(&plan), "--roster", text(&roster)]).success();
    assert!(out(&simulated).contains("measured against requirement.csv beside the roster"), "{}", out(&simulated));
    let service = |path: &str| fs::read_to_string(plan.join(path)).unwrap();
    assert_eq!(service("out/simulate/service.csv"), service("out/service.csv"), "a plan's own roster attains what the plan says");
    assert!(plan.join("out/simulate/service.csv").is_file());
    let scenarios = plan.join("scenarios.toml");
    let compared = peakshift(&["compare", text(&plan), "--scenarios", text(&scenarios), "--effort", "1"]).success();
    assert!(out(&compared).contains("base") && out(&compared).contains("twice the calls"), "{}", out(&compared));
    let table = fs::read_to_string(plan.join("out/scenario_compare.csv")).unwrap();
    assert!(table.starts_with("scenario,queue,date,"));
}

#[test]
fn months_end_well_at_any_time_limit() {
    let (folder, plan) = started();
    for limit in ["0.001", "0.01", "0.03", "0.1", "0.3", "1"] {
        let months = peakshift(&["capacity", text(&plan), "--months", "3", "--time-limit", limit, "--out", text(folder.path())]).success();
        let said = out(&months);
        let bound = said.split("(proven bound ").nth(1).map(|rest| rest.split(' ').next().unwrap().parse::<f64>().unwrap());
        // 66,461 is within 0.06 % of the optimum
        assert!(bound.is_none_or(|bound| bound > 0.0 && bound <= 66_461.0), "{said}");
        assert_eq!(bound.is_none(), said.contains("no proven bound"), "{said}");
    }
}

#[test]
fn a_plan_cut_short_says_so_in_every_place() {
    let (_folder, plan) = started();
    let planned = peakshift(&["plan", text(&plan), "--time-limit", "0.001"]).success();
    let read = |name: &str| fs::read_to_string(plan.join("out").join(name)).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&read("summary.json")).unwrap();
    assert_eq!((&summary["interrupted"], &summary["interrupted_by"]), (&true.into(), &"time_limit".into()));
    for text in [out(&planned), read("explain.md"), read("report.html")] {
        assert!(text.contains("interrupted:") && text.contains("understaffing penalty"), "{text}");
    }
    assert!(summary["cost_parts"].as_object().unwrap().values().map(|part| part.as_f64().unwrap()).sum::<f64>() > 0.0);
}

#[test]
fn a_sweep_of_a_million_is_not_run_unasked() {
    let (folder, plan) = started();
    let sweep = folder.path().join("sweep.toml");
    let values: Vec<String> = (0..1000).map(|step| format!("{:.3}", 0.5 + f64::from(step) / 1000.0)).collect();
    let vary = format!("volume = [{0}]\nhandling = [{0}]", values.join(", "));
    fs::write(&sweep, format!("[[sweep]]\nname = \"grid\"\n[sweep.vary]\n{vary}\n")).unwrap();
    let refused = peakshift(&["compare", text(&plan), "--scenarios", text(&sweep), "--effort", "1"]).code(2);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(said.contains("1000000 scenarios") && said.contains("hours") && said.contains("--yes"), "{said}");
    assert!(!plan.join("out").exists(), "nothing is written");
}

#[test]
fn repair_lists_what_it_changes_and_an_edited_matrix_is_kept() {
    let (folder, plan) = started();
    let at = |name: &str| folder.path().join(name);
    peakshift(&["plan", text(&plan), "--effort", "2"]).success();
    let roster = std::fs::read_to_string(plan.join("out/roster.csv")).unwrap();
    let first: Vec<&str> = roster.lines().nth(1).unwrap().split(',').collect();
    std::fs::write(at("sick.csv"), format!("agent_id,start,end,kind\n{},{},{},sick\n", first[1], first[0], first[0])).unwrap();
    let mended = at("mended");
    let (published, sick) = (plan.join("out/roster.csv"), at("sick.csv"));
    peakshift(&["repair", text(&plan), "--roster", text(&published), "--absences", text(&sick), "--out", text(&mended)]).success();
    let changes = std::fs::read_to_string(mended.join("changes.csv")).unwrap();
    assert!(changes.starts_with("date,agent_id,before,after,reason,"), "{changes}");
    assert!(changes.lines().any(|line| line.starts_with(&format!("{},{},{},,away", first[0], first[1], first[2]))), "{changes}");
    // the first person of the matrix gets all days off
    let matrix = std::fs::read_to_string(plan.join("out/roster_matrix.csv")).unwrap();
    let mut lines: Vec<String> = matrix.lines().map(str::to_owned).collect();
    let row = lines.iter().position(|line| line.starts_with(&format!("{},", first[1]))).unwrap();
    lines[row] = lines[row].replace(&format!(",{},", first[2]), ",off,");
    std::fs::write(at("matrix.csv"), lines.join("\n")).unwrap();
    let edited = at("matrix.csv");
    peakshift(&["repair", text(&plan), "--roster", text(&published), "--matrix", text(&edited), "--out", text(&mended)]).success();
    let changes = std::fs::read_to_string(mended.join("changes.csv")).unwrap();
    assert!(changes.lines().any(|line| line.starts_with(&format!("{},{},{},,pinned", first[0], first[1], first[2]))), "{changes}");
    // a roster of another week is reported, and nothing is written
    std::fs::write(at("other.csv"), roster.replace("2026-11-30", "2026-10-30")).unwrap();
    let (other, nowhere) = (at("other.csv"), at("nowhere"));
    let refused = peakshift(&["repair", text(&plan), "--roster", text(&other), "--out", text(&nowhere)]).code(2);
    assert!(err(&refused).contains("roster_other_week") && !nowhere.exists());
}

#[test]
fn why_names_the_next_best_week_and_who_could_change_places() {
    let (_folder, plan) = started();
    peakshift(&["plan", text(&plan), "--effort", "2"]).success();
    let published = plan.join("out/roster.csv");
    let roster = std::fs::read_to_string(&published).unwrap();
    let first: Vec<&str> = roster.lines().nth(1).unwrap().split(',').collect();
    let why = |agent: &str, date: &str| peakshift(&["why", text(&plan), "--roster", text(&published), "--agent", agent, "--date", date]);
    let answer = out(&why(first[1], first[0]).success());
    assert!(answer.contains(first[1]) && answer.contains(first[2]) && answer.contains("Next-best week"), "{answer}");
    assert!(err(&why("nobody", first[0]).code(2)).contains("nobody"));
    assert!(err(&why(first[1], "2026-01-01").code(2)).contains("2026-01-01"));
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
    assert!(out(&broken).contains("shift_times: 起止时间与班次不符"), "{}", out(&broken));
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

/// Sixty days of eight hours, about 40 contacts an hour, as modified by the test.
fn flat_history(folder: &Path, count: impl Fn(u32, u32) -> f64) -> PathBuf {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let row = |day: u32, hour: u32| format!("{}T{hour:02}:00,{}\n", first + chrono::Days::new(u64::from(day)), count(day, hour));
    let rows: String = (0..60).flat_map(|day| (9..17).map(move |hour| (day, hour))).map(|(day, hour)| row(day, hour)).collect();
    let path = folder.join("history.csv");
    fs::write(&path, format!("start,volume\n{rows}")).unwrap();
    path
}

fn usual(day: u32, hour: u32) -> f64 {
    40.0 + 2.0 * f64::from((day * 5 + hour * 3) % 7) - 6.0
}

/// Mean and outer quantiles of the first day at noon, and all of standard error.
fn noon(history: &Path, more: &[&str]) -> ([f64; 3], String) {
    let made =
        peakshift(&[&["forecast", "--history", text(history), "--from", "2026-11-02", "--days", "7", "--output", "-"], more].concat());
    let table = out(&made);
    let row = table.lines().find(|line| line.starts_with("2026-11-02T12:00")).unwrap();
    let field = |place: usize| row.split(',').nth(place).unwrap().parse().unwrap();
    ([field(2), field(3), field(9)], err(&made))
}

#[test]
fn one_slip_of_the_pen_leaves_forecast_and_bands_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let ([mean, low, high], _) = noon(&flat_history(folder.path(), usual), &[]);
    let slip = |day: u32, hour: u32| if (day, hour) == (41, 12) { 99_999.0 } else { usual(day, hour) };
    let ([slipped, slipped_low, slipped_high], said) = noon(&flat_history(folder.path(), slip), &[]);
    assert!(said.contains("suspected event"), "{said}");
    for (with, without) in [(slipped, mean), (slipped_low, low), (slipped_high, high)] {
        assert!((with / without - 1.0).abs() < 0.1, "{with} without the slip {without}");
    }
}

#[test]
fn zeros_before_the_opening_and_an_old_level_are_not_the_level() {
    let folder = tempfile::tempdir().unwrap();
    let opened = |day: u32, hour: u32| if day < 39 { 0.0 } else { usual(day, hour) };
    let ([mean, ..], said) = noon(&flat_history(folder.path(), opened), &[]);
    assert!((30.0..50.0).contains(&mean) && said.contains("not_open_yet"), "{mean} {said}");
    let grown = |day: u32, hour: u32| if day < 44 { usual(day, hour) } else { 10.0 * usual(day, hour) };
    let ([mean, ..], said) = noon(&flat_history(folder.path(), grown), &[]);
    assert!((300.0..500.0).contains(&mean) && said.contains("level_shift"), "{mean} {said}");
}

#[test]
fn a_closure_of_two_hours_closes_two_hours() {
    let folder = tempfile::tempdir().unwrap();
    let events = folder.path().join("events.csv");
    fs::write(&events, "event,family,start,end,size\nfire drill,closed,2026-11-02T13:00,2026-11-02T15:00,\n").unwrap();
    let history = flat_history(folder.path(), usual);
    let arguments = ["forecast", "--history", text(&history), "--events", text(&events), "--from", "2026-11-02", "--days", "1"];
    let table = out(&peakshift(&arguments));
    let zero = |line: &&str| line.split(',').nth(2) == Some("0");
    assert_eq!(table.lines().filter(zero).map(|line| &line[11..16]).collect::<Vec<_>>(), ["13:00", "14:00"]);
}

#[test]
fn an_output_never_replaces_its_own_input() {
    let folder = tempfile::tempdir().unwrap();
    let history = flat_history(folder.path(), usual);
    let before = fs::read(&history).unwrap();
    let refused = peakshift(&["forecast", "--history", text(&history), "--from", "2026-11-02", "--output", text(&history)]).code(2);
    assert!(err(&refused).contains("is the input"), "{}", err(&refused));
    assert_eq!(fs::read(&history).unwrap(), before);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_peakshift"));
    command.args(["--lang", "en", "check", concat!(env!("CARGO_MANIFEST_DIR"), "/data/qinghe")]);
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn surprises_months_today_and_looking_back_each_write_their_files_and_say_what_they_mean() {
    let (folder, plan) = started();
    peakshift(&["plan", text(&plan), "--effort", "2"]).success();
    let roster = plan.join("out/roster.csv");
    let drilled = peakshift(&["drill", text(&plan), "--roster", text(&roster), "--surprise", text(&plan.join("surprise.toml"))]).success();
    assert!(out(&drilled).contains("surprise: twice the calls") && out(&drilled).contains("back on target"), "{}", out(&drilled));
    let service = fs::read_to_string(plan.join("out/drill/service.csv")).unwrap();
    assert!(service.starts_with("start,queue,contacts,required,rostered,") && service.lines().next().unwrap().contains("surprise"));
    for name in ["recovery.csv", "reserve.csv", "chart_drill.png", "chart_drill.svg"] {
        assert!(plan.join("out/drill").join(name).is_file(), "{name}");
    }
    let months = peakshift(&["capacity", text(&plan), "--months", "3"]).success();
    assert!(out(&months).contains("above the optimum"), "{}", out(&months));
    assert_eq!(fs::read_to_string(plan.join("out/capacity.csv")).unwrap().lines().count(), 14, "13 weeks of one queue");
    peakshift(&["capacity", text(&plan), "--months", "2"]).code(2);
    let today = folder.path().join("today.csv");
    fs::write(&today, "start,queue,offered,waiting\n2026-11-30T09:00,phone,9,0\n2026-11-30T10:00,phone,12,200\n").unwrap();
    let at = "2026-11-30T11:00";
    let said = peakshift(&["reforecast", text(&plan), "--actuals", text(&today), "--at", at, "--roster", text(&roster)]).success();
    assert!(out(&said).contains("alert level 3") && out(&said).contains("at closing time 17:00"), "{}", out(&said));
    assert!(plan.join("out/reforecast/asks.csv").is_file());
    let repair = |at| peakshift(&["repair", text(&plan), "--roster", text(&roster), "--actuals", text(&today), "--at", at]);
    repair(at).success();
    for from in ["2026-11-29", "2026-12-01", "2027-01-01"] {
        let refused = peakshift(&["repair", text(&plan), "--roster", text(&roster), "--from", from]).code(2);
        assert!(err(&refused).contains(&format!("{from} is not a day of the plan (2026-11-30..2026-11-30)")), "{}", err(&refused));
    }
    assert!(plan.join("out/repair/changes.csv").is_file());
    assert!(err(&repair("2026-12-30T11:00").code(2)).contains("not a day of the plan (2026-11-30..2026-11-30)"));
    let early = peakshift(&["review", text(&plan), "--roster", text(&roster)]).code(2);
    assert!(err(&early).contains("no counts from 2026-11-30 on"), "{}", err(&early));
    assert!(!plan.join("out/review").exists(), "nothing is written");
    let mut history = fs::read_to_string(plan.join("history.csv")).unwrap();
    let rows: Vec<String> = (9..17).map(|hour| format!("2026-11-30T{hour:02}:00,phone,14\n")).collect();
    history += &rows.concat();
    fs::write(plan.join("history.csv"), history).unwrap();
    let review = peakshift(&["review", text(&plan), "--roster", text(&roster)]).success();
    assert!(out(&review).contains("volume forecast error"), "{}", out(&review));
    assert_eq!(fs::read_to_string(plan.join("out/review/missed.csv")).unwrap().lines().count(), 5, "four causes of one day");
}

/// All commands on a plan that print a result, with their arguments.
#[cfg(target_os = "linux")]
const PRINTING: [&[&str]; 9] = [
    &["check", "PLAN"],
    &["plan", "PLAN", "--effort", "1", "--out", "FRESH"],
    &["staff", "PLAN", "--out", "FRESH"],
    &["forecast", "PLAN", "--out", "FRESH"],
    &["simulate", "PLAN", "--roster", "ROSTER", "--out", "FRESH"],
    &["verify", "PLAN", "--roster", "ROSTER"],
    &["repair", "PLAN", "--roster", "ROSTER", "--out", "FRESH"],
    &["erlang", "--calls-per-hour", "100", "--handling-seconds", "180", "--agents", "8"],
    &["init", "FRESH"],
];

#[test]
#[cfg(target_os = "linux")]
fn standard_output_that_takes_nothing_is_an_error_and_no_panic() {
    let (folder, plan) = started();
    peakshift(&["plan", text(&plan), "--effort", "1"]).success();
    let roster = plan.join("out/roster.csv");
    for (number, arguments) in PRINTING.into_iter().enumerate() {
        let fresh = folder.path().join(format!("fresh-{number}"));
        let filled = arguments.iter().map(|argument| match *argument {
            "PLAN" => text(&plan),
            "ROSTER" => text(&roster),
            "FRESH" => text(&fresh),
            other => other,
        });
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("peakshift"));
        let output = command.args(["--lang", "en"]).args(filled).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("standard output cannot be written") && !said.contains("panicked"), "{arguments:?}: {said}");
    }
}

#[test]
fn verbose_tells_each_stage_and_why_it_ended_and_changes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let planned = |out: &str, more: &[&str]| {
        let out = folder.path().join(out);
        let run = peakshift(&[&["plan", "data/tiny", "--effort", "1", "--out", out.to_str().unwrap()], more].concat()).success();
        (fs::read(out.join("roster.csv")).unwrap(), String::from_utf8(run.get_output().stderr.clone()).unwrap())
    };
    let (quiet, told) = (planned("quiet", &[]), planned("told", &["--verbose"]));
    assert_eq!(quiet.0, told.0);
    for stage in ["forecast", "requirement", "search", "bound", "simulate", "roster", "advice", "sample paths"] {
        let is_of_stage = |line: &str| line.ends_with(&format!(" {stage}")) && line.contains(" s ");
        assert!(told.1.lines().any(is_of_stage) && !quiet.1.lines().any(is_of_stage), "{stage}: {}", told.1);
    }
    assert!(told.1.contains("ended="), "{}", told.1);
}
