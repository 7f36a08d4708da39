//! Quality of rosters within a time limit: published shift-scheduling and call-centre tour instances, beside CP-SAT and `HiGHS` on the same
//! instance in the same run.
//!
//! `PEAKSHIFT_BENCH_DATA=FOLDER cargo bench --bench roster -- [SECONDS [NAME…]]` takes `FOLDER/nrp/*.txt` and `FOLDER/tour/*.json`, all or
//! those whose name contains one of the given ones. See `benches/README.md`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Cost, bound and time of a method; infinite cost where it found nothing.
struct Answer {
    cost: f64,
    bound: f64,
    seconds: f64,
}

fn main() {
    let Some(folder) = std::env::var_os("PEAKSHIFT_BENCH_DATA").map(PathBuf::from) else {
        return println!("set PEAKSHIFT_BENCH_DATA to a folder with nrp/*.txt and tour/*.json");
    };
    // cargo passes a flag of its own
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let seconds: f64 = wanted.first().map_or(60.0, |text| text.parse().expect("seconds"));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let python = std::env::var_os("PEAKSHIFT_BENCH_PYTHON");
    println!("| instance, {seconds} s, {threads} cores | method | cost | own bound | seconds |\n|---|---|---|---|---|");
    for (kind, ending) in [("nrp", "txt"), ("tour", "json")] {
        for instance in instances(&folder.join(kind), ending, wanted.get(1..).unwrap_or_default()) {
            let name = name(&instance);
            print(&name, "Peakshift", ours(kind, &instance, seconds, threads));
            for (python, method) in python.iter().flat_map(|python| [(python, "cp-sat"), (python, "highs")]) {
                print(&name, method, peer(python, kind, method, &instance, seconds, threads));
            }
        }
    }
}

fn print(name: &str, method: &str, answer: Option<Answer>) {
    match answer {
        Some(Answer { cost, bound, seconds }) => println!("| {name} | {method} | {cost:.2} | {bound:.2} | {seconds:.1} |"),
        None => println!("| {name} | {method} | failed | | |"),
    }
}

fn name(instance: &Path) -> String {
    instance.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Files of a folder with an extension whose names contain one of those wanted, or all.
fn instances(folder: &Path, ending: &str, wanted: &[String]) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part));
    let mut found: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|has| has == ending) && is_wanted(&name(file))).collect();
    found.sort();
    found
}

/// The result in the program's last line.
fn ours(kind: &str, instance: &Path, seconds: f64, threads: usize) -> Option<Answer> {
    let folder = tempfile::tempdir().ok()?;
    let run = Command::new(env!("CARGO_BIN_EXE_peakshift"))
        .args(["benchmark", kind])
        .arg(instance)
        .args(["--time-limit", &seconds.to_string(), "--threads", &threads.to_string(), "--output"])
        .arg(folder.path().join("solution.csv"))
        .output()
        .ok()?;
    let answer: serde_json::Value = serde_json::from_str(String::from_utf8(run.stdout).ok()?.lines().last()?).ok()?;
    let number = |key: &str| answer.get(key)?.as_f64();
    Some(Answer { cost: number("cost")?, bound: number("bound")?, seconds: number("seconds")? })
}

fn peer(python: &OsStr, kind: &str, method: &str, instance: &Path, seconds: f64, threads: usize) -> Option<Answer> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/peers/{kind}_peers.py"));
    let run = Command::new(python).arg(script).arg(method).arg(instance).args([seconds.to_string(), threads.to_string()]).output().ok()?;
    let answer = String::from_utf8(run.stdout).ok()?;
    let mut numbers = answer.lines().last()?.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next()?.ok();
    Some(Answer { cost: next()?, bound: next()?, seconds: next()? })
}
