//! One seed, one roster: all commands write and print the same, for any number of threads.

use assert_cmd::Command;
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::plan;
use peakshift::report::plan_files;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const THREADS: [usize; 4] = [1, 2, 3, 8];

/// All files below a folder, by relative path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.insert(entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// A week of a small team, drawn from a seed: one or two queues, some people of both, full and part time, an absence, overlapping shifts.
fn team(seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let queues = 1 + (seed % 2) as usize;
    let mut plan = format!(
        "[plan]\nname = \"team {seed}\"\nfirst_day = 2026-11-23\ndays = 7\ninterval_minutes = 60\nsimulated_repetitions = 4\n\
         [files]\nhistory = [\"history.csv\"]\nagents = \"agents.csv\"\nshifts = \"shifts.csv\"\nabsences = \"absences.csv\"\n"
    );
    for queue in 0..queues {
        let target = if queue == 0 { "answer_within_seconds = 30, answer_share = 0.8" } else { "mean_wait_seconds = 40" };
        let _ = write!(
            plan,
            "[[queue]]\nid = \"q{queue}\"\nchannel = \"voice\"\nopen = \"09:00\"\nclose = \"20:00\"\nhandling_seconds = 300\ntargets = {{ {target} }}\n"
        );
    }
    plan += "[[contract]]\nid = \"full\"\nregular_hours_week = 40\nmost_hours_week = 44\n\
             [[contract]]\nid = \"part\"\nregular_hours_week = 20\nmost_hours_week = 24\npaid_hours_week = 10\npart_time = true\n\
             [costs]\npay_per_hour = 30\nshortage_per_hour = [60, 150, 360]\nshortage_steps = [0.10, 0.15]\n\
             [rules]\npack = \"cn\"\nrest_hours = 10\nmost_days_running = 5\n";
    let mut history = "start,queue,offered,handling_seconds\n".to_owned();
    for day in 0..35_u64 {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 19).unwrap() + chrono::Days::new(day);
        for (hour, queue) in (9..20).flat_map(|hour| (0..queues).map(move |queue| (hour, queue))) {
            let _ = writeln!(history, "{date}T{hour:02}:00,q{queue},{},300", random.random_range(8..30_u32));
        }
    }
    let mut agents = "agent_id,team,contract,skills,level,speed\n".to_owned();
    for person in 0..random.random_range(6..9_usize) {
        let skills = ["q0", if queues > 1 { "q0;q1" } else { "q0" }, if queues > 1 { "q1" } else { "q0" }][person % 3];
        let (hired_for, pace) = (if person % 4 == 3 { "part" } else { "full" }, 0.8 + 0.1 * f64::from(random.random_range(0..4_u32)));
        let _ = writeln!(agents, "A{person},t,{hired_for},{skills},regular,{pace:.1}");
    }
    let shifts = "shift,name,start,end,paid_hours,meal_windows,meal_minutes,rests\n\
                  E,early,08:00,17:00,8,11:00|11:30|12:00|12:30,60,1\n\
                  M,middle,10:00,19:00,8,13:00|13:30|14:00,60,0\nL,late,12:00,21:00,8,16:00|16:30|17:00,60,0\nP,short,16:00,20:00,4,,,0\n";
    let absences = format!("agent_id,start,end,kind\nA{},2026-11-25,2026-11-26,leave\n", random.random_range(0..5_u32));
    for (name, text) in
        [("plan.toml", &*plan), ("history.csv", &history), ("agents.csv", &agents), ("shifts.csv", shifts), ("absences.csv", &absences)]
    {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Files of a folder's plan with a number of threads.
fn planned(folder: &Path, seed: u64, threads: usize) -> BTreeMap<PathBuf, Vec<u8>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let reading = Folder::named(folder).read();
        let mut inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
        inputs.seed = seed;
        let out = tempfile::tempdir().unwrap();
        plan_files(&inputs, &plan(&inputs, &Budget::of_effort(5)).unwrap(), Lang::En).into_output(out.path()).write().unwrap();
        files(out.path())
    })
}

