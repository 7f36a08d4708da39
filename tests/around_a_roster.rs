//! A roster is read with the files written with it, whatever other commands have put beside it since; and contradictions on a person's day
//! are refused by every reader.

#[path = "support/example.rs"]
mod example;

use assert_cmd::Command;
use example::copy_tiny;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Exit code, standard output and standard error.
fn peakshift(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("peakshift").unwrap().args(["--lang", "en"]).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The smallest example, with a target for which simulation cuts add agents to the formulas' requirement.
fn team() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("team");
    copy_tiny(&plan);
    let file = plan.join("plan.toml");
    let before = fs::read_to_string(&file).unwrap();
    let after = before.replace("targets = { mean_wait_seconds = 60 }", "targets = { answer_within_seconds = 20, answer_share = 0.9 }");
    assert_ne!(before, after);
    fs::write(&file, after).unwrap();
    fs::write(plan.join("sick.csv"), "agent_id,start,end,kind\nA1,2026-11-30,2026-11-30,sick\n").unwrap();
    fs::write(plan.join("later.csv"), "agent_id,start,end,kind\nA2,2026-11-30,2026-11-30,sick\n").unwrap();
    (folder, plan)
}

/// The last writer of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Writer {
    Plan,
    Roster,
    Repair,
}

impl Writer {
    fn write(self, plan: &Path) {
        let (out, published) = (plan.join("out"), plan.join("published"));
        let arguments = match self {
            Self::Plan => vec!["plan", text(plan)],
            Self::Roster => vec!["roster", text(plan)],
            Self::Repair => {
                let roster = published.join("roster.csv");
                let sick = plan.join("sick.csv");
                let (code, _, said) =
                    peakshift(&["repair", text(plan), "--roster", text(&roster), "--absences", text(&sick), "--out", text(&out)]);
                assert_eq!(code, 0, "{said}");
                return;
            }
        };
        let (code, _, said) = peakshift(&arguments);
        assert_eq!(code, 0, "{said}");
    }
}

/// A folder with a published copy of its plan's roster, so that a repair may write in the plan's place.
fn published() -> (tempfile::TempDir, PathBuf) {
    let (folder, plan) = team();
    Writer::Plan.write(&plan);
    fs::create_dir(plan.join("published")).unwrap();
    for name in ["roster.csv", "requirement.csv"] {
        fs::copy(plan.join("out").join(name), plan.join("published").join(name)).unwrap();
    }
    (folder, plan)
}

/// Output of all readers of the roster, without paths.
fn figures(plan: &Path) -> Vec<String> {
    let roster = plan.join("out/roster.csv");
    let said = |arguments: &[&str]| {
        let (code, said, _) = peakshift(arguments);
        let lines: Vec<&str> = said.lines().filter(|line| !line.contains(text(plan))).collect();
        format!("{code} {}", lines.join("\n"))
    };
    let later = plan.join("later.csv");
    let mut all = vec![
        said(&["simulate", text(plan), "--roster", text(&roster)]),
        said(&["verify", text(plan), "--roster", text(&roster)]),
        said(&["repair", text(plan), "--roster", text(&roster), "--absences", text(&later)]),
    ];
    for name in ["simulate/service.csv", "repair/roster.csv", "repair/changes.csv", "repair/requirement.csv", "repair/excused.csv"] {
        all.push(fs::read_to_string(plan.join("out").join(name)).unwrap());
    }
    all
}

