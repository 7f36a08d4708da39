//! Time zones as of today: offsets, and the nights of clock changes.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::input::Folder;
use peakshift::plan::forecast;
use peakshift::time::{read_date, read_stamp};
use peakshift::zone::{ClockChange, Clocks, LocalTime, Zone, database_version, is_over_a_year_ahead};
use proptest::prelude::*;
use std::path::Path;

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn time(text: &str) -> NaiveDateTime {
    read_stamp(text).unwrap()
}

fn date(text: &str) -> NaiveDate {
    read_date(text).unwrap()
}

/// Minutes ahead of UTC at noon of 15 July 2026 and of 15 January 2027, by Python's zoneinfo with the package tzdata 2026.6 (release
/// 2026f). The first three have kept summer time since 2026, the fourth gave up its summer time on 20 September 2026.
const OFFSETS: [(&str, i32, i32); 14] = [
    ("America/Vancouver", -420, -420),
    ("America/Edmonton", -360, -360),
    ("America/Winnipeg", -300, -300),
    ("Africa/Casablanca", 60, 0),
    ("America/Los_Angeles", -420, -480),
    ("Europe/Warsaw", 120, 60),
    ("Asia/Shanghai", 480, 480),
    ("America/New_York", -240, -300),
    ("Australia/Lord_Howe", 630, 660),
    ("Asia/Kathmandu", 345, 345),
    ("Pacific/Chatham", 765, 825),
    ("America/St_Johns", -150, -210),
    ("America/Regina", -360, -360),
    ("Asia/Kolkata", 330, 330),
];

#[test]
fn clocks_show_what_governments_have_decided() {
    for (name, summer, winter) in OFFSETS {
        let zone = zone(name);
        assert_eq!(zone.offset_minutes(time("2026-07-15T12:00")), summer, "{name} in July 2026");
        assert_eq!(zone.offset_minutes(time("2027-01-15T12:00")), winter, "{name} in January 2027");
    }
}

#[test]
fn a_place_without_winter_time_is_an_hour_ahead_of_its_neighbour_in_winter_alone() {
    let vancouver = Clocks::of(zone("America/Vancouver"), zone("America/Los_Angeles"));
    assert_eq!(vancouver.ahead_on(date("2026-10-31")), 0);
    assert_eq!(vancouver.ahead_on(date("2026-11-01")), 60);
    assert_eq!(vancouver.ahead_on(date("2026-11-30")), 60);
    assert_eq!(vancouver.ahead_on(date("2027-03-13")), 60);
    assert_eq!(vancouver.ahead_on(date("2027-03-14")), 0);
}

#[test]
fn the_difference_is_that_of_the_places_noon_and_not_of_utc() {
    // noon of Sunday in Auckland is 16:00 of Saturday in Los Angeles, whose clocks go back only ten hours later
    let auckland = Clocks::of(zone("Pacific/Auckland"), zone("America/Los_Angeles"));
    assert_eq!(auckland.ahead_on(date("2026-11-01")), 20 * 60);
    assert_eq!(auckland.ahead_on(date("2026-11-02")), 21 * 60);
}

#[test]
fn changes_are_told_with_the_local_time_that_is_skipped_or_repeated() {
    let year = |name: &str| zone(name).clock_changes(date("2026-01-01"), date("2027-01-01"));
    let change = |from: &str, to: &str, minutes| ClockChange { from: time(from), to: time(to), minutes };
    assert_eq!(
        year("Europe/Warsaw"),
        [change("2026-03-29T02:00", "2026-03-29T03:00", 60), change("2026-10-25T02:00", "2026-10-25T03:00", -60)]
    );
    assert_eq!(
        year("Australia/Lord_Howe"),
        [change("2026-04-05T01:30", "2026-04-05T02:00", -30), change("2026-10-04T02:00", "2026-10-04T02:30", 30)]
    );
    assert_eq!(year("America/Vancouver"), [change("2026-03-08T02:00", "2026-03-08T03:00", 60)]);
    assert_eq!(year("Asia/Shanghai"), []);
    // a day that never existed
    let apia = zone("Pacific/Apia").clock_changes(date("2011-12-01"), date("2012-01-01"));
    assert_eq!(apia, [change("2011-12-30T00:00", "2011-12-31T00:00", 24 * 60)]);
}

