//! Exports of every shape that systems of the field write: read as what happened, or refused for a doubt that is stated; nothing wrong in
//! silence, and nothing that makes the reader panic.

#[path = "support/other_systems.rs"]
mod other_systems;
#[path = "support/truth.rs"]
mod truth;

use chrono::Timelike;
use other_systems::{Around, Choices, Counts, Handling, TIMES, When};
use peakshift::input::{ImportOptions, Imported, Problems, read_exports};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use truth::{Count, Truth, pick};

/// Number of exports, unless `EXPORT_SEEDS` says another.
const SEEDS: u64 = 300;

/// Reads one file of these bytes.
fn read(bytes: &[u8], options: &ImportOptions) -> (Imported, Problems) {
    thread_local!(static FOLDER: tempfile::TempDir = tempfile::tempdir().unwrap());
    let file: PathBuf = FOLDER.with(|folder| folder.path().join("export.csv"));
    // some file systems wait for the disk where a file is written over
    let _ = fs::remove_file(&file);
    fs::write(&file, bytes).unwrap();
    read_exports(&[file], options)
}

fn codes(problems: &Problems) -> Vec<&'static str> {
    problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect()
}

/// What is wrong with the figures of a queue, if anything is.
fn fault(imported: &Imported, truth: &Truth, queue: usize, has_handling: bool) -> Option<String> {
    let name = truth.queues[queue];
    let only = truth.queues.len() == 1;
    let Some(found) = imported.queues.iter().find(|found| found.name == name || only) else { return Some(format!("no queue {name}")) };
    let (week, hours, seconds) = truth.figures(queue);
    let is_near = |found: f64, truth: f64| (found / truth - 1.0).abs() < 0.005;
    if !is_near(found.figures.a_week.get(), week) {
        return Some(format!("{name}: {} contacts a week for {week}", found.figures.a_week.get()));
    }
    if truth.minutes < 1440 {
        let most = hours.iter().copied().fold(0.0, f64::max);
        let Some(hour) = found.figures.busiest_hour.map(|hour| hour.minutes() / 60) else {
            return Some(format!("{name}: no busiest hour"));
        };
        if hours[hour as usize] < most * 0.995 {
            return Some(format!("{name}: busiest hour {hour}"));
        }
    }
    match found.figures.handling {
        _ if !has_handling => None,
        Some(found) if is_near(found.get(), seconds) => None,
        other => Some(format!("{name}: handling time {other:?} for {seconds}")),
    }
}

/// Codes with which an export may be refused, because what it says really is doubtful.
fn doubts(choices: &Choices, truth: &Truth) -> Vec<&'static str> {
    let mut doubts = Vec::new();
    if choices.counts == Counts::HandledOnly {
        doubts.push("only_handled");
    }
    let means = |queue| truth.figures(queue).2;
    let least = (0..truth.queues.len()).map(means).fold(f64::INFINITY, f64::min);
    match choices.handling {
        // a header without a unit means seconds
        Handling::Minutes | Handling::UnnamedTotal => doubts.push("handling_unit_doubtful"),
        // 1:10 may be an hour and ten minutes where contacts are short
        Handling::ShortClock if least < 150.0 => doubts.push("duration_doubtful"),
        _ => {}
    }
    let has_halves = !matches!(choices.when, When::Utc | When::Offset | When::Epoch | When::EpochMillis | When::Serial)
        && !matches!(choices.when, When::DateAndRange | When::DateAndHour)
        && truth.minutes < 1440;
    if choices.time == "%-I:%M" && has_halves {
        doubts.push("clock_of_twelve_hours");
    }
    // ends at 0:00 of a day without a last row before it
    if choices.around == Around::CutOff {
        doubts.extend(["not_a_date", "cell_empty"]);
    }
    doubts
}

/// Whether a written form says what it should: times without AM and PM cannot be told from those of the morning.
fn is_sound(choices: &Choices, truth: &Truth) -> bool {
    let late = truth.counts.iter().map(|count| count.start.hour()).max().unwrap();
    let is_twelve = choices.time == "%-I:%M";
    if is_twelve && choices.when == When::UtcInHeader && choices.order != "time" {
        return false;
    }
    !is_twelve || late >= 13 || truth.minutes == 1440
}

