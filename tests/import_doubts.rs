//! Exports that may be read in two ways: refused with both ways and what a map says for each; read as what happened under the right one, and
//! asked about nothing twice.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use peakshift::input::{ImportOptions, Imported, Problem, Problems, Way, map_text, read_exports, read_maps};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// Number of exports of each kind.
const SEEDS: u64 = 25;

/// An export that may be read in two ways.
struct Doubtful {
    name: &'static str,
    bytes: Vec<u8>,
    code: &'static str,
    /// What happened under each way.
    truths: Vec<Truth>,
}

/// One of a few.
fn pick<T: Copy>(random: &mut ChaCha8Rng, of: &[T]) -> T {
    of[random.random_range(0..of.len())]
}

/// A kind of doubt, with exports that have it.
type Kind = (&'static str, fn(&mut ChaCha8Rng) -> Doubtful);

/// What a way of reading makes of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Truth {
    contacts: f64,
    /// First start.
    first: NaiveDateTime,
    last: NaiveDateTime,
    seconds: Option<f64>,
}

fn truth(rows: &[(NaiveDateTime, f64)], seconds: Option<f64>) -> Truth {
    let starts = || rows.iter().map(|(start, _)| *start);
    let contacts = rows.iter().map(|(_, contacts)| contacts).sum();
    Truth { contacts, first: starts().min().unwrap(), last: starts().max().unwrap(), seconds }
}

fn found(imported: &Imported) -> Truth {
    let rows: Vec<(NaiveDateTime, f64)> = imported.counts.values().flatten().map(|row| (row.start, row.contacts)).collect();
    let handled = || imported.counts.values().flatten().filter_map(|row| row.handled);
    let contacts: f64 = handled().map(|of| of.contacts).sum();
    let seconds = (contacts > 0.0).then(|| handled().map(|of| of.contacts * of.mean.get()).sum::<f64>() / contacts);
    truth(&rows, seconds)
}

fn is_near(found: &Truth, expected: &Truth) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.005 * b.abs().max(1e-9);
    let seconds = match (found.seconds, expected.seconds) {
        (Some(a), Some(b)) => near(a, b),
        (None, None) => true,
        _ => false,
    };
    near(found.contacts, expected.contacts) && (found.first, found.last) == (expected.first, expected.last) && seconds
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Half-hours of some days.
fn starts(days: &[NaiveDate], open: u32, close: u32) -> Vec<NaiveDateTime> {
    days.iter().flat_map(|day| (open * 2..close * 2).map(|slot| day.and_hms_opt(slot / 2, slot % 2 * 30, 0).unwrap())).collect()
}

fn counts(random: &mut ChaCha8Rng, starts: &[NaiveDateTime]) -> Vec<(NaiveDateTime, f64)> {
    starts.iter().map(|start| (*start, f64::from(random.random_range(3..60)))).collect()
}

/// Dates of which none is after the twelfth.
fn order_of_dates(random: &mut ChaCha8Rng) -> Doubtful {
    let first = day(2026, random.random_range(2..12), random.random_range(1..6));
    let days: Vec<NaiveDate> = (0..6).map(|ahead| first + TimeDelta::days(ahead)).collect();
    let (open, close) = (random.random_range(0..10), random.random_range(14..24));
    let rows = counts(random, &starts(&days, open, close));
    let form = pick(random, &["%d/%m/%Y %H:%M", "%-d/%-m/%Y %-I:%M %p", "%d.%m.%Y %H:%M:%S"]);
    let text: String = rows.iter().map(|(start, contacts)| format!("{};{contacts}\n", start.format(form))).collect();
    let swapped = |start: &NaiveDateTime| day(2026, start.day(), start.month()).and_time(start.time());
    let other: Vec<_> = rows.iter().map(|(start, contacts)| (swapped(start), *contacts)).collect();
    Doubtful {
        name: "export.csv",
        bytes: format!("Interval Start;Calls Offered\n{text}").into_bytes(),
        code: "date_order_doubtful",
        truths: vec![truth(&rows, None), truth(&other, None)],
    }
}