#[test]
fn names_are_those_of_the_database_in_any_case() {
    assert_eq!(zone(" europe/warsaw ").name(), "Europe/Warsaw");
    for wrong in ["", "Warsaw", "Europe/Warschau", "UTC+8", "GMT+08:00", "Etc/Unknown", "../../etc/passwd", "Europe/Warsaw\0"] {
        assert!(wrong.parse::<Zone>().is_err(), "{wrong}");
    }
}

#[test]
fn the_database_is_old_only_for_what_lies_over_a_year_after_its_own() {
    let year: i32 = database_version()[..4].parse().unwrap();
    assert!(year >= 2026 && database_version().len() >= 5);
    assert!(!is_over_a_year_ahead(date(&format!("{}-12-31", year + 1))));
    assert!(is_over_a_year_ahead(date(&format!("{}-01-01", year + 2))));
}

proptest! {
    /// UTC is continuous: every moment has one local time, a local time belongs to no, one or two moments, and elapsed time adds up.
    #[test]
    fn moments_and_local_times_agree(which in 0..OFFSETS.len(), minute in 0_i64..60 * 365 * 24 * 60, after in 0_i64..3000, more in 0_i64..3000) {
        let zone = zone(OFFSETS[which].0);
        let local = time("1990-01-05") + TimeDelta::minutes(minute);
        let moments: Vec<NaiveDateTime> = (-15 * 4..=15 * 4).map(|quarters| local + TimeDelta::minutes(15 * quarters)).filter(|&utc| zone.local_at(utc) == local).collect();
        let expected = match moments.len() { 0 => LocalTime::Skipped, 1 => LocalTime::Once, _ => LocalTime::Repeated };
        prop_assert_eq!(zone.local_time(local), expected);
        if let Some(&first) = moments.first() {
            prop_assert_eq!(zone.utc_at(local), first);
        }
        let (middle, end) = (local + TimeDelta::minutes(after), local + TimeDelta::minutes(after + more));
        prop_assert_eq!(zone.elapsed_minutes(local, middle) + zone.elapsed_minutes(middle, end), zone.elapsed_minutes(local, end));
        let changes = zone.clock_changes(local.date() - TimeDelta::days(1), local.date() + TimeDelta::days(1));
        let of_change = changes.iter().find(|change| (change.from..change.to).contains(&local));
        prop_assert_eq!(of_change.map(|change| change.minutes > 0), match expected { LocalTime::Once => None, other => Some(other == LocalTime::Skipped) });
    }
}

/// A day round the clock in Berlin after four weeks of ten contacts an hour.
fn forecast_of(day: &str) -> Vec<(u32, f64)> {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny")).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let (plan, date) = (folder.path().join("plan.toml"), read_date(day).unwrap());
    let text = std::fs::read_to_string(&plan).unwrap().replace("2026-11-30 #", &format!("{day} #"));
    let text = text
        .replace("days = 1\n", "days = 1\nzone = \"Europe/Berlin\"\n")
        .replace("open = \"09:00\"\nclose = \"17:00\"", "open = \"00:00\"\nclose = \"24:00\"");
    std::fs::write(plan, text).unwrap();
    let moments =
        (1..=28).rev().flat_map(|back| (0..24).map(move |hour| (date - chrono::Days::new(back)).and_hms_opt(hour, 0, 0).unwrap()));
    let rows: String = moments.map(|start| format!("{},phone,10\n", start.format("%Y-%m-%dT%H:%M"))).collect();
    std::fs::write(folder.path().join("history.csv"), format!("start,queue,offered\n{rows}")).unwrap();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    let made = forecast(&inputs).unwrap();
    let (mean, expected) = (&made[0].offered.mean, &made[0].offered.expected);
    let hours = (0..24).filter(|&hour| expected[hour]).map(|hour| (hour as u32, mean[hour].get()));
    assert!(
        made[0].demand.iter().all(|(start, demand)| start.format("%H").to_string() != "02" || expected[2] || demand.contacts.get() == 0.0)
    );
    hours.collect()
}

#[test]
fn nothing_is_forecast_for_an_hour_that_clocks_skip() {
    let usual = forecast_of("2027-03-27");
    assert_eq!(usual.len(), 24);
    assert!(usual.iter().all(|(_, contacts)| (contacts - 10.0).abs() < 0.5), "{usual:?}");
    let short = forecast_of("2027-03-28");
    assert_eq!(short.len(), 23);
    assert!(short.iter().all(|(hour, contacts)| *hour != 2 && (contacts - 10.0).abs() < 0.5), "{short:?}");
}
