//! Nights of clock changes in histories: no contact is lost, nothing counts as a gap or a duplicate.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::history::{ContactHistory, Finding, FindingKind, RawCount};
use peakshift::time::{Interval, read_date, read_stamp};
use peakshift::zone::Zone;
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    read_date(text).unwrap()
}

/// Eight weeks round the clock from a date, as in an export: local time of each moment, with `contacts` of an interval.
fn rows(zone: &Zone, first: &str, minutes: i64, contacts: impl Fn(NaiveDateTime) -> f64) -> Vec<RawCount> {
    let (start, end) = (zone.utc_at(date(first).and_hms_opt(0, 0, 0).unwrap()), 56 * 24 * 60);
    let moments = (0..end / minutes).map(|number| start + TimeDelta::minutes(number * minutes));
    moments.map(|utc| RawCount::of(zone.local_at(utc), contacts(utc))).collect()
}

fn learned(zone: Option<&Zone>, rows: &[RawCount], minutes: u32) -> (ContactHistory, Vec<Finding>) {
    let last = rows.iter().map(|row| row.start.date()).max().unwrap();
    ContactHistory::from_counts_by(zone, rows, Interval::from_minutes(minutes).unwrap(), &[], last).unwrap()
}

/// 20 to 24 contacts, never equal twice in a row.
fn uneven(utc: NaiveDateTime) -> f64 {
    20.0 + (utc.and_utc().timestamp() / 1800 % 5) as f64
}

fn kinds(findings: &[Finding]) -> Vec<(FindingKind, String, usize)> {
    findings.iter().map(|finding| (finding.kind, finding.start.to_string(), finding.intervals)).collect()
}

#[test]
fn an_hour_that_comes_twice_is_kept_in_the_day_and_averaged_in_its_interval() {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let busy_again = read_stamp("2026-10-25T01:00").unwrap();
    let rows = rows(&zone, "2026-09-28", 60, |utc| if utc == busy_again { 29.0 } else { uneven(utc) });
    let (history, findings) = learned(Some(&zone), &rows, 60);
    assert_eq!(kinds(&findings), [(FindingKind::HourTwice, "2026-10-25 02:00:00".into(), 1)]);
    let before = uneven(busy_again - TimeDelta::hours(1));
    assert_eq!(findings[0].count, before + 29.0);
    let day = history.day_of(date("2026-10-25")).unwrap();
    assert_eq!(history.count(day, 2), Some(f64::midpoint(before, 29.0)));
    let came: f64 = rows.iter().filter(|row| row.start.date() == date("2026-10-25")).map(|row| row.contacts).sum();
    assert_eq!(history.day_total(day), Some(came));
    // without a zone this cannot be known
    let (_, findings) = learned(None, &rows, 60);
    assert_eq!(kinds(&findings), [(FindingKind::Duplicate, "2026-10-25 02:00:00".into(), 1)]);
}

#[test]
fn an_hour_that_never_came_is_no_gap() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let (history, findings) = learned(Some(&zone), &rows(&zone, "2026-02-16", 30, uneven), 30);
    assert_eq!(kinds(&findings), [(FindingKind::HourSkipped, "2026-03-08 02:00:00".into(), 2)]);
    let day = history.day_of(date("2026-03-08")).unwrap();
    assert_eq!((history.count(day, 4), history.count(day, 5), history.count(day, 6).is_some()), (None, None, true));
    // zeros in an export there carry no information
    let mut with_zeros = rows(&zone, "2026-02-16", 30, uneven);
    with_zeros.extend(["2026-03-08T02:00", "2026-03-08T02:30"].map(|start| RawCount::of(read_stamp(start).unwrap(), 0.0)));
    let (history, findings) = learned(Some(&zone), &with_zeros, 30);
    assert_eq!(kinds(&findings).len(), 1, "{findings:?}");
    assert_eq!(history.count(day, 4), None);
}

#[test]
fn a_file_joined_with_itself_has_duplicates_but_no_four_fold_hour() {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let once = rows(&zone, "2026-09-28", 60, uneven);
    let twice: Vec<RawCount> = once.iter().chain(&once).copied().collect();
    let (history, findings) = learned(Some(&zone), &twice, 60);
    let (alone, _) = learned(Some(&zone), &once, 60);
    assert_eq!(history, alone);
    assert_eq!(findings.iter().filter(|finding| finding.kind == FindingKind::HourTwice).count(), 1);
}

#[test]
fn a_single_row_of_a_repeated_hour_is_left_as_it_is() {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let mut rows = rows(&zone, "2026-09-28", 60, uneven);
    let at = rows.iter().position(|row| row.start == read_stamp("2026-10-25T02:00").unwrap()).unwrap();
    rows.remove(at);
    let (history, findings) = learned(Some(&zone), &rows, 60);
    assert_eq!(findings, []);
    let at_one = read_stamp("2026-10-25T01:00").unwrap();
    assert_eq!(history.count(history.day_of(date("2026-10-25")).unwrap(), 2), Some(uneven(at_one)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// For clock changes of an hour or half an hour, in either direction, and any order of rows: each day's total is the contacts of that
    /// local day, and nothing is called a gap or a duplicate.
    #[test]
    fn no_contact_is_lost_and_no_hour_doubted(which in 0_usize..6, season in 0_usize..4, minutes in 0_usize..3, turned in any::<bool>(), seed in 1_u32..1000) {
        let zone: Zone = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu", "America/Vancouver"][which].parse().unwrap();
        let first = ["2026-02-16", "2026-03-16", "2026-09-14", "2026-10-05"][season];
        // Chatham's offset is not a whole hour, and Lord Howe's clocks change by half an hour
        let minutes = [15, 30, if which == 2 { 30 } else { 60 }][minutes];
        let count = |utc: NaiveDateTime| f64::from((utc.and_utc().timestamp() / 900) as u32 % 97 * seed % 13 + 5);
        let mut rows = rows(&zone, first, minutes, count);
        let zone_of_rows = rows.clone();
        if turned {
            rows.sort_by_key(|row| row.start);
        }
        let (history, findings) = learned(Some(&zone), &rows, minutes as u32);
        let odd: Vec<_> = findings.iter().filter(|finding| !matches!(finding.kind, FindingKind::HourSkipped | FindingKind::HourTwice)).collect();
        prop_assert_eq!(odd, Vec::<&Finding>::new());
        let end = history.date(history.days());
        prop_assert_eq!(findings.len(), zone.clock_changes(history.first(), end).len());
        for day in 0..history.days() {
            let date = history.date(day);
            let came: f64 = zone_of_rows.iter().filter(|row| row.start.date() == date).map(|row| row.contacts).sum();
            let skips = zone.clock_changes(date, date + TimeDelta::days(1)).iter().any(|change| change.minutes > 0);
            let total = history.day_total(day).unwrap();
            // a missing hour gets its usual share
            prop_assert!(if skips { total >= came && total < came * 1.2 } else { (total - came).abs() < 1e-6 }, "{}: {} of {}", date, total, came);
        }
    }
}
