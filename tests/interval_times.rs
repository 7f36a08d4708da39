//! Suffixes of times: the end of the interval or a UTC offset. One is never read as the other.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::input::Folder;
use proptest::prelude::*;
use proptest::sample::select;
use std::fs;
use valid_folder::valid_folder;

/// Starts read from a history in a plan whose clocks are eight hours ahead of UTC, or the reported ambiguities.
fn starts(times: &[String]) -> Result<Vec<NaiveDateTime>, Vec<&'static str>> {
    let folder = valid_folder();
    let plan = folder.path().join("plan.toml");
    let with_clocks = fs::read_to_string(&plan).unwrap().replace("days = 1\n", "days = 1\nutc_offset_hours = 8\n");
    fs::write(plan, with_clocks).unwrap();
    let rows: Vec<String> = times.iter().map(|time| format!("{time},phone,6")).collect();
    fs::write(folder.path().join("history.csv"), format!("start,queue,offered\n{}\n", rows.join("\n"))).unwrap();
    let reading = Folder::named(folder.path()).read();
    let errors = reading.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
    reading.inputs.map(|inputs| inputs.queues[0].counts.iter().map(|count| count.start).collect()).ok_or(errors)
}

fn day() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 2).unwrap().and_time(chrono::NaiveTime::MIN)
}

/// Consecutive hours of a day, as in a history.
fn hours() -> impl Strategy<Value = Vec<i64>> {
    (0_i64..23, 2_i64..=24).prop_map(|(first, number)| (first..(first + number).min(24)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_interval_is_its_start_or_asked_about(
        hours in hours(),
        until in select(vec!["-", " - ", "–", "~", "至", "到", " to "]),
        forms in (select(vec!["%H:%M", "%-H:%M", "%H:%M:%S"]), select(vec!["%Y-%m-%d ", "%Y/%-m/%-d ", "%Y-%m-%dT"])),
    ) {
        let (clock, date) = forms;
        let starts_of: Vec<NaiveDateTime> = hours.iter().map(|hour| day() + TimeDelta::hours(*hour)).collect();
        let written: Vec<String> = starts_of.iter().map(|start| {
            let end = *start + TimeDelta::hours(1);
            format!("{}{}{until}{}", start.format(date), start.format(clock), end.format(clock))
        }).collect();
        match starts(&written) {
            Ok(found) => prop_assert_eq!(found, starts_of),
            Err(codes) => {
                prop_assert_eq!(codes, ["interval_or_offset"]);
                // an interval after noon is unambiguous
                prop_assert!(until.trim() == "-" && clock != "%H:%M:%S" && hours.iter().all(|hour| *hour < 12), "{written:?}");
            }
        }
    }

    #[test]
    fn a_distance_from_utc_is_none_that_ends_or_asked_about(
        hours in hours(),
        behind in 0_i64..=12,
        forms in (select(vec!["%H:%M", "%H:%M:%S"]), select(vec!["%Y-%m-%d ", "%Y-%m-%dT"])),
    ) {
        let (clock, date) = forms;
        let local: Vec<NaiveDateTime> = hours.iter().map(|hour| day() + TimeDelta::hours(*hour)).collect();
        let written: Vec<String> = local.iter().map(|time| {
            format!("{}{}-{:02}:{:02}", time.format(date), time.format(clock), behind, 0)
        }).collect();
        let expected: Vec<NaiveDateTime> = local.iter().map(|time| *time + TimeDelta::hours(behind + 8)).collect();
        match starts(&written) {
            Ok(found) => prop_assert_eq!(found, expected),
            Err(codes) => {
                prop_assert_eq!(codes, ["interval_or_offset"]);
                prop_assert!(clock == "%H:%M" && hours.iter().all(|hour| *hour < behind || behind == 0), "{written:?}");
            }
        }
    }
}

#[test]
fn an_interval_beside_an_end_of_its_own_is_asked_about() {
    let folder = valid_folder();
    let plan = folder.path().join("plan.toml");
    let with_clocks = fs::read_to_string(&plan).unwrap().replace("days = 1\n", "days = 1\nutc_offset_hours = 8\n");
    fs::write(plan, with_clocks).unwrap();
    for (start, codes) in [
        ("2026-11-30 10:00-12:00", vec!["interval_or_offset"]),
        ("2026-11-30 10:00~12:00", vec!["interval_or_offset"]),
        ("2026-11-30 10:00:00-05:00", vec![]),
        ("2026-11-30 10:00+08:00", vec![]),
        ("2026-11-30 10:00", vec![]),
    ] {
        let text = format!("event,family,start,end,queue,volume_multiplier\nsale,sale,{start},2026-12-02 23:00,phone,2.0\n");
        fs::write(folder.path().join("promotions.csv"), text).unwrap();
        let reading = Folder::named(folder.path()).read();
        let errors: Vec<_> = reading.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code).collect();
        assert_eq!(errors, codes, "{start}");
    }
}

#[test]
fn an_interval_of_two_dates_is_its_start() {
    for until in [" - ", "~", " to ", "至", " – "] {
        for second in ["09:30", "09:29:59", "9:30"] {
            let times: Vec<String> =
                (0..10).map(|day| format!("2026-11-{:02} 09:00{until}2026-11-{:02} {second}", day + 2, day + 2)).collect();
            let expected = (0..10).map(|number| day() + TimeDelta::days(number) + TimeDelta::hours(9)).collect();
            assert_eq!(starts(&times), Ok(expected), "{}", times[0]);
        }
    }
}