#[test]
fn random_teams_have_one_roster_for_each_seed_at_any_number_of_threads() {
    for (team_seed, seed) in [(1, 1), (2, 1), (4, 12), (6, 3)] {
        let folder = team(team_seed);
        let expected = planned(folder.path(), seed, 1);
        assert!(expected.contains_key(Path::new("roster.csv")) && expected.contains_key(Path::new("summary.json")));
        for threads in &THREADS[1..] {
            let other = planned(folder.path(), seed, *threads);
            let different: Vec<&PathBuf> = expected.keys().filter(|name| other.get(*name) != expected.get(*name)).collect();
            assert!(different.is_empty() && other.len() == expected.len(), "team {team_seed}, {threads} threads: {different:?}");
        }
    }
}

#[test]
fn other_seeds_give_other_rosters() {
    let folder = team(2);
    let of_seed = |seed| planned(folder.path(), seed, 2).remove(Path::new("roster.csv")).unwrap();
    let rosters: Vec<Vec<u8>> = (1..6).map(of_seed).collect();
    assert!(rosters.iter().any(|roster| *roster != rosters[0]), "a search that finds one roster whatever it draws shows nothing");
}

/// Output and files of a command, without its folder and its seconds.
type Said = (String, BTreeMap<PathBuf, Vec<u8>>);

/// Runs all commands that search, simulate or forecast, each in a folder of its own.
fn every_command(plan: &Path, actuals: &Path, roster: &Path, threads: usize) -> Vec<(String, Said)> {
    let out = tempfile::tempdir().unwrap();
    let run = |name: &str, arguments: &[&str]| {
        let folder = out.path().join(name);
        let mut command = Command::cargo_bin("peakshift").unwrap();
        let threads = threads.to_string();
        command.args(["--lang", "en", "--threads", &threads, name, plan.to_str().unwrap()]).args(arguments);
        command.args(["--out", folder.to_str().unwrap()]);
        let done = command.assert().success();
        let said = String::from_utf8(done.get_output().stdout.clone()).unwrap().replace(out.path().to_str().unwrap(), "");
        (name.to_owned(), (said, files(&folder)))
    };
    let (roster, actuals) = (roster.to_str().unwrap(), actuals.to_str().unwrap());
    let of = |name: &str| plan.join(name).to_str().unwrap().to_owned();
    let absences = plan.join("sick.csv");
    fs::write(&absences, "agent_id,start,end,kind\nA1,2026-11-30,2026-11-30,sick\n").unwrap();
    vec![
        run("plan", &["--effort", "5"]),
        run("roster", &["--effort", "5"]),
        run("simulate", &["--roster", roster]),
        run("compare", &["--scenarios", &of("scenarios.toml"), "--effort", "2"]),
        run("capacity", &["--months", "3"]),
        run("forecast", &[]),
        run("staff", &[]),
        run("repair", &["--roster", roster, "--absences", &of("sick.csv"), "--effort", "5"]),
        run("drill", &["--roster", roster, "--surprise", &of("surprise.toml")]),
        run("reforecast", &["--actuals", actuals, "--at", "2026-11-30T11:00", "--roster", roster]),
    ]
}

#[test]
fn every_command_writes_and_says_the_same_at_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, actuals) = (folder.path().join("team"), folder.path().join("today.csv"));
    Command::cargo_bin("peakshift").unwrap().args(["init", plan.to_str().unwrap()]).assert().success();
    Command::cargo_bin("peakshift").unwrap().args(["plan", plan.to_str().unwrap(), "--effort", "2"]).assert().success();
    fs::write(&actuals, "start,queue,offered,waiting\n2026-11-30T09:00,phone,9,0\n2026-11-30T10:00,phone,12,200\n").unwrap();
    let roster = plan.join("out/roster.csv");
    let expected = every_command(&plan, &actuals, &roster, THREADS[0]);
    for threads in &THREADS[1..] {
        for ((name, one), (_, other)) in expected.iter().zip(every_command(&plan, &actuals, &roster, *threads)) {
            assert_eq!(one.0, other.0, "{name} with {threads} threads");
            assert!(!one.1.is_empty() && one.1.keys().eq(other.1.keys()), "{name} with {threads} threads");
            let different: Vec<&PathBuf> = one.1.keys().filter(|file| one.1[*file] != other.1[*file]).collect();
            assert!(different.is_empty(), "{name} with {threads} threads: {different:?}");
        }
    }
}