/// Numbers with a sign before three digits each.
fn decimal_sign(random: &mut ChaCha8Rng) -> Doubtful {
    let first = day(2026, 10, random.random_range(1..20));
    let sign = pick(random, &['.', ',']);
    let rows: Vec<(NaiveDateTime, f64)> = (0..20)
        .map(|ahead| ((first + TimeDelta::days(ahead)).and_hms_opt(0, 0, 0).unwrap(), f64::from(random.random_range(1000..9999))))
        .collect();
    let cell = |contacts: f64| format!("{}{sign}{:03}", contacts as u32 / 1000, contacts as u32 % 1000);
    let text: String = rows.iter().map(|(start, contacts)| format!("{};{}\n", start.format("%Y-%m-%d"), cell(*contacts))).collect();
    let other: Vec<_> = rows.iter().map(|(start, contacts)| (*start, contacts / 1000.0)).collect();
    Doubtful {
        name: "export.csv",
        bytes: format!("Date;Contacts\n{text}").into_bytes(),
        code: "decimal_doubtful",
        truths: vec![truth(&other, None), truth(&rows, None)],
    }
}

/// Half-hours of two weeks, with a cell for each.
fn with_handling(
    random: &mut ChaCha8Rng,
    header: &str,
    mut cell: impl FnMut(&mut ChaCha8Rng, f64) -> String,
) -> (Vec<(NaiveDateTime, f64)>, String) {
    let days: Vec<NaiveDate> = (0..14).map(|ahead| day(2026, 11, 2) + TimeDelta::days(ahead)).collect();
    let rows = counts(random, &starts(&days, 9, 17));
    let mut text = format!("Start,Offered,{header}\n");
    for (start, contacts) in &rows {
        writeln!(text, "{},{contacts},{}", start.format("%Y-%m-%d %H:%M"), cell(random, *contacts)).unwrap();
    }
    (rows, text)
}

/// Durations of two parts, short enough for hours.
fn parts_of_durations(random: &mut ChaCha8Rng) -> Doubtful {
    let (least, most) = (random.random_range(50..60), random.random_range(62..80));
    let mut seconds = 0.0;
    let mut all = 0.0;
    let (rows, text) = with_handling(random, "Avg Handle Time", |random, contacts| {
        let length = random.random_range(least..most);
        seconds += contacts * f64::from(length);
        all += contacts;
        format!("{}:{:02}", length / 60, length % 60)
    });
    Doubtful {
        name: "export.csv",
        bytes: text.into_bytes(),
        code: "duration_doubtful",
        truths: vec![truth(&rows, Some(seconds / all)), truth(&rows, Some(60.0 * seconds / all))],
    }
}

/// Figures that are short seconds, or minutes.
fn unit_of_handling(random: &mut ChaCha8Rng) -> Doubtful {
    let minutes = f64::from(random.random_range(105..140)) / 10.0;
    let (rows, text) = with_handling(random, "AHT", |_, _| format!("{minutes}"));
    Doubtful {
        name: "export.csv",
        bytes: text.into_bytes(),
        code: "handling_unit_doubtful",
        truths: vec![truth(&rows, Some(minutes)), truth(&rows, Some(minutes * 60.0))],
    }
}

/// One figure for every interval, which is a mean or a sum: the contacts do not differ enough to tell.
fn mean_or_sum(random: &mut ChaCha8Rng) -> Doubtful {
    let days: Vec<NaiveDate> = (0..7).map(|ahead| day(2026, 11, 2) + TimeDelta::days(ahead)).collect();
    let contacts = f64::from(random.random_range(8..30));
    let rows: Vec<(NaiveDateTime, f64)> = starts(&days, 9, 17).into_iter().map(|start| (start, contacts)).collect();
    let seconds = f64::from(random.random_range(600..1500));
    let text: String = rows.iter().map(|(start, contacts)| format!("{},{contacts},{seconds}\n", start.format("%Y-%m-%d %H:%M"))).collect();
    Doubtful {
        name: "export.csv",
        bytes: format!("Start,Offered,Handle Time\n{text}").into_bytes(),
        code: "handling_unit_doubtful",
        truths: vec![truth(&rows, Some(seconds)), truth(&rows, Some(seconds / contacts))],
    }
}

