//! How good are the forecasts, and how fast? Real series by rolling origins, ours beside the peers'.
//!
//! `PEAKSHIFT_BENCH_DATA=FOLDER cargo bench --bench forecast` reads the series from FOLDER. See `benches/README.md`.

use peakshift::calendar::Calendar;
use peakshift::event::{Event, Expectation, Family};
use peakshift::forecast::{Facts, rest_of_day};
use peakshift::history::{ContactHistory, RawCount};
use peakshift::time::{Interval, read_stamp};
use peakshift::units::Factor;
use std::path::Path;

fn main() {
    let Some(folder) = std::env::var_os("PEAKSHIFT_BENCH_DATA") else {
        println!("PEAKSHIFT_BENCH_DATA is not set: nothing to measure");
        return;
    };
    intraday(Path::new(&folder));
}

/// The rest of every open day of weeks 9 to 34 of the bank calls, from 11:00 and from 15:00.
fn intraday(folder: &Path) {
    let counts = read_counts(&folder.join("bank_calls_30min.csv"));
    let closed: Vec<Event> = ["2003-05-26", "2003-07-04", "2003-09-01"].map(closed_day).to_vec();
    let first = counts[0].start.date();
    let last = counts[counts.len() - 1].start.date();
    let calendar = Calendar::default();
    let facts = Facts { calendar: &calendar, events: &closed, drivers: &[] };
    let (whole, _) = ContactHistory::from_counts(&counts, Interval::HALF_HOUR, &closed, last + chrono::Days::new(1)).unwrap();
    for hour in [11, 15] {
        let (mut off, mut came) = (0.0, 0.0);
        for day in 8 * 7..whole.days() {
            if whole.day_total(day).is_none() || whole.was_closed(day) {
                continue;
            }
            let date = first + chrono::Days::new(day as u64);
            let past: Vec<RawCount> = counts.iter().copied().filter(|count| count.start.date() < date).collect();
            let (history, _) = ContactHistory::from_counts(&past, Interval::HALF_HOUR, &closed, date).unwrap();
            let so_far: Vec<f64> = (0..hour * 2).map(|slot| whole.count(day, slot).unwrap_or(f64::NAN)).collect();
            let forecast = rest_of_day(&history, &facts, date, &so_far).unwrap();
            for slot in hour * 2..48 {
                if let Some(count) = whole.count(day, slot) {
                    off += (forecast.mean[slot].get() - count).abs();
                    came += count;
                }
            }
        }
        println!("bank calls, rest of the day from {hour}:00: WAPE {:.2} %", 100.0 * off / came);
    }
}

fn closed_day(date: &str) -> Event {
    let start = read_stamp(date).unwrap();
    Event {
        name: date.to_owned(),
        family: Family::Closed,
        start,
        end: start + chrono::Days::new(1),
        queue: None,
        size: Factor::ONE,
        expected: Expectation::default(),
    }
}

fn read_counts(path: &Path) -> Vec<RawCount> {
    let mut rows = csv::Reader::from_path(path).unwrap();
    rows.records()
        .map(|row| row.unwrap())
        .map(|row| RawCount { start: read_stamp(&row[0]).unwrap(), contacts: row[1].parse().unwrap() })
        .collect()
}