#[test]
fn exports_are_read_as_what_happened_or_refused_for_a_stated_doubt() {
    let (mut right, mut refused, mut wrong) = (0, 0, Vec::new());
    let seeds = std::env::var("EXPORT_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    for seed in 0..seeds {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut truth = Truth::new(&mut random);
        let choices = Choices::new(&mut random, &truth);
        choices.order(&mut truth, &mut random);
        if !is_sound(&choices, &truth) {
            continue;
        }
        let bytes = choices.written(&truth);
        if choices.around == Around::CutOff {
            truth.counts.pop();
        }
        let options = ImportOptions { zone: Some(truth.zone.clone()), ..ImportOptions::default() };
        let (imported, problems) = read(&bytes, &options);
        let errors = codes(&problems);
        let expected = doubts(&choices, &truth);
        if errors.iter().any(|code| !expected.contains(code)) {
            let told: Vec<String> = problems.iter().map(|problem| format!("{} {}", problem.code, problem.value)).collect();
            wrong.push(format!("seed {seed}: refused {told:?} {choices:?} {} min", truth.minutes));
        } else if !errors.is_empty() {
            refused += 1;
        } else {
            let has_handling = choices.handling != Handling::None;
            let faults: Vec<String> = (0..truth.queues.len()).filter_map(|queue| fault(&imported, &truth, queue, has_handling)).collect();
            if faults.is_empty() && imported.queues.len() == truth.queues.len() {
                right += 1;
            } else {
                wrong.push(format!("seed {seed}: {faults:?}, {} queues {choices:?} {} min", imported.queues.len(), truth.minutes));
            }
        }
    }
    assert!(wrong.is_empty(), "{right} right, {refused} refused, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(right * 3 > refused * 5, "{right} right, {refused} refused");
}

/// A truth in columns for each queue, hour or day.
fn wide(truth: &Truth, form: &str, random: &mut ChaCha8Rng) -> String {
    let date = pick(random, &["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d-%b-%y"]);
    let cells = if form == "hours" || form == "days" { times_across(truth, form, date) } else { queues_across(truth, form, date) };
    cells.iter().map(|row| row.join(";") + "\n").collect()
}

fn count_at(truth: &Truth, start: chrono::NaiveDateTime, queue: usize) -> &Count {
    truth.counts.iter().find(|count| count.start == start && count.queue == queue).unwrap()
}

fn queues_across(truth: &Truth, form: &str, date: &str) -> Vec<Vec<String>> {
    let starts: BTreeSet<_> = truth.counts.iter().map(|count| count.start).collect();
    let names = truth.queues.iter().map(|name| (*name).to_owned());
    let times = ["Date", "Time"].map(str::to_owned).to_vec();
    let figures = |count: &Count| match form {
        "two rows" => vec![count.offered.to_string(), count.seconds.to_string()],
        _ => vec![count.offered.to_string()],
    };
    let mut rows = match form {
        "two rows" => vec![
            [vec![String::new(); 2], names.flat_map(|name| [name, String::new()]).collect()].concat(),
            [times, truth.queues.iter().flat_map(|_| ["Offered".to_owned(), "AHT".to_owned()]).collect()].concat(),
        ],
        "queues" => vec![[times, names.collect()].concat()],
        _ => vec![[times, names.map(|name| name + " Offered").collect()].concat()],
    };
    for start in starts {
        let times = vec![start.format(date).to_string(), start.format("%H:%M").to_string()];
        rows.push([times, (0..truth.queues.len()).flat_map(|queue| figures(count_at(truth, start, queue))).collect()].concat());
    }
    rows
}

fn times_across(truth: &Truth, form: &str, date: &str) -> Vec<Vec<String>> {
    let days: BTreeSet<_> = truth.counts.iter().map(|count| count.start.date()).collect();
    let clocks: BTreeSet<_> = truth.counts.iter().map(|count| count.start.time()).collect();
    let (of_day, of_clock) =
        (|day: &chrono::NaiveDate| day.format(date).to_string(), |clock: &chrono::NaiveTime| clock.format("%H:%M").to_string());
    let offered =
        |day: &chrono::NaiveDate, clock: &chrono::NaiveTime, queue| count_at(truth, day.and_time(*clock), queue).offered.to_string();
    let start = |name: &str| vec!["Queue".to_owned(), name.to_owned()];
    let mut rows = Vec::new();
    if form == "hours" {
        rows.push([start("Date"), clocks.iter().map(of_clock).collect()].concat());
    } else {
        rows.push([start("Interval"), days.iter().map(of_day).collect()].concat());
    }
    for (queue, name) in truth.queues.iter().enumerate() {
        let named = |cell: String| vec![(*name).to_owned(), cell];
        if form == "hours" {
            rows.extend(
                days.iter().map(|day| [named(of_day(day)), clocks.iter().map(|clock| offered(day, clock, queue)).collect()].concat()),
            );
        } else {
            rows.extend(
                clocks.iter().map(|clock| [named(of_clock(clock)), days.iter().map(|day| offered(day, clock, queue)).collect()].concat()),
            );
        }
    }
    rows
}

#[test]
fn columns_for_each_queue_hour_or_day_are_told_apart() {
    for seed in 0..40 {
        for form in ["queues", "queues with their counts", "two rows", "hours", "days"] {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let truth = Truth::new(&mut random);
            if truth.queues.len() == 1 && form != "hours" && form != "days" || truth.minutes == 1440 {
                continue;
            }
            let (imported, problems) = read(wide(&truth, form, &mut random).as_bytes(), &ImportOptions::default());
            assert_eq!(codes(&problems), [""; 0], "seed {seed}, {form}");
            let offered = |count: &Count| Count { abandoned: 0, ..*count };
            let truth = Truth { counts: truth.counts.iter().map(offered).collect(), ..truth };
            for queue in 0..truth.queues.len() {
                assert_eq!(fault(&imported, &truth, queue, form == "two rows"), None, "seed {seed}, {form}");
            }
        }
    }
}

/// A log with a row for each contact.
fn log(truth: &Truth, has_key: bool, random: &mut ChaCha8Rng) -> String {
    let mut text = format!("{}Start Time,Queue,Direction,Status,Talk Time,Wait Time\n", if has_key { "Call ID," } else { "" });
    let time = pick(random, &["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S"]);
    let mut key = 100_000;
    for count in &truth.counts {
        for contact in 0..count.offered {
            let start = count.start + chrono::TimeDelta::seconds(random.random_range(0..i64::from(truth.minutes) * 60));
            let (status, talk) = if contact < count.abandoned { ("Abandoned", 0) } else { ("Answered", count.seconds) };
            key += 1;
            let row =
                format!("{},{},Inbound,{status},0:{:02}:{:02},12\n", start.format(time), truth.queues[count.queue], talk / 60, talk % 60);
            if has_key {
                write!(text, "{key},").unwrap();
            }
            text += &row;
            // a leg without an answer before, and an outgoing call beside it
            if has_key && key % 7 == 0 {
                writeln!(text, "{key},{},{},Inbound,Missed,0:00:00,12", start.format(time), truth.queues[count.queue]).unwrap();
                writeln!(text, "{key}9,{},{},Outbound,Answered,0:01:00,12", start.format(time), truth.queues[count.queue]).unwrap();
            }
        }
    }
    text
}

#[test]
fn logs_of_contacts_are_counted_once_by_contact() {
    for seed in 0..12 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let truth = Truth::new(&mut random);
        let has_key = seed % 3 > 0;
        if truth.minutes == 1440 {
            continue;
        }
        let (imported, problems) = read(log(&truth, has_key, &mut random).as_bytes(), &ImportOptions::default());
        assert_eq!(codes(&problems), [""; 0], "seed {seed}");
        for queue in 0..truth.queues.len() {
            assert_eq!(fault(&imported, &truth, queue, true), None, "seed {seed}");
        }
    }
}

