//! Invented desks, tables of what they counted, and what becomes of their exports.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use super::truth::{new_seeds, pick};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use peakshift::input::{Folder, ImportOptions, Imported, Problems, new_plan_folder, read_exports, read_maps};
use peakshift::messages::Lang;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn seeds(number: u64) -> std::ops::Range<u64> {
    new_seeds(std::env::var("EXPORT_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(number))
}

/// Contacts by queue and start.
pub(crate) type Counts = BTreeMap<(String, NaiveDateTime), u32>;

/// What happened in one queue, or several of the same hours.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) days: Vec<NaiveDate>,
    /// Starts of the intervals of a day, in minutes since midnight and in the order of the clock.
    pub(crate) minutes: Vec<u32>,
    pub(crate) length: u32,
    pub(crate) counts: Counts,
}

pub(crate) const ONLY: &str = "contacts";

impl Desk {
    /// A desk that opens at any time and may stay open over noon and midnight.
    pub(crate) fn new(random: &mut ChaCha8Rng, queues: &[&str]) -> Self {
        let length = pick(random, &[15, 30, 30, 60]);
        let open = random.random_range(0..24) * 60 + pick(random, &[0, 0, 30]) / length * length;
        let hours = random.random_range(3..=16);
        Self::of(random, (open, hours * 60, length), queues)
    }

    pub(crate) fn of(random: &mut ChaCha8Rng, (open, all, length): (u32, u32, u32), queues: &[&str]) -> Self {
        let first = NaiveDate::from_ymd_opt(2026, pick(random, &[2, 9, 11]), random.random_range(1..14)).unwrap();
        let days: Vec<NaiveDate> = (0..14).map(|ahead| first + TimeDelta::days(ahead)).collect();
        let mut minutes: Vec<u32> = (0..all / length).map(|slot| (open + slot * length) % 1440).collect();
        minutes.sort_unstable();
        let mut counts = Counts::new();
        for queue in queues {
            for day in &days {
                for minute in &minutes {
                    counts.insert(((*queue).to_owned(), at(*day, *minute)), random.random_range(1..90));
                }
            }
        }
        Self { days, minutes, length, counts }
    }

    /// Whether its work goes on without a pause for at most twelve hours of one day: what one answer about the half of the day can tell.
    pub(crate) fn is_of_half(&self) -> bool {
        let goes_on = self.minutes.windows(2).all(|pair| pair[1] == pair[0] + self.length);
        // an answer names a full hour
        goes_on && self.minutes[0] % 60 + self.minutes.len() as u32 * self.length <= 720
    }

    pub(crate) fn count(&self, queue: &str, day: NaiveDate, minute: u32) -> String {
        self.counts[&(queue.to_owned(), at(day, minute))].to_string()
    }

    /// A row for each interval, or a column for each interval or day, with times as `write` writes them.
    pub(crate) fn table(&self, layout: &str, name: &str, write: &dyn Fn(u32) -> String) -> Vec<Vec<String>> {
        let text = |text: &str| text.to_owned();
        let count = |day: &NaiveDate, minute: &u32| self.count(ONLY, *day, *minute);
        let mut rows = Vec::new();
        match layout {
            "long" => {
                rows.push(vec![text("Date"), text(name), text("Offered")]);
                for day in &self.days {
                    rows.extend(self.minutes.iter().map(|minute| vec![day.to_string(), write(*minute), count(day, minute)]));
                }
            }
            "hours across" => {
                rows.push([vec![text("Date")], self.minutes.iter().map(|minute| write(*minute)).collect()].concat());
                rows.extend(
                    self.days.iter().map(|day| [vec![day.to_string()], self.minutes.iter().map(|of| count(day, of)).collect()].concat()),
                );
            }
            _ => {
                rows.push([vec![text(name)], self.days.iter().map(ToString::to_string).collect()].concat());
                rows.extend(
                    self.minutes.iter().map(|of| [vec![write(*of)], self.days.iter().map(|day| count(day, of)).collect()].concat()),
                );
            }
        }
        rows
    }
}

pub(crate) fn at(day: NaiveDate, minute: u32) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into())
}

pub(crate) const LAYOUTS: [&str; 3] = ["long", "hours across", "days across"];

/// Writes a table as a text, or as a workbook with numbers where cells are such.
pub(crate) fn written(folder: &Path, rows: &[Vec<String>], is_workbook: bool) -> PathBuf {
    if !is_workbook {
        let file = folder.join("export.csv");
        fs::write(&file, rows.iter().map(|row| row.join(",") + "\n").collect::<String>()).unwrap();
        return file;
    }
    let (file, mut book) = (folder.join("export.xlsx"), Workbook::new());
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell.parse::<f64>() {
                Ok(number) if row > 0 => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.save(&file).unwrap();
    file
}

pub(crate) fn read(file: &Path, options: &ImportOptions) -> (Imported, Problems) {
    read_exports(&[file.to_owned()], options)
}

pub(crate) fn codes(problems: &Problems) -> Vec<&'static str> {
    problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect()
}

