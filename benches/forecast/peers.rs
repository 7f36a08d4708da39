//! The peers, run by a Python program.

use super::series::{DAYS_AHEAD, Unit};
use peakshift::event::Family;
use peakshift::forecast::LEVELS;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// Forecast by unit, origin, method and start.
pub(crate) type Said = BTreeMap<(String, String, String, String), (f64, Option<[f64; LEVELS.len()]>)>;
/// Seconds of every origin by method.
pub(crate) type SecondsByMethod = BTreeMap<String, Vec<f64>>;

/// Runs all peers from all origins of the units.
pub(crate) fn run(python: &Path, units: &[&Unit], folder: &Path) -> (Said, SecondsByMethod) {
    let mut jobs = Vec::new();
    for unit in units {
        for origin in &unit.origins {
            let stem = format!("{}_{origin}", unit.name);
            let write = |kind: &str, text: String| {
                let path = folder.join(format!("{stem}_{kind}.csv"));
                std::fs::write(&path, text).unwrap();
                path
            };
            let before = unit.counts.iter().filter(|count| count.start.date() < *origin);
            let end = *origin + chrono::Days::new(DAYS_AHEAD as u64);
            let ahead = unit.counts.iter().filter(|count| (*origin..end).contains(&count.start.date()));
            let history = before.fold("start,volume\n".to_owned(), |mut text, count| {
                let _ = writeln!(text, "{},{}", count.start.format("%Y-%m-%dT%H:%M"), count.contacts);
                text
            });
            let slots = ahead.fold("start\n".to_owned(), |mut text, count| {
                let _ = writeln!(text, "{}", count.start.format("%Y-%m-%dT%H:%M"));
                text
            });
            let events = unit.events.iter().fold("event,family,start,end,size\n".to_owned(), |mut text, event| {
                let family = match &event.family {
                    Family::Closed => "closed",
                    Family::Gap => "gap",
                    Family::Lift(name) => name,
                };
                let _ = writeln!(
                    text,
                    "{},{family},{},{}T23:59,1",
                    event.name.replace(',', " "),
                    event.start.format("%Y-%m-%dT%H:%M"),
                    event.last_date()
                );
                text
            });
            jobs.push(serde_json::json!({
                "series": unit.series, "unit": unit.name, "origin": origin.to_string(), "days": DAYS_AHEAD,
                "step_minutes": unit.interval.minutes(), "history": write("history", history),
                "events": write("events", events), "slots": write("slots", slots),
            }));
        }
    }
    let (jobs_file, out) = (folder.join("jobs.json"), folder.join("out.csv"));
    std::fs::write(&jobs_file, serde_json::to_vec(&jobs).unwrap()).unwrap();
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/forecast_peers.py");
    let done = Command::new(python).arg(program).arg(&jobs_file).arg(&out).status().unwrap();
    assert!(done.success(), "the peers' program failed");
    (said(&out), seconds(&folder.join("out.csv.seconds.csv")))
}

fn said(path: &Path) -> Said {
    let mut table = csv::Reader::from_path(path).unwrap();
    let row = |row: csv::StringRecord| {
        let text = |column: usize| row[column].to_owned();
        let quantiles: Option<Vec<f64>> = (6..6 + LEVELS.len()).map(|column| row[column].parse().ok()).collect();
        ((text(1), text(2), text(3), text(4)[..16].to_owned()), (row[5].parse().unwrap(), quantiles.and_then(|said| said.try_into().ok())))
    };
    table.records().map(|record| row(record.unwrap())).collect()
}

fn seconds(path: &Path) -> SecondsByMethod {
    let mut table = csv::Reader::from_path(path).unwrap();
    let mut all = SecondsByMethod::new();
    for row in table.records().map(Result::unwrap) {
        all.entry(row[3].to_owned()).or_default().push(row[4].parse().unwrap());
    }
    all
}
