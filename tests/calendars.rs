//! Incomplete calendars: missing entries of a year are reported, and full calendars are not.

use chrono::{Datelike, Days, NaiveDate};
use peakshift::calendar::{Calendar, CalendarDoubt, CalendarUse, DayKind, SpecialDay};
use peakshift::input::Folder;
use peakshift::time::read_date;
use peakshift::units::Factor;
use proptest::prelude::*;
use std::fs;

fn date(text: &str) -> NaiveDate {
    read_date(text).unwrap()
}

/// A holiday: name, day in the first year, shift each year, days off beside it, and whether a day makes up for one.
type Feast = (&'static str, u64, i64, u64, bool);

/// Nine typical holidays: fixed ones, lunar ones, ones of which one name begins with the other's.
const FEASTS: [Feast; 9] = [
    ("New Year", 0, 0, 0, false),
    ("New Year of the Moon", 28, 19, 6, true),
    ("Easter", 95, -11, 0, false),
    ("Easter Monday", 96, -11, 0, false),
    ("清明节", 93, 1, 1, false),
    ("端午节", 150, 17, 1, false),
    ("Labour Day (May)", 120, 0, 2, true),
    ("Feast 1", 200, 3, 0, false),
    ("Feast 10", 230, 3, 1, false),
];

fn enter(calendar: &mut Calendar, date: NaiveDate, kind: DayKind, name: &str) {
    let _ = calendar.enter(date, SpecialDay { kind, name: name.into(), overtime_rate: Factor::ONE });
}

/// A year of the holidays except those `left_out`; in odd years some names are spelt differently.
fn year(calendar: &mut Calendar, year: i32, number: i64, left_out: &[usize]) {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    for (_, &(name, day, moves, beside, made_up)) in FEASTS.iter().enumerate().filter(|(place, _)| !left_out.contains(place)) {
        let date = first + Days::new((day as i64 + number * moves) as u64);
        let written = match name {
            "清明节" if number % 2 == 1 => "清明".to_owned(),
            "Easter" if number % 2 == 1 => format!("Easter {year}"),
            "Labour Day (May)" if number % 2 == 1 => "labour  day".to_owned(),
            _ => name.to_owned(),
        };
        enter(calendar, date, DayKind::Statutory, &written);
        (1..=beside).for_each(|after| enter(calendar, date + Days::new(after), DayKind::BridgeOff, &written));
        if made_up {
            enter(calendar, date + Days::new(20), DayKind::MakeupWork, &format!("{name} make-up"));
        }
    }
}

fn planned_in(year: i32) -> CalendarUse {
    let day = |year: i32, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    CalendarUse { history: day(year - 1, 2)..day(year - 1, 11), planned: day(year, 1)..day(year, 3), published_month: Some(11) }
}

fn missing(doubts: &[CalendarDoubt]) -> Vec<String> {
    let names = |doubt: &CalendarDoubt| match doubt {
        CalendarDoubt::HolidaysMissing { names, .. } => names.clone(),
        _ => Vec::new(),
    };
    doubts.iter().flat_map(names).collect()
}

proptest! {
    /// All holidays missing from a year are reported, and no others; full years raise no doubt, however their names are spelt.
    #[test]
    fn a_feast_that_a_year_lacks_is_named(left_out in prop::collection::btree_set(0..FEASTS.len(), 0..=FEASTS.len() - 1), years in 2_i32..4) {
        let left_out: Vec<usize> = left_out.into_iter().collect();
        let mut calendar = Calendar::default();
        let last = 2024 + years;
        for of in 2025..last {
            year(&mut calendar, of, i64::from(of - 2025), &[]);
        }
        year(&mut calendar, last, i64::from(last - 2025), &left_out);
        let doubts = calendar.doubts(&planned_in(last));
        let plain = |name: &str| name.to_lowercase().replace(" (may)", "").replace('节', "");
        let mut expected: Vec<String> = left_out.iter().map(|&place| plain(FEASTS[place].0)).collect();
        let mut found: Vec<String> = missing(&doubts).iter().map(|name| plain(name)).collect();
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(doubts.is_empty(), left_out.is_empty(), "{:?}", doubts);
    }
}

#[test]
fn one_row_of_a_year_does_not_speak_for_all_of_it() {
    let mut calendar = Calendar::default();
    year(&mut calendar, 2026, 0, &[]);
    enter(&mut calendar, date("2027-01-01"), DayKind::Statutory, "New Year");
    let doubts = calendar.doubts(&planned_in(2027));
    assert!(matches!(doubts[0], CalendarDoubt::YearThin { year: (2027, 1), against: (2026, 22) }), "{doubts:?}");
    assert_eq!(missing(&doubts).len(), FEASTS.len() - 1);
    assert!(doubts.contains(&CalendarDoubt::ArrangementMissing { year: 2027, against: 2026 }));
    assert_eq!(doubts.last(), Some(&CalendarDoubt::ArrangementPending { year: 2027, published: (2026, 11) }));
}

#[test]
fn the_days_known_decide_whether_an_arrangement_is_out() {
    let mut calendar = Calendar::default();
    year(&mut calendar, 2026, 0, &[]);
    let known_until = |end: &str| {
        let of = CalendarUse { history: date("2026-01-01")..date(end), ..planned_in(2027) };
        calendar.doubts(&of).pop().unwrap()
    };
    assert_eq!(known_until("2026-11-30"), CalendarDoubt::ArrangementPending { year: 2027, published: (2026, 11) });
    assert_eq!(known_until("2026-12-01"), CalendarDoubt::ArrangementOut { year: 2027, published: (2026, 11) });
    let law_without_notice = CalendarUse { published_month: None, ..planned_in(2027) };
    assert_eq!(calendar.doubts(&law_without_notice), [CalendarDoubt::YearMissing(2027)]);
}

#[test]
fn a_holiday_that_comes_once_in_some_years_is_not_missed() {
    let mut calendar = Calendar::default();
    (0..3).for_each(|number| year(&mut calendar, 2025 + number, i64::from(number), &[]));
    enter(&mut calendar, date("2026-09-22"), DayKind::Statutory, "Citizens' holiday");
    assert_eq!(calendar.doubts(&planned_in(2027)), []);
}

#[test]
fn a_year_of_the_history_is_asked_for_the_days_that_the_history_has() {
    let mut calendar = Calendar::default();
    year(&mut calendar, 2026, 0, &[]);
    let learned = |first: &str| CalendarUse {
        history: date(first)..date("2026-11-01"),
        planned: date("2026-11-02")..date("2026-11-30"),
        published_month: None,
    };
    assert_eq!(calendar.doubts(&learned("2025-03-01")), [CalendarDoubt::PastYearMissing(2025)]);
    assert_eq!(calendar.doubts(&learned("2025-10-01")), [], "no feast lies so late in the year");
    year(&mut calendar, 2025, 0, &[6]);
    assert_eq!(missing(&calendar.doubts(&learned("2025-01-01"))), ["labour day"]);
    assert_eq!(calendar.doubts(&learned("2025-06-01")), []);
}

/// Calendar problems of a plan folder with its horizon in February 2027 and a row for that year.
fn checked(rows_of_2027: &str) -> Vec<(&'static str, String)> {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir("data/tiny").unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let plan = fs::read_to_string("data/tiny/plan.toml").unwrap().replace("2026-11-30", "2027-02-01");
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    let rows = fs::read_to_string("data/qinghe/calendar_cn_2026.csv").unwrap();
    fs::write(folder.path().join("calendar.csv"), rows + rows_of_2027).unwrap();
    let reading = Folder::named(folder.path()).read();
    let found = reading.problems.iter().filter(|problem| problem.code.starts_with("calendar_"));
    found.map(|problem| (problem.code, problem.value.clone())).collect()
}

#[test]
fn check_names_the_spring_festival_that_a_calendar_of_one_row_forgets() {
    let found = checked("2027-01-01,statutory,元旦,3.0\n");
    assert_eq!(
        found.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["calendar_year_thin", "calendar_holidays_missing", "calendar_arrangement_missing", "calendar_arrangement_pending"]
    );
    assert!(found[1].1.contains("春节") && !found[1].1.contains("元旦"), "{found:?}");
    assert_eq!(checked("").iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["calendar_year_missing", "calendar_arrangement_pending"]);
}

#[test]
fn the_calendars_of_the_examples_raise_no_doubt() {
    for example in ["data/qinghe", "data/tiny"] {
        let inputs = Folder::named(example.as_ref()).read().inputs.unwrap();
        assert_eq!(inputs.calendar_doubts(), [], "{example}");
        assert_eq!(inputs.horizon.first.year(), 2026);
    }
}
