//! Numeric arguments: for any value the command ends at once with the cause, or does its work and ends.

#[path = "support/example.rs"]
mod example;

use assert_cmd::Command;
use example::copy_tiny;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than any of these runs takes on a slow machine.
const LONGEST: Duration = Duration::from_secs(60);

/// Options with a numeric value.
const NUMBERS: [&str; 26] = [
    "--abandonment",
    "--agents",
    "--answer-share",
    "--answer-within-seconds",
    "--asa",
    "--blocking",
    "--calls-per-hour",
    "--days",
    "--effort",
    "--every-days",
    "--handling-seconds",
    "--max-changes",
    "--max-people",
    "--months",
    "--occupancy",
    "--origins",
    "--patience-seconds",
    "--scheduled",
    "--seed",
    "--shrinkage",
    "--slowdown",
    "--staff-to",
    "--threads",
    "--time-limit",
    "--waiting-places",
    "--windows",
];
/// Options with another value.
const OTHERS: [&str; 18] = [
    "--absences",
    "--actuals",
    "--agent",
    "--at",
    "--batch",
    "--date",
    "--drivers",
    "--events",
    "--example",
    "--from",
    "--history",
    "--lang",
    "--matrix",
    "--out",
    "--output",
    "--roster",
    "--scenarios",
    "--surprise",
];
const VALUES: [&str; 12] = ["0", "-1", "1", "2.5", "1000000000000", "18446744073709551616", "1e12", "1e300", "NaN", "inf", "many", ""];

fn run(arguments: &[String]) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let output = command.args(["--lang", "en"]).args(arguments).timeout(LONGEST).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (output.status.code(), if said[1].is_empty() { said[0].clone() } else { said[1].clone() })
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The smallest example with its roster, and the smallest published instances.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("team");
        copy_tiny(&plan);
        let history = fs::read_to_string(plan.join("history.csv")).unwrap().replacen("offered", "volume", 1);
        fs::write(folder.path().join("flat.csv"), history).unwrap();
        fs::write(folder.path().join("scenarios.toml"), "[[scenario]]\nname = \"more\"\nvolume = 1.1\n").unwrap();
        let nrp = "SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nA,E=7,4000,0,5,1,1,1\nSECTION_DAYS_OFF\nA,2\n\
            SECTION_SHIFT_ON_REQUESTS\nSECTION_SHIFT_OFF_REQUESTS\nSECTION_COVER\n0,E,1,100,1\n";
        fs::write(folder.path().join("nrp.txt"), nrp).unwrap();
        let place = Self { folder };
        let (code, said) = run(&["plan".to_owned(), text(&place.path("team"))]);
        assert_eq!(code, Some(0), "{said}");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Each command in a working form, by the words that name it.
    fn commands(&self) -> Vec<(Vec<&'static str>, Vec<String>)> {
        let (plan, roster, flat) = (text(&self.path("team")), text(&self.path("team/out/roster.csv")), text(&self.path("flat.csv")));
        let with = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let of_roster = [plan.as_str(), "--roster", &roster];
        let surprise = text(&self.path("team/surprise.toml"));
        let scenarios = text(&self.path("scenarios.toml"));
        let nrp = text(&self.path("nrp.txt"));
        vec![
            (vec!["check"], with(&[&plan])),
            (vec!["plan"], with(&[&plan])),
            (vec!["forecast"], with(&["--history", &flat, "--from", "2026-11-30", "--days", "2"])),
            (vec!["backtest"], with(&["--history", &flat, "--days", "2", "--origins", "1"])),
            (vec!["reforecast"], with(&["--history", &flat, "--at", "2026-11-29T11:00"])),
            (vec!["accuracy"], with(&[&plan])),
            (vec!["review"], with(&of_roster)),
            (vec!["staff"], with(&[&plan])),
            (vec!["roster"], with(&[&plan])),
            (vec!["repair"], with(&of_roster)),
            (vec!["why"], with(&[&of_roster[..], &["--agent", "A1", "--date", "2026-11-30"]].concat())),
            (vec!["simulate"], with(&of_roster)),
            (vec!["verify"], with(&of_roster)),
            (vec!["compare"], with(&[&plan, "--scenarios", &scenarios])),
            (vec!["drill"], with(&[&of_roster[..], &["--surprise", &surprise]].concat())),
            (vec!["capacity"], with(&[&plan, "--months", "3"])),
            (vec!["erlang"], with(&["--calls-per-hour", "60", "--handling-seconds", "180", "--agents", "5"])),
            (vec!["benchmark", "nrp"], with(&[&nrp, "--time-limit", "1"])),
            (vec!["benchmark", "tour"], with(&[&nrp, "--time-limit", "1"])),
            (vec!["init"], with(&[&text(&self.path("new"))])),
        ]
    }
}

