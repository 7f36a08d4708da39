//! Series of the benchmark: counts, known facts, and forecast origins.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use peakshift::event::{Event, Expectation, Family};
use peakshift::history::RawCount;
use peakshift::time::{Interval, read_date, read_stamp};
use peakshift::units::Factor;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One series with its protocol.
pub(crate) struct Unit {
    pub(crate) series: &'static str,
    pub(crate) name: String,
    pub(crate) interval: Interval,
    pub(crate) counts: Vec<RawCount>,
    pub(crate) events: Vec<Event>,
    /// Event dates, which are scored separately.
    pub(crate) event_dates: BTreeSet<NaiveDate>,
    pub(crate) origins: Vec<NaiveDate>,
}

pub(crate) const DAYS_AHEAD: usize = 14;

type Row = BTreeMap<String, String>;

/// All series in the folder.
pub(crate) fn all(folder: &Path) -> Vec<Unit> {
    let mut units = vec![bank(folder, "bank30", 30), bank(folder, "bank5", 5), assessor(folder), nyc311(folder)];
    units.extend(rossmann(folder));
    units
}

/// Calls to a North American bank, Monday to Friday; gaps have no rows, holidays are closed.
pub(crate) fn bank(folder: &Path, series: &'static str, minutes: u32) -> Unit {
    let counts = rows(&folder.join(if minutes == 30 { "bank_calls_30min.csv" } else { "bank_calls_5min.csv" }));
    let last_hour = NaiveTime::from_hms_opt(21, 0, 0).unwrap();
    let counts: Vec<RawCount> = counts.iter().map(count).filter(|count| count.start.time() < last_hour).collect();
    let calendar = rows(&folder.join("bank_calls_calendar.csv"));
    let closed = calendar.iter().filter(|row| row["open"] == "0" && !row["note"].contains("gap"));
    let events = closed.map(|row| event(&row["note"], "closed", date(row, "date"), date(row, "date"))).collect();
    let after = calendar.iter().filter(|row| row["day_after_closed"] == "1").map(|row| date(row, "date")).collect();
    let first = date(&calendar[0], "date");
    let origins = (8..33).map(|week| first + Days::new(7 * week)).collect();
    Unit { series, name: series.into(), interval: Interval::from_minutes(minutes).unwrap(), counts, events, event_dates: after, origins }
}

/// Calls to a county office, raised for weeks by mailings; Monday to Friday.
fn assessor(folder: &Path) -> Unit {
    let rows: Vec<Row> = rows(&folder.join("assessor_calls_daily.csv")).into_iter().filter(|row| row["weekend"] == "0").collect();
    let dates: Vec<NaiveDate> = rows.iter().map(|row| date(row, "start")).collect();
    let mut events: Vec<Event> = Vec::new();
    let mut event_dates = BTreeSet::new();
    for first in ["2023-11-01", "2024-04-01", "2024-11-01", "2025-05-01"].map(|text| read_date(text).unwrap()) {
        let business_days = first.iter_days().filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        let on: Vec<NaiveDate> = business_days.take(16).filter(|day| dates.contains(day)).collect();
        events.push(event(&format!("mailing-{first}"), "mailing", first, on[on.len() - 1]));
        event_dates.extend(on);
    }
    events.extend(
        rows.iter().filter(|row| row["holiday"] == "1").map(|row| event("closed", "closed", date(row, "start"), date(row, "start"))),
    );
    let counts = rows.iter().filter(|row| row["holiday"] == "0").map(count).filter(|count| count.contacts > 0.0).collect();
    let origins = (130..dates.len() - 9).step_by(10).map(|place| dates[place]).collect();
    Unit { series: "assessor", name: "assessor".into(), interval: Interval::DAY, counts, events, event_dates, origins }
}

/// Requests to New York's 311, with federal holidays.
fn nyc311(folder: &Path) -> Unit {
    let rows = rows(&folder.join("nyc311_daily.csv"));
    let holidays = || rows.iter().filter(|row| row["holiday"] == "1");
    let family = |name: &str| {
        if ["Christmas", "Thanksgiving", "New Year"].iter().any(|major| name.contains(major)) { "holiday_major" } else { "holiday" }
    };
    let of = |row: &Row| {
        let (day, name) = (date(row, "start"), &row["holiday_name"]);
        event(&format!("{name} {}", day.year()), family(name), day, day)
    };
    let dates: Vec<NaiveDate> = rows.iter().map(|row| date(row, "start")).collect();
    Unit {
        series: "nyc311",
        name: "nyc311".into(),
        interval: Interval::DAY,
        counts: rows.iter().map(count).collect(),
        events: holidays().map(of).collect(),
        event_dates: holidays().map(|row| date(row, "start")).collect(),
        origins: (392..dates.len() - 13).step_by(28).map(|place| dates[place]).collect(),
    }
}

/// Sales of the five shops with the lowest numbers, with promotions; Monday to Saturday.
fn rossmann(folder: &Path) -> Vec<Unit> {
    let mut shops: BTreeMap<u32, Vec<Row>> = BTreeMap::new();
    for row in rows(&folder.join("rossmann20_daily.csv")) {
        if date(&row, "start").weekday() != Weekday::Sun {
            shops.entry(row["store"].parse().unwrap()).or_default().push(row);
        }
    }
    let unit = |(shop, rows): (u32, Vec<Row>)| {
        let dates: Vec<NaiveDate> = rows.iter().map(|row| date(row, "start")).collect();
        let with = |test: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| test(row)).map(|row| date(row, "start")).collect::<Vec<_>>();
        let mut events = runs("promo", &with(&|row| row["promo"] == "1"), 1);
        events.extend(runs("school_holiday", &with(&|row| row["school_holiday"] == "1"), 2));
        events.extend(runs("closed", &with(&|row| row["state_holiday"] == "1" && row["open"] == "0"), 1));
        Unit {
            series: "rossmann",
            name: format!("shop{shop}"),
            interval: Interval::DAY,
            counts: rows.iter().filter(|row| row["open"] == "1").map(count).filter(|count| count.contacts > 0.0).collect(),
            events,
            event_dates: with(&|row| row["promo"] == "1").into_iter().collect(),
            origins: (624..dates.len() - 11).step_by(24).map(|place| dates[place]).collect(),
        }
    };
    shops.into_iter().take(5).map(unit).collect()
}

/// Events made of dates at most `gap` days apart.
fn runs(family: &str, dates: &[NaiveDate], gap: i64) -> Vec<Event> {
    let apart = |pair: &NaiveDate, next: &NaiveDate| (*next - *pair).num_days() <= gap;
    dates.chunk_by(apart).map(|run| event(&format!("{family}-{}", run[0]), family, run[0], run[run.len() - 1])).collect()
}

fn event(name: &str, family: &str, first: NaiveDate, last: NaiveDate) -> Event {
    Event {
        name: name.into(),
        family: Family::of_name(family),
        start: first.and_time(NaiveTime::MIN),
        end: (last + Days::new(1)).and_time(NaiveTime::MIN),
        queue: None,
        size: Factor::ONE,
        expected: Expectation::default(),
    }
}

fn rows(path: &Path) -> Vec<Row> {
    let mut table = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    table.deserialize().map(|row| row.unwrap()).collect()
}

fn count(row: &Row) -> RawCount {
    RawCount::of(stamp(row), row["volume"].parse().unwrap())
}

fn stamp(row: &Row) -> NaiveDateTime {
    read_stamp(&row["start"]).unwrap()
}

fn date(row: &Row, column: &str) -> NaiveDate {
    read_stamp(&row[column]).unwrap().date()
}