#[test]
fn after_any_order_of_commands_a_roster_is_measured_by_what_was_written_with_it() {
    let mut alone: BTreeMap<Writer, Vec<String>> = BTreeMap::new();
    for writer in [Writer::Plan, Writer::Roster, Writer::Repair] {
        let (_folder, plan) = published();
        writer.write(&plan);
        alone.insert(writer, figures(&plan));
    }
    let added = |row: &str| row.split(',').nth(9).is_some_and(|cell| cell != "0" && cell.parse::<f64>().is_ok());
    assert!(alone[&Writer::Plan][6].lines().any(added), "the simulation has added something, which staff does not know");
    assert_ne!(alone[&Writer::Plan], alone[&Writer::Repair]);
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut staffed = 0;
    for number in 0..20 {
        let (_folder, plan) = published();
        let out = plan.join("out");
        let roster = out.join("roster.csv");
        let (mut writer, mut is_staffed, mut order) = (Writer::Plan, false, Vec::new());
        for _ in 0..random.random_range(2..=6) {
            let step = random.random_range(0..11);
            order.push(step);
            match step {
                0..=2 => {
                    writer = [Writer::Plan, Writer::Roster, Writer::Repair][step];
                    writer.write(&plan);
                    is_staffed = false;
                }
                3..=5 => {
                    let options: &[&str] = [&[][..], &["--staff-to", "q0.9"], &["--chart"]][step - 3];
                    assert_eq!(peakshift(&[&["staff", text(&plan)], options].concat()).0, 0);
                    is_staffed = true;
                }
                6 => assert_eq!(peakshift(&["forecast", text(&plan)]).0, 0),
                7 => assert_eq!(peakshift(&["simulate", text(&plan), "--roster", text(&roster)]).0, 0),
                8 => assert!(peakshift(&["verify", text(&plan), "--roster", text(&roster)]).0 <= 1),
                9 => assert_eq!(peakshift(&["repair", text(&plan), "--roster", text(&roster)]).0, 0),
                // a refused command changes nothing
                _ => assert_eq!(peakshift(&["repair", text(&plan), "--roster", text(&roster), "--out", text(&out)]).0, 2),
            }
        }
        let warned = peakshift(&["simulate", text(&plan), "--roster", text(&roster)]).2;
        assert_eq!(warned.matches("requirement_of_other").count(), usize::from(is_staffed), "{order:?}: {warned}");
        let mut found = figures(&plan);
        let (measure, other) = if is_staffed { ("coverage.csv", "requirement.csv") } else { ("requirement.csv", "coverage.csv") };
        assert!(found[0].contains(measure) && !found[0].contains(other), "{number}: {order:?}: {}", found[0]);
        found[0] = found[0].replace(measure, "requirement.csv");
        assert_eq!(found, alone[&writer], "{number}: {order:?}");
        // files on the roster belong to this one
        for name in ["report.html", "summary.json", "service.csv", "payroll_hours.csv"] {
            assert_eq!(out.join(name).is_file(), writer == Writer::Plan, "{number}: {order:?}: {name}");
        }
        staffed += usize::from(is_staffed);
    }
    assert!(staffed > 4, "{staffed}");
}

#[test]
fn what_is_not_known_of_a_roster_is_said() {
    let (_folder, plan) = published();
    let out = plan.join("out");
    let simulated = |folder: &Path| {
        let (code, said, warned) = peakshift(&["simulate", text(&plan), "--roster", text(&folder.join("roster.csv"))]);
        assert_eq!(code, 0, "{warned}");
        let measure = said.lines().find(|line| line.starts_with("understaffing is measured")).unwrap_or_default().to_owned();
        (measure, warned)
    };
    let by_plan = simulated(&out);
    assert!(by_plan.0.contains("the requirement of its plan") && !by_plan.1.contains("requirement"), "{by_plan:?}");
    // an edited file is used, with a warning
    let requirement = out.join("requirement.csv");
    let as_written = fs::read_to_string(&requirement).unwrap();
    fs::write(&requirement, as_written.replace('\n', "\r\n")).unwrap();
    let (measure, warned) = simulated(&out);
    assert!(measure.contains("the requirement of its plan") && warned.matches("requirement_edited").count() == 1, "{measure} {warned}");
    fs::write(&requirement, &as_written).unwrap();
    // staff has replaced it, and the alternative is edited or missing
    assert_eq!(peakshift(&["staff", text(&plan)]).0, 0);
    for damage in ["", "x"] {
        let coverage = out.join("coverage.csv");
        let before = fs::read_to_string(&coverage).unwrap();
        if damage.is_empty() {
            fs::remove_file(&coverage).unwrap();
        } else {
            fs::write(&coverage, format!("{before}\n")).unwrap();
        }
        let (measure, warned) = simulated(&out);
        assert!(measure.contains("own requirement") && warned.matches("requirement_lost").count() == 1, "{measure} {warned}");
        fs::write(&coverage, before).unwrap();
    }
    // staff's own table beside a copy of the roster belongs to no plan
    let copy = plan.join("copy");
    fs::create_dir(&copy).unwrap();
    for name in ["roster.csv", "requirement.csv"] {
        fs::copy(out.join(name), copy.join(name)).unwrap();
    }
    assert!(simulated(&copy).0.contains("own requirement"));
    // records of a repair do not outlive its roster
    Writer::Repair.write(&plan);
    assert!(out.join("excused.csv").is_file());
    Writer::Plan.write(&plan);
    let warned = peakshift(&["verify", text(&plan), "--roster", text(&out.join("roster.csv"))]).2;
    assert!(warned.matches("beside_replaced_roster").count() >= 2 && warned.contains("excused.csv"), "{warned}");
}

