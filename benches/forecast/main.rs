//! Accuracy and speed of forecasts: real series from rolling origins, ours beside the peers'.
//!
//! `PEAKSHIFT_BENCH_DATA=FOLDER cargo bench --bench forecast` reads the series from FOLDER. With `PEAKSHIFT_BENCH_PYTHON=PYTHON`, a Python
//! with `benches/peers/requirements.txt`, the peers run in the same run, one thread each. A name after `--` selects the series of that
//! name. See `benches/README.md`.

mod peers;
mod score;
mod series;

use peakshift::calendar::Calendar;
use peakshift::forecast::{Facts, forecast, rest_of_day};
use peakshift::history::{ContactHistory, RawCount};
use peakshift::time::Horizon;
use score::{Point, score};
use series::{DAYS_AHEAD, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let Some(folder) = std::env::var_os("PEAKSHIFT_BENCH_DATA").map(PathBuf::from) else {
        println!("PEAKSHIFT_BENCH_DATA is not set: nothing to measure");
        return;
    };
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let only: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let units = series::all(&folder);
    let names: BTreeSet<&str> =
        units.iter().map(|unit| unit.series).filter(|name| only.is_empty() || only.iter().any(|one| one == name)).collect();
    for name in names {
        let of: Vec<&Unit> = units.iter().filter(|unit| unit.series == name).collect();
        rolling_origins(name, &of);
    }
    if only.is_empty() || only.iter().any(|one| one == "intraday") {
        rest_of_bank_days(&folder);
    }
}

/// All origins of a series by us and, given a Python for them, by the peers.
fn rolling_origins(name: &str, units: &[&Unit]) {
    let mut points: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    let mut seconds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for unit in units {
        for &origin in &unit.origins {
            let began = Instant::now();
            let said = ours(unit, origin);
            seconds.entry("peakshift".into()).or_default().push(began.elapsed().as_secs_f64());
            points.entry("peakshift".into()).or_default().extend(said);
        }
    }
    if let Some(python) = std::env::var_os("PEAKSHIFT_BENCH_PYTHON").map(PathBuf::from) {
        let scratch = tempfile::tempdir().unwrap();
        let (said, of_peers) = peers::run(&python, units, scratch.path());
        seconds.extend(of_peers);
        for ((unit, origin, method, start), (mean, quantiles)) in said {
            let unit = units.iter().find(|of| of.name == unit).unwrap();
            let count = unit.counts.iter().find(|count| count.start.format("%Y-%m-%dT%H:%M").to_string() == start).unwrap();
            let point = Point { count: count.contacts, mean, quantiles, on_event: unit.event_dates.contains(&count.start.date()) };
            assert!(origin <= start, "a peer forecast the past");
            points.entry(method).or_default().push(point);
        }
    }
    let ours = mean(&seconds["peakshift"]);
    println!(
        "\n{name}: {} origins\nmethod                   WAPE  events     wQL   cover 80 / 95   s an origin   ours is faster by",
        units.iter().map(|unit| unit.origins.len()).sum::<usize>()
    );
    for (method, points) in &points {
        let score = score(points);
        let seconds = mean(&seconds[method]);
        let bands = score.cover.map_or_else(|| "      –".into(), |[wide, wider]| format!("{wide:6.1} / {wider:4.1}"));
        let loss = score.weighted_quantile_loss.map_or_else(|| "    –".into(), |loss| format!("{loss:5.2}"));
        println!(
            "{method:22} {:6.2}  {:6.2}   {loss}   {bands:>13}   {seconds:11.3}   {:8.1} ×",
            score.wape,
            score.event_wape,
            seconds / ours
        );
    }
}

fn ours(unit: &Unit, origin: chrono::NaiveDate) -> Vec<Point> {
    let calendar = Calendar::default();
    let facts = Facts { calendar: &calendar, events: &unit.events, drivers: &[] };
    let horizon = Horizon { first: origin, days: DAYS_AHEAD };
    let (history, _) = ContactHistory::from_counts(&unit.counts, unit.interval, &unit.events, origin).unwrap();
    let said = forecast(&history, &facts, horizon).unwrap();
    let came: BTreeMap<_, f64> = unit.counts.iter().map(|count| (count.start, count.contacts)).collect();
    let point = |(start, mean): (chrono::NaiveDateTime, &peakshift::units::Contacts)| {
        let index = said.mean.iter().position(|(other, _)| other == start)?;
        let quantiles = Some(said.quantiles[index].map(peakshift::units::Contacts::get));
        Some(Point { count: *came.get(&start)?, mean: mean.get(), quantiles, on_event: unit.event_dates.contains(&start.date()) })
    };
    said.mean.iter().filter_map(point).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The rest of every open day of weeks 9 to 34 of the bank calls, from 11:00 and from 15:00.
fn rest_of_bank_days(folder: &Path) {
    let unit = series::bank(folder, "bank30", 30);
    let calendar = Calendar::default();
    let facts = Facts { calendar: &calendar, events: &unit.events, drivers: &[] };
    let (first, last) = (unit.counts[0].start.date(), unit.counts[unit.counts.len() - 1].start.date());
    let (whole, _) = ContactHistory::from_counts(&unit.counts, unit.interval, &unit.events, last + chrono::Days::new(1)).unwrap();
    println!("\nbank30, the rest of the day");
    for hour in [11, 15] {
        let (mut off, mut came) = (0.0, 0.0);
        for day in (8 * 7..whole.days()).filter(|&day| whole.day_total(day).is_some() && !whole.was_closed(day)) {
            let date = first + chrono::Days::new(day as u64);
            let past: Vec<RawCount> = unit.counts.iter().copied().filter(|count| count.start.date() < date).collect();
            let (history, _) = ContactHistory::from_counts(&past, unit.interval, &unit.events, date).unwrap();
            let so_far: Vec<f64> = (0..hour * 2).map(|slot| whole.count(day, slot).unwrap_or(f64::NAN)).collect();
            let said = rest_of_day(&history, &facts, date, &so_far).unwrap().now;
            for slot in hour * 2..48 {
                if let Some(count) = whole.count(day, slot) {
                    off += (said.mean[slot].get() - count).abs();
                    came += count;
                }
            }
        }
        println!("from {hour}:00: WAPE {:.2} %", 100.0 * off / came);
    }
}