/// A clock of twelve hours without a mark.
fn half_of_day(random: &mut ChaCha8Rng) -> Doubtful {
    let days: Vec<NaiveDate> = (0..14).map(|ahead| day(2026, 11, 2) + TimeDelta::days(ahead)).collect();
    let (open, close) = (random.random_range(7..11), random.random_range(14..18));
    let rows = counts(random, &starts(&days, open, close));
    let text: String = rows.iter().map(|(start, contacts)| format!("{},{contacts}\n", start.format("%Y-%m-%d %-I:%M"))).collect();
    let night = |start: &NaiveDateTime| start.date().and_hms_opt((start.hour() + 12) % 24, start.minute(), 0).unwrap();
    let other: Vec<_> = rows.iter().map(|(start, contacts)| (night(start), *contacts)).collect();
    Doubtful {
        name: "export.csv",
        bytes: format!("Start,Offered\n{text}").into_bytes(),
        code: "clock_of_twelve_hours",
        truths: vec![truth(&rows, None), truth(&other, None)],
    }
}

/// Two sheets with tables of the same time.
fn sheet(random: &mut ChaCha8Rng) -> Doubtful {
    let days: Vec<NaiveDate> = (0..7).map(|ahead| day(2026, 11, 2) + TimeDelta::days(ahead)).collect();
    let mut book = Workbook::new();
    let mut truths = Vec::new();
    for name in ["Phone", "Back office"] {
        let rows = counts(random, &starts(&days, 9, 17));
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["Start", "Offered"]).unwrap();
        for (place, (start, contacts)) in rows.iter().enumerate() {
            let row = u32::try_from(place).unwrap() + 1;
            sheet.write_string(row, 0, start.format("%Y-%m-%d %H:%M").to_string()).unwrap();
            sheet.write_number(row, 1, *contacts).unwrap();
        }
        truths.push(truth(&rows, None));
    }
    Doubtful { name: "export.xlsx", bytes: book.save_to_buffer().unwrap(), code: "several_sheets", truths }
}

/// Names in an encoding that may be another.
fn encoding(random: &mut ChaCha8Rng) -> Doubtful {
    let days: Vec<NaiveDate> = (0..7).map(|ahead| day(2026, 11, 2) + TimeDelta::days(ahead)).collect();
    let rows = counts(random, &starts(&days, 9, 17));
    let queue = pick(random, &["Aufträge", "Rückfragen", "Störungen"]);
    let text: String = rows.iter().map(|(start, contacts)| format!("{};{queue};{contacts}\n", start.format("%Y-%m-%d %H:%M"))).collect();
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    Doubtful {
        name: "export.csv",
        bytes: [b"Start;Queue;Offered\n".as_slice(), &bytes].concat(),
        code: "encoding_doubtful",
        truths: vec![truth(&rows, None); 2],
    }
}

/// A header that names two units.
fn units_of_header(random: &mut ChaCha8Rng) -> Doubtful {
    let minutes = f64::from(random.random_range(20..60));
    let (rows, text) = with_handling(random, "aht_seconds (min)", |_, _| format!("{minutes}"));
    Doubtful {
        name: "export.csv",
        bytes: text.into_bytes(),
        code: "units_differ",
        truths: vec![truth(&rows, Some(minutes)), truth(&rows, Some(minutes * 60.0))],
    }
}

/// Two columns of contacts of which neither says whose it is.
fn column(random: &mut ChaCha8Rng) -> Doubtful {
    let days: Vec<NaiveDate> = (0..7).map(|ahead| day(2026, 11, 2) + TimeDelta::days(ahead)).collect();
    let rows = counts(random, &starts(&days, 9, 17));
    let other: Vec<_> = rows.iter().map(|(start, contacts)| (*start, contacts + 2.0)).collect();
    let cells = rows.iter().zip(&other).map(|((start, one), (_, two))| format!("{},{one},{two}\n", start.format("%Y-%m-%d %H:%M")));
    Doubtful {
        name: "export.csv",
        bytes: format!("Start,Calls Offered New,Calls Offered Repeat\n{}", cells.collect::<String>()).into_bytes(),
        code: "several_counts",
        truths: vec![truth(&rows, None), truth(&other, None)],
    }
}

/// Times of which one is at 24:00, and one at 0:00: all are starts, or all are ends.
fn starts_or_ends(random: &mut ChaCha8Rng) -> Doubtful {
    let days: Vec<NaiveDate> = (0..7).map(|ahead| day(2026, 11, 2) + TimeDelta::days(2 * ahead)).collect();
    let mut rows = counts(random, &starts(&days, 0, 24));
    let mut text: String = rows.iter().map(|(start, contacts)| format!("{},{contacts}\n", start.format("%Y-%m-%d %H:%M"))).collect();
    for day in &days {
        let contacts = f64::from(random.random_range(3..60));
        writeln!(text, "{day} 24:00,{contacts}").unwrap();
        rows.push(((*day + TimeDelta::days(1)).and_hms_opt(0, 0, 0).unwrap(), contacts));
    }
    let other: Vec<_> = rows.iter().map(|(start, contacts)| (*start - TimeDelta::minutes(30), *contacts)).collect();
    Doubtful {
        name: "export.csv",
        bytes: format!("Interval;Calls Offered\n{}", text.replace(',', ";")).into_bytes(),
        code: "ends_for_starts",
        truths: vec![truth(&rows, None), truth(&other, None)],
    }
}

