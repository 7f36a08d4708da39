//! Whole numbers that say when: numbers of intervals, minutes and seconds of the day, minutes of the hour. Read as what happened, or refused
//! with what a map says for it.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/truth.rs"]
mod truth;

use chrono::NaiveDate;
use desk::{Became, Desk, HALVES, LAYOUTS, ONLY, became, codes, difference, found, read, seeds, tried, with_map, written};
use peakshift::input::ImportOptions;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs;
use truth::pick;

#[test]
fn numbers_of_intervals_are_read_where_they_fill_the_day_else_asked_about_and_read_by_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let (mut right, mut refused, mut wrong) = (0, 0, Vec::new());
    for seed in seeds(300) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let random = &mut random;
        let length = pick(random, &[15, 30, 30]);
        let is_of_midnight = random.random_bool(0.5);
        let is_whole_day = random.random_bool(0.3);
        let open = if is_whole_day { 0 } else { random.random_range(6..14) * 60 + pick(random, &[0, 30]) };
        let all = if is_whole_day { 1440 } else { random.random_range(2..10) * 60 };
        let desk = Desk::of(random, (open, all, length), &[ONLY]);
        let base = random.random_range(0..2);
        let first = if is_of_midnight || is_whole_day { 0 } else { open };
        let name = pick(random, &["Interval", "Slot", "Period", "时段", "时段序号", "Interval No.", "Time"]);
        let layout = pick(random, &LAYOUTS);
        let numbers: Vec<u32> = desk.minutes.iter().map(|minute| (minute - first) / length + base).collect();
        // without a word for intervals, numbers of a day's hours are hours
        if numbers.iter().max() < Some(&25) && (name == "Time" || layout == "hours across" && numbers[0] > 4) {
            continue;
        }
        // 0 to 23 are hours, unless the header says that they number intervals
        if (numbers[0], numbers.last()) == (0, Some(&23)) && (layout == "hours across" || ["Interval", "Period", "时段"].contains(&name))
        {
            continue;
        }
        let write = |minute: u32| ((minute - first) / length + base).to_string();
        let file = written(folder.path(), &desk.table(layout, name, &write), random.random_bool(0.3));
        let what = format!("seed {seed}, {layout} {name} {length} min, {} … {}", numbers[0], numbers[numbers.len() - 1]);
        match became(&file, &desk.counts, &["slots_doubtful", "slots_without_start"]) {
            Became::Right => right += 1,
            Became::Refused => refused += 1,
            Became::Wrong(why) => wrong.push(format!("{what}: {why}")),
        }
        let map = format!("slots = \"{length}min_{base}_at_{:02}:{:02}\"", first / 60, first % 60);
        let (imported, problems) = read(&file, &with_map(&file, &map));
        let told = problems.iter().map(|problem| format!("{} {}", problem.code, problem.value)).collect::<Vec<_>>();
        wrong.extend(difference(&found(&imported), &desk.counts).map(|why| format!("{what}, {map}: {why} {told:?}")));
    }
    assert!(wrong.is_empty(), "{} wrong, {right} right, {refused} refused:\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    assert!(right > 20 && refused > 50, "{right} right, {refused} refused");
}

#[test]
fn intervals_past_midnight_are_of_the_day_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (1..=12).map(|number| format!("2026-11-02,{number},{}\n", number + 10)).collect();
    let file = folder.path().join("export.csv");
    fs::write(&file, format!("Date,Slot,Offered\n{rows}")).unwrap();
    let (imported, problems) = read(&file, &with_map(&file, "slots = \"30min_1_at_21:00\""));
    assert_eq!(codes(&problems), [""; 0]);
    let start = |day, hour, minute| NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap();
    let rows = &imported.counts[ONLY];
    assert_eq!((rows[0].start, rows[11].start), (start(2, 21, 0), start(3, 2, 30)));
}

#[test]
fn numbers_below_a_header_of_hours_are_hours() {
    let (right, refused) = tried(seeds(60), |random, folder| {
        let desk = Desk { length: 60, ..Desk::of(random, (0, 1440, 60), &[ONLY]) };
        let (name, layout) = (pick(random, &["Hour", "小时", "时段", "Time", "Interval"]), pick(random, &LAYOUTS));
        let file = written(folder, &desk.table(layout, name, &|minute| (minute / desk.length).to_string()), random.random_bool(0.3));
        Some((format!("{name} {layout}"), became(&file, &desk.counts, &[])))
    });
    assert!(right > 0 && refused == 0, "{right} right, {refused} refused");
}

#[test]
fn minutes_and_seconds_of_the_day_and_minutes_beside_hours_are_times() {
    let (right, refused) = tried(seeds(200), |random, folder| {
        let desk = Desk::new(random, &[ONLY]);
        let name = pick(random, &["Minute", "Minute of day", "Minutes since midnight", "Second of day", "seconds_since_midnight", "Hour"]);
        let layout = if name == "Hour" { "long" } else { pick(random, &["long", "days across"]) };
        let write = |minute: u32| match name {
            "Hour" => (minute / 60).to_string(),
            _ if name.to_lowercase().starts_with("second") => (minute * 60).to_string(),
            _ => minute.to_string(),
        };
        let mut rows = desk.table(layout, name, &write);
        if name == "Hour" {
            let minutes = desk.days.iter().flat_map(|_| &desk.minutes).map(|minute| (minute % 60).to_string());
            let cells = std::iter::once("Minute".to_owned()).chain(minutes);
            rows.iter_mut().zip(cells).for_each(|(row, cell)| row.insert(2, cell));
        }
        let file = written(folder, &rows, random.random_bool(0.3));
        let is_early = name == "Hour" && desk.minutes.iter().all(|minute| (60..780).contains(minute));
        Some((format!("{name} {layout} {:?}", desk.minutes), became(&file, &desk.counts, if is_early { &HALVES } else { &[] })))
    });
    assert!(right > refused * 5, "{right} right, {refused} refused");
}

#[test]
fn minutes_without_an_hour_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..20).map(|row| format!("2026-11-{:02},{},7\n", row / 2 + 1, row % 2 * 30)).collect();
    let file = folder.path().join("export.csv");
    fs::write(&file, format!("Date,Minute,Offered\n{rows}")).unwrap();
    assert_eq!(codes(&read(&file, &ImportOptions::default()).1), ["minutes_without_hour"]);
}
