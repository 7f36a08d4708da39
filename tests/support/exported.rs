//! Exports of invented contact centres, read and compared with what happened.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use crate::truth::{Count, Truth};
use chrono::NaiveDateTime;
use peakshift::input::{ImportOptions, Imported, Problems, read_exports, read_maps};
use peakshift::zone::Zone;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::fs;

pub(crate) fn read(name: &str, bytes: &[u8], map: Option<&str>) -> (Imported, Problems) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    let mut options = ImportOptions::default();
    if let Some(map) = map {
        let of_map = folder.path().join("map.toml");
        fs::write(&of_map, map).unwrap();
        let (maps, problems) = read_maps(&of_map);
        assert!(!problems.has_errors(), "{:?}", problems.iter().collect::<Vec<_>>());
        options.maps = maps;
    }
    read_exports(&[file], &options)
}

/// Reads an export for a team in a zone.
pub(crate) fn read_in(zone: Option<&Zone>, text: &str) -> (Imported, Problems) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.csv");
    fs::write(&file, text).unwrap();
    read_exports(&[file], &ImportOptions { zone: zone.cloned(), ..ImportOptions::default() })
}

pub(crate) fn errors(problems: &Problems) -> Vec<String> {
    let errors = problems.iter().filter(|problem| !problem.is_warning);
    errors
        .map(|problem| format!("{} {:?} {} [{}] {}", problem.code, problem.line, problem.column, problem.value, problem.expected))
        .collect()
}

pub(crate) fn warnings(problems: &Problems) -> Vec<&'static str> {
    problems.iter().filter(|problem| problem.is_warning).map(|problem| problem.code).collect()
}

/// A truth of intervals whose contacts all are offered.
pub(crate) fn of_intervals(seed: u64) -> (ChaCha8Rng, Truth) {
    for tried in 0.. {
        let mut random = ChaCha8Rng::seed_from_u64(seed + 1000 * tried);
        let truth = Truth::new(&mut random);
        if truth.minutes < 1440 {
            return (random, truth);
        }
    }
    unreachable!()
}

/// What is wrong with an import, if anything is.
pub(crate) fn fault(imported: &Imported, problems: &Problems, truth: &Truth, has_handling: bool) -> Option<String> {
    let errors = errors(problems);
    if !errors.is_empty() {
        return Some(format!("{errors:?}"));
    }
    if imported.queues.len() != truth.queues.len() {
        return Some(format!("{} queues for {}", imported.queues.len(), truth.queues.len()));
    }
    for (place, name) in truth.queues.iter().enumerate() {
        let Some(found) = imported.queues.iter().find(|found| found.name == *name || truth.queues.len() == 1) else {
            return Some(format!("no {name}"));
        };
        let (week, hours, seconds) = truth.figures(place);
        let is_near = |found: f64, truth: f64| (found / truth - 1.0).abs() < 0.005;
        if !is_near(found.figures.a_week.get(), week) {
            return Some(format!("{name}: {} a week for {week}", found.figures.a_week.get()));
        }
        let busiest = found.figures.busiest_hour.map_or(24, |hour| hour.minutes() / 60) as usize;
        if hours.get(busiest).is_none_or(|contacts| *contacts < 0.995 * hours.iter().copied().fold(0.0, f64::max)) {
            return Some(format!("{name}: busiest hour {busiest}"));
        }
        if has_handling && !found.figures.handling.is_some_and(|found| is_near(found.get(), seconds)) {
            return Some(format!("{name}: {:?} for {seconds} s", found.figures.handling));
        }
    }
    None
}

/// Cells of all counts: start, queue, offered, handled, abandoned, handling time.
pub(crate) fn cells(truth: &Truth, start: impl Fn(NaiveDateTime) -> Vec<String>) -> Vec<Vec<String>> {
    let of = |count: &Count| {
        let figures = [count.offered, count.handled(), count.abandoned, count.seconds].map(|figure| figure.to_string());
        [start(count.start), vec![truth.queues[count.queue].to_owned()], figures.to_vec()].concat()
    };
    truth.counts.iter().map(of).collect()
}

pub(crate) const HEADER: [&str; 6] = ["Interval Start", "Queue", "Offered", "Handled", "Abandoned", "AHT"];

pub(crate) fn stamp(start: NaiveDateTime) -> Vec<String> {
    vec![start.format("%Y-%m-%d %H:%M").to_string()]
}