#[test]
fn two_rows_of_one_person_and_time_or_two_shifts_of_a_day_are_named_with_both_lines() {
    let (_folder, plan) = published();
    let made = fs::read_to_string(plan.join("out/roster.csv")).unwrap();
    let first = made.lines().nth(1).unwrap();
    let last = made.lines().count();
    let roster = plan.join("mine.csv");
    let surprise = plan.join("surprise.toml");
    let rows = [
        first.to_owned(),
        first.replace("T17:00", "T16:00"),
        first.replace("T09:00", "T10:00"),
        first.replace("T09:00", "T16:00").replace("T17:00", "T18:00"),
        first.replace(",D,", ",V,").replace("T09:00", "T18:00").replace("T17:00", "T23:00"),
        first.replace(",D,", ",V,"),
    ];
    for row in rows {
        fs::write(&roster, format!("{made}{row}\n")).unwrap();
        let of_plan = ["--roster", text(&roster)];
        for command in [
            [&["simulate", text(&plan)][..], &of_plan].concat(),
            [&["repair", text(&plan)][..], &of_plan].concat(),
            [&["drill", text(&plan)][..], &of_plan, &["--surprise", text(&surprise)]].concat(),
            [&["why", text(&plan)][..], &of_plan, &["--agent", "A1", "--date", "2026-11-30"]].concat(),
            [&["review", text(&plan)][..], &of_plan].concat(),
        ] {
            let (code, _, said) = peakshift(&command);
            assert_eq!(code, 2, "{row}: {said}");
            assert!(said.contains(&format!("mine.csv:{}", last + 1)) && said.contains("line 2"), "{command:?}, {row}: {said}");
        }
        let (code, said, _) = peakshift(&["verify", text(&plan), "--roster", text(&roster)]);
        assert!(code == 1 && said.contains(&format!("lines 2 {}", last + 1)), "{row}: {said}");
    }
}

#[test]
fn the_plans_own_pins_and_absences_beside_a_roster_are_said_once() {
    let (_folder, plan) = published();
    fs::copy(plan.join("out/roster.csv"), plan.join("roster.csv")).unwrap();
    for pins in [
        "date,agent_id,shift\n2026-11-30,A1,D\n",
        "date,agent_id,shift\n2026-11-30,A1,D\n2026-11-30,A1,V\n",
        "date,agent_id,shift\n2026-11-30,A2,D\n2026-12-30,A1,D\n",
    ] {
        fs::write(plan.join("pins.csv"), pins).unwrap();
        let of_check = peakshift(&["check", text(&plan)]).1.matches("pin_contradicts").count();
        for command in ["verify", "repair", "simulate"] {
            let (code, _, warned) = peakshift(&[command, text(&plan), "--roster", text(&plan.join("roster.csv"))]);
            assert!(code <= 1, "{command}: {warned}");
            let told = ["pin_contradicts", "pin_other_days"].map(|code| warned.matches(code).count());
            assert!(told.into_iter().sum::<usize>() <= 1 && told[0] == of_check, "{command}: {warned}");
        }
    }
}