/// Options of a command that take a value, as listed in its help.
fn options(command: &[&str]) -> BTreeSet<String> {
    let help = Command::cargo_bin("peakshift").unwrap().args(command).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let option = |line: &str| {
        let line = line.trim_start();
        let line =
            line.strip_prefix("-").filter(|rest| !rest.starts_with('-')).map_or(line, |rest| rest.split_once(", ").map_or("", |of| of.1));
        line.starts_with("--").then(|| line.split_once(" <").map(|(name, _)| name.to_owned())).flatten()
    };
    help.lines().filter_map(option).collect()
}

/// The arguments with an option's value replaced, or added.
fn with_option(arguments: &[String], option: &str, value: &str) -> Vec<String> {
    let mut changed = arguments.to_vec();
    if let Some(place) = changed.iter().position(|argument| argument == option) {
        changed.drain(place..place + 2);
    }
    // conflicting options of the calculator are removed
    let is_instead = ["--scheduled", "--asa", "--answer-share", "--occupancy", "--abandonment", "--blocking"].contains(&option);
    if let Some(place) = changed.iter().position(|argument| is_instead && argument == "--agents") {
        changed.drain(place..place + 2);
    }
    changed.extend([option.to_owned(), value.to_owned()]);
    changed
}

#[test]
fn every_option_that_takes_a_number_refuses_what_it_cannot_mean_and_nothing_hangs() {
    let place = Place::new();
    let (mut seen, mut refused, mut done) = (BTreeSet::new(), 0, 0);
    for (command, arguments) in place.commands() {
        for option in options(&command) {
            assert!(NUMBERS.contains(&option.as_str()) || OTHERS.contains(&option.as_str()), "{command:?}: is {option} a number?");
            if !NUMBERS.contains(&option.as_str()) {
                continue;
            }
            seen.insert(option.clone());
            for value in VALUES {
                let value = if option == "--staff-to" { format!("q{value}") } else { value.to_owned() };
                let _ = fs::remove_dir_all(place.path("new"));
                let words: Vec<String> = command.iter().map(ToString::to_string).chain(with_option(&arguments, &option, &value)).collect();
                let (code, said) = run(&words);
                let code = code.unwrap_or_else(|| panic!("{words:?} has not ended"));
                assert!((0..=2).contains(&code), "{words:?}: {code} {said}");
                if code == 2 {
                    assert!(said.contains("error: "), "{words:?}: {said}");
                    refused += 1;
                } else {
                    done += 1;
                }
                let is_no_number = ["NaN", "inf", "many", ""].contains(&value.as_str());
                assert!(code == 2 || !is_no_number, "{words:?}: {said}");
            }
        }
    }
    assert!(refused > 200 && done > 60, "{refused} {done}");
    assert_eq!(seen.len(), NUMBERS.len(), "every one of them is some command's: {seen:?}");
}

#[test]
fn a_number_out_of_its_range_is_refused_with_the_range() {
    let place = Place::new();
    let plan = text(&place.path("team"));
    for (command, option, value, range) in [
        ("plan", "--effort", "1000000000000", "1 to 1000000"),
        ("roster", "--effort", "0", "1 to 1000000"),
        ("plan", "--threads", "0", "1 to 1024"),
        ("plan", "--time-limit", "1e9", "0.001 to 10 million"),
        ("capacity", "--months", "1000000000000", "3 to 18"),
        ("backtest", "--origins", "1000000000000", "1 to 10000"),
        ("backtest", "--days", "-1", "1 to 400"),
    ] {
        let (code, said) = run(&[command, &plan, option, value].map(str::to_owned));
        assert!(code == Some(2) && said.contains(range), "{command} {option} {value}: {said}");
    }
}