/// Bytes with some of them removed, doubled, swapped or changed.
fn mutated(bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.random_range(1..8) {
        if bytes.is_empty() {
            break;
        }
        let (place, other) = (random.random_range(0..bytes.len()), random.random_range(0..bytes.len()));
        match random.random_range(0..7) {
            0 => drop(bytes.remove(place)),
            1 => bytes.insert(place, pick(random, b",;\t|\"\n\r 0123456789-:/.%#=eE+T")),
            2 => bytes.swap(place, other),
            3 => bytes[place] = random.random(),
            4 => bytes.truncate(place),
            5 => bytes.splice(place..place, b"999999999999999999999".iter().copied()).for_each(drop),
            _ => drop(bytes.drain(place.min(other)..place.max(other).min(place.min(other) + 40))),
        }
    }
    bytes
}

#[test]
fn no_change_of_an_export_makes_its_reader_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for seed in 0..200 {
        let mut of = ChaCha8Rng::seed_from_u64(seed);
        let mut truth = Truth::new(&mut of);
        truth.counts.truncate(12);
        let choices = Choices { time: pick(&mut of, &TIMES), ..Choices::new(&mut of, &truth) };
        let bytes = choices.written(&truth);
        let options = ImportOptions { zone: Some(truth.zone.clone()), ..ImportOptions::default() };
        for _ in 0..100 {
            let (imported, problems) = read(&mutated(&bytes, &mut random), &options);
            let rows = imported.counts.values().flatten();
            assert!(rows.clone().all(|row| row.contacts.is_finite() && row.contacts >= 0.0));
            assert!(problems.has_errors() || rows.count() > 0 || imported.understood.len() == 1);
        }
    }
}

/// A workbook of Excel 97 with a merged title, dates, times and durations as Excel keeps them, an error, and formulas never computed: written
/// by Python's xlwt 1.3.
fn of_old_workbook(sheet: &str) -> (Imported, Problems) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/exports/old_workbook.xls");
    read_exports(&[file], &ImportOptions { sheet: Some(sheet.to_owned()), ..ImportOptions::default() })
}

#[test]
fn an_old_workbook_is_read_with_its_dates_and_durations() {
    let (imported, problems) = of_old_workbook("Data");
    assert_eq!(codes(&problems), [""; 0]);
    let rows = &imported.counts["Support"];
    let day = |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let starts =
        [2, 3].into_iter().flat_map(|date| [(9, 0), (9, 30), (10, 0), (10, 30)].map(|(h, m)| day(date).and_hms_opt(h, m, 0).unwrap()));
    assert!(rows.iter().map(|row| row.start).eq(starts));
    assert!(rows.iter().map(|row| row.contacts).eq((10..18).map(f64::from)));
    let means = rows.iter().map(|row| row.handled.map(|of| of.mean.get().round() as u32));
    // the sixth could not be computed
    assert!(means.eq((200..208).map(|seconds| Some(seconds).filter(|seconds| *seconds != 205))));
}

#[test]
fn formulas_that_no_program_computed_are_told_and_not_read_as_nothing() {
    let (imported, problems) = of_old_workbook("Formulas");
    assert!(imported.counts.is_empty());
    assert_eq!(codes(&problems).first(), Some(&"formula_without_value"));
}