fn read(file: &PathBuf, options: &ImportOptions) -> (Imported, Problems) {
    read_exports(std::slice::from_ref(file), options)
}

/// The question of a file, which is what it is refused for.
fn asked(problems: &Problems) -> Option<Problem> {
    problems.iter().find(|problem| !problem.is_warning && !problem.readings.is_empty()).cloned()
}

/// The export read as a way says, and the same once more by the map that was printed for it.
fn by(way: &Way, file: &PathBuf) -> [(Imported, Problems); 2] {
    let mut options = ImportOptions::default();
    options.maps.choose(file, way);
    let (imported, problems) = read(file, &options);
    let map = file.with_file_name("map.toml");
    let name = file.file_name().unwrap().to_string_lossy();
    let text = imported.understood.first().map(|(_, understood)| map_text(&name, understood, &BTreeMap::new()));
    fs::write(&map, text.unwrap_or_default()).unwrap();
    let (maps, of_maps) = read_maps(&map);
    assert!(!of_maps.has_errors() || problems.has_errors(), "{:?}", of_maps.iter().collect::<Vec<_>>());
    let again = read(file, &ImportOptions { maps, ..ImportOptions::default() });
    [(imported, problems), again]
}

#[test]
fn each_doubt_names_both_readings_and_each_answer_settles_it() {
    let kinds: [Kind; 11] = [
        ("order of dates", order_of_dates),
        ("decimal sign", decimal_sign),
        ("parts of durations", parts_of_durations),
        ("unit of handling", unit_of_handling),
        ("mean or sum", mean_or_sum),
        ("half of day", half_of_day),
        ("sheet", sheet),
        ("encoding", encoding),
        ("units of header", units_of_header),
        ("column", column),
        ("starts or ends", starts_or_ends),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (kind, make) in kinds {
        for seed in 0..SEEDS {
            let doubtful = make(&mut ChaCha8Rng::seed_from_u64(seed));
            let file = folder.path().join(doubtful.name);
            fs::write(&file, &doubtful.bytes).unwrap();
            let (imported, problems) = read(&file, &ImportOptions::default());
            let told: Vec<String> = problems.iter().map(|problem| problem.describe(peakshift::messages::Lang::En)).collect();
            let Some(doubt) = asked(&problems).filter(|doubt| doubt.code == doubtful.code) else {
                wrong.push(format!("{kind} {seed}: {told:?} {:?}", found(&imported)));
                continue;
            };
            // whoever reads the message can write the map
            for way in &doubt.readings {
                let text = doubt.describe(peakshift::messages::Lang::Zh);
                assert!(text.contains(&way.line()) && text.contains(&way.example), "{kind}: {text}");
            }
            if doubt.readings.len() != doubtful.truths.len() {
                wrong.push(format!("{kind} {seed}: {:?}", doubt.readings));
                continue;
            }
            let mut open: Vec<Truth> = doubtful.truths.clone();
            for way in &doubt.readings {
                for (imported, problems) in by(way, &file) {
                    let errors: Vec<_> = problems.iter().filter(|problem| !problem.is_warning).collect();
                    if !errors.is_empty() {
                        wrong.push(format!("{kind} {seed}, {}: {errors:?}", way.line()));
                        continue;
                    }
                    let figures = found(&imported);
                    match open.iter().position(|truth| is_near(&figures, truth)) {
                        Some(_) => {}
                        None => wrong.push(format!("{kind} {seed}, {}: {figures:?} of {open:?}", way.line())),
                    }
                }
                let (imported, _) = &by(way, &file)[0];
                let figures = if imported.counts.is_empty() { continue } else { found(imported) };
                if let Some(place) = open.iter().position(|truth| is_near(&figures, truth)) {
                    open.remove(place);
                }
            }
            if !open.is_empty() {
                wrong.push(format!("{kind} {seed}: no answer gives {open:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}