pub(crate) fn found(imported: &Imported) -> Counts {
    let rows = imported.counts.iter().flat_map(|(queue, rows)| rows.iter().map(move |row| (queue, row)));
    let mut counts = Counts::new();
    rows.for_each(|(queue, row)| *counts.entry((queue.clone(), row.start)).or_default() += row.contacts.round() as u32);
    counts
}

/// What is wrong with counts.
pub(crate) fn difference(found: &Counts, truth: &Counts) -> Option<String> {
    if found == truth {
        return None;
    }
    let lacking = truth.iter().find(|(key, count)| found.get(key) != Some(count));
    let more = found.iter().find(|(key, _)| !truth.contains_key(key));
    Some(format!("{} for {} counts: lacks {lacking:?}, has {more:?}", found.len(), truth.len()))
}

/// What is wrong with the folder that is written from counts.
pub(crate) fn fault_of_folder(imported: &Imported) -> Option<String> {
    let files = new_plan_folder(imported, None, Lang::En)?;
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(file, text)| fs::write(folder.path().join(file), text).unwrap());
    let reading = Folder::named(folder.path()).read();
    let told = || reading.problems.iter().map(|problem| format!("{} {}", problem.code, problem.value)).collect::<Vec<_>>();
    let Some(inputs) = &reading.inputs else { return Some(format!("folder: {:?}", told())) };
    let rows =
        inputs.queues.iter().flat_map(|of| of.counts.iter().map(|row| ((of.queue.name.clone(), row.start), row.contacts.round() as u32)));
    difference(&rows.collect(), &found(imported)).map(|what| format!("folder: {what}"))
}

/// What became of an export.
#[derive(PartialEq)]
pub(crate) enum Became {
    Right,
    /// Refused with one of the permitted codes, one answer of which is what happened, or that gives none.
    Refused,
    Wrong(String),
}

pub(crate) fn became(file: &Path, truth: &Counts, permitted: &[&str]) -> Became {
    became_of(file, truth, permitted, true)
}

/// The same, where one of the answers may not fit.
pub(crate) fn became_of(file: &Path, truth: &Counts, permitted: &[&str], is_answered: bool) -> Became {
    let (imported, problems) = read(file, &ImportOptions::default());
    let errors = codes(&problems);
    if errors.is_empty() {
        return difference(&found(&imported), truth).or_else(|| fault_of_folder(&imported)).map_or(Became::Right, Became::Wrong);
    }
    if errors.iter().any(|code| !permitted.contains(code)) {
        return Became::Wrong(format!("refused: {:?}", problems.iter().map(|of| of.describe(Lang::En)).collect::<Vec<_>>()));
    }
    let readings = || problems.iter().flat_map(|problem| &problem.readings);
    let answers = readings().map(|way| {
        let mut options = ImportOptions::default();
        options.maps.choose(file, way);
        let (imported, problems) = read(file, &options);
        if problems.has_errors() {
            return Some(format!("{}: {:?}", way.line(), codes(&problems)));
        }
        difference(&found(&imported), truth).or_else(|| fault_of_folder(&imported))
    });
    let answers: Vec<Option<String>> = answers.collect();
    // of numbers of intervals only the planner knows when work begins
    let is_open = !is_answered || problems.iter().any(|problem| problem.code.starts_with("slots_") || problem.readings.is_empty());
    if is_open || answers.iter().any(Option::is_none) { Became::Refused } else { Became::Wrong(format!("no answer is right: {answers:?}")) }
}

/// Counts of exports that were read and refused, where none is wrong.
pub(crate) fn tried(seeds: std::ops::Range<u64>, of: impl Fn(&mut ChaCha8Rng, &Path) -> Option<(String, Became)>) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let (mut right, mut refused, mut wrong) = (0, 0, Vec::new());
    for seed in seeds {
        match of(&mut ChaCha8Rng::seed_from_u64(seed), folder.path()) {
            Some((_, Became::Right)) => right += 1,
            Some((_, Became::Refused)) => refused += 1,
            Some((what, Became::Wrong(why))) => wrong.push(format!("seed {seed}, {what}: {why}")),
            None => {}
        }
    }
    assert!(wrong.is_empty(), "{} wrong, {right} right, {refused} refused:\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    (right, refused)
}

pub(crate) const HALVES: [&str; 2] = ["clock_of_twelve_hours", "night_or_afternoon"];

pub(crate) fn clock(minute: u32, form: &str) -> String {
    at(NaiveDate::default(), minute).format(form).to_string()
}

/// The map of a file, as `import --map` takes it.
pub(crate) fn with_map(file: &Path, line: &str) -> ImportOptions {
    let map = file.with_file_name("map.toml");
    let name = file.file_name().unwrap().to_string_lossy();
    fs::write(&map, format!("[[import]]\nfile = \"{name}\"\n{line}\n")).unwrap();
    let (maps, problems) = read_maps(&map);
    assert!(!problems.has_errors(), "{:?}", problems.iter().collect::<Vec<_>>());
    ImportOptions { maps, ..ImportOptions::default() }
}
