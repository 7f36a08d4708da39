//! Changes of the export format: days counted in another interval, converted to the latest one.

use super::{Finding, FindingKind, RawCount};
use crate::time::Interval;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use num_integer::gcd;
use std::collections::BTreeMap;

/// Days before or from a day on whose rows determine its interval, since a day with few rows may appear coarser.
const WINDOW_DAYS: usize = 7;
/// Minimum number of rows in that window.
const LEAST_ROWS: usize = 20;
/// Minimum length in minutes of parts into which off-grid intervals are cut.
const LEAST_CUT: i64 = 15;

/// Rows on one grid, and a finding if any day was counted differently. Rows shorter than `interval` are summed, longer ones split evenly,
/// and weeks of whole days left out.
pub(super) fn regrid(raw: &[RawCount], interval: Interval) -> (Vec<RawCount>, Option<Finding>) {
    let mut by_date: BTreeMap<NaiveDate, Vec<RawCount>> = BTreeMap::new();
    raw.iter().for_each(|count| by_date.entry(count.start.date()).or_default().push(*count));
    let days: Vec<Vec<RawCount>> = by_date.into_values().collect();
    let minutes = i64::from(interval.minutes());
    let mut found: Option<Finding> = None;
    let mut rows = Vec::with_capacity(raw.len());
    let whole = whole_days(&days);
    for (number, day) in days.iter().enumerate() {
        let before = &days[number.saturating_sub(WINDOW_DAYS - 1)..=number];
        let after = &days[number..days.len().min(number + WINDOW_DAYS)];
        if interval != Interval::DAY && whole[number] {
            let of = |start| Finding { kind: FindingKind::IntervalChanged, start, intervals: 0, count: 1440.0 };
            found.get_or_insert_with(|| of(day[0].start)).intervals += 1;
            continue;
        }
        let is_other = |own: &i64| *own > minutes || day.iter().any(|count| minute_of_day(count.start) % minutes != 0);
        match own_minutes(before, minutes).or_else(|| own_minutes(after, minutes)).filter(is_other) {
            None => rows.extend(day),
            Some(own) => {
                let of = |start| Finding { kind: FindingKind::IntervalChanged, start, intervals: 0, count: own as f64 };
                found.get_or_insert_with(|| of(day[0].start)).intervals += day.len();
                rows.extend(if own > minutes { shared(day, own / minutes, minutes) } else { added_up(day, minutes) });
            }
        }
    }
    (rows, found)
}

/// Whether each day belongs to a week or more of single rows at midnight: the distribution over the day is unknown.
fn whole_days(days: &[Vec<RawCount>]) -> Vec<bool> {
    let runs = days.chunk_by(|one, other| is_alone_at_midnight(one) == is_alone_at_midnight(other));
    runs.flat_map(|run| vec![is_alone_at_midnight(&run[0]) && run.len() >= WINDOW_DAYS; run.len()]).collect()
}

fn is_alone_at_midnight(day: &[RawCount]) -> bool {
    day.len() == 1 && minute_of_day(day[0].start) == 0
}

/// Interval of some days, if it is a divisor or a multiple of `minutes` and every row is on its grid.
fn own_minutes(days: &[Vec<RawCount>], minutes: i64) -> Option<i64> {
    let mut starts: Vec<NaiveDateTime> = days.iter().flatten().map(|count| count.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let own = commonest_distance(&starts).filter(|own| starts.len() >= LEAST_ROWS && *own != minutes)?;
    let related = own % minutes == 0 || minutes % own == 0;
    (related && phase(&starts, own).is_some_and(|phase| phase % minutes == 0 || own < minutes && phase == 0)).then_some(own)
}

/// Part of an interval that puts all sorted `starts` on its grid: two hours from 9:00 on are cut into hours. The interval itself, if days
/// have too few rows to show that they are longer than its parts.
pub(super) fn cut(starts: &[NaiveDateTime], minutes: i64) -> i64 {
    let dates = starts.chunk_by(|one, other| one.date() == other.date()).count();
    // a day in the middle of a short history has half of it in its window
    let in_a_week = starts.len() * WINDOW_DAYS.min(dates.div_ceil(2)) / dates.max(1);
    let part = phase(starts, minutes).map_or(minutes, |phase| gcd(minutes, phase));
    if part < LEAST_CUT || in_a_week < LEAST_ROWS { minutes } else { part }
}

/// Common offset of all starts from a grid at midnight, in minutes; `None` if they differ.
fn phase(starts: &[NaiveDateTime], minutes: i64) -> Option<i64> {
    let first = minute_of_day(*starts.first()?) % minutes;
    starts.iter().all(|start| minute_of_day(*start) % minutes == first).then_some(first)
}

fn minute_of_day(time: NaiveDateTime) -> i64 {
    i64::from(time.hour() * 60 + time.minute())
}

fn shared(day: &[RawCount], parts: i64, minutes: i64) -> Vec<RawCount> {
    let part =
        |count: &RawCount, number: i64| RawCount::of(count.start + TimeDelta::minutes(number * minutes), count.contacts / parts as f64);
    day.iter().flat_map(|count| (0..parts).map(|number| part(count, number))).collect()
}

fn added_up(day: &[RawCount], minutes: i64) -> Vec<RawCount> {
    let mut sums: BTreeMap<NaiveDateTime, f64> = BTreeMap::new();
    for count in day {
        let start = count.start - TimeDelta::minutes(minute_of_day(count.start) % minutes);
        *sums.entry(start).or_default() += count.contacts;
    }
    sums.into_iter().map(|(start, contacts)| RawCount::of(start, contacts)).collect()
}

/// Most common distance in minutes between consecutive starts of one day. Only divisors of a day count; the shorter of two equally common
/// ones.
pub(super) fn commonest_distance(starts: &[NaiveDateTime]) -> Option<i64> {
    let mut distances: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in starts.windows(2).filter(|pair| pair[0].date() == pair[1].date()) {
        *distances.entry((pair[1] - pair[0]).num_minutes()).or_default() += 1;
    }
    let divides = |minutes: i64| u32::try_from(minutes).is_ok_and(|minutes| Interval::from_minutes(minutes).is_ok());
    let usable = distances.into_iter().filter(|(minutes, _)| divides(*minutes));
    usable.max_by_key(|&(minutes, times)| (times, std::cmp::Reverse(minutes))).map(|(minutes, _)| minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read_date;

    /// Four weeks of days from 9 to 17, two in one interval and two in another.
    fn changed(first: i64, then: i64) -> Vec<RawCount> {
        let monday = read_date("2026-08-03").unwrap();
        let day = |day: i64| {
            let minutes = if day < 14 { first } else { then };
            let start = (monday + chrono::Days::new(day as u64)).and_hms_opt(9, 0, 0).unwrap();
            (0..480 / minutes).map(move |slot| RawCount::of(start + TimeDelta::minutes(slot * minutes), minutes as f64))
        };
        (0..28).flat_map(day).collect()
    }

    #[test]
    fn hours_of_old_become_half_hours_and_quarters_are_added_up() {
        for old in [60, 15] {
            let (rows, found) = regrid(&changed(old, 30), Interval::HALF_HOUR);
            assert_eq!(rows.len(), 28 * 16);
            assert!(rows.iter().all(|row| row.contacts == 30.0), "a contact a minute, before and after");
            let found = found.unwrap();
            assert_eq!((found.kind, found.intervals, found.count), (FindingKind::IntervalChanged, 14 * 480 / old as usize, old as f64));
        }
    }

    #[test]
    fn whole_days_before_hours_are_left_out() {
        let hours = changed(60, 60);
        let days =
            (1..=31).map(|back| RawCount::of((hours[0].start.date() - chrono::Days::new(back)).and_time(chrono::NaiveTime::MIN), 150.0));
        let all: Vec<RawCount> = days.chain(hours.iter().copied()).collect();
        let (rows, found) = regrid(&all, Interval::from_minutes(60).unwrap());
        assert_eq!((rows, found.map(|found| found.intervals)), (hours, Some(31)));
    }

    #[test]
    fn two_hours_that_begin_at_odd_ones_are_shared_by_both() {
        let monday = read_date("2026-08-03").unwrap();
        let of_day = |day: u64| {
            (0..4).map(move |slot| RawCount::of((monday + chrono::Days::new(day)).and_hms_opt(9 + slot * 2, 0, 0).unwrap(), 20.0))
        };
        let rows: Vec<RawCount> = (0..28).flat_map(of_day).collect();
        let interval = super::super::interval_of(&rows).unwrap();
        assert_eq!(interval.minutes(), 60);
        let (hours, found) = regrid(&rows, interval);
        assert_eq!((hours.len(), hours.iter().map(|row| row.contacts).sum::<f64>()), (28 * 8, 28.0 * 80.0));
        assert!(hours.iter().all(|row| (9..17).contains(&row.start.hour())) && found.is_some_and(|found| found.count == 120.0));
    }

    #[test]
    fn intervals_of_any_length_that_begin_off_the_clocks_grid_keep_their_contacts_and_their_hours() {
        let monday = read_date("2026-08-03").unwrap().and_time(chrono::NaiveTime::MIN);
        let lengths = [30, 60, 120, 180, 240, 360];
        for (days, length) in [4, 9, 13, 14, 28].into_iter().flat_map(|days| lengths.map(|length| (days, length))) {
            for phase in (0..length).step_by(15) {
                let open = phase + length..1440 - length;
                let starts =
                    open.step_by(length as usize).filter(|start| start + length <= 1440).map(|start| monday + TimeDelta::minutes(start));
                let of_a_day: Vec<NaiveDateTime> = starts.collect();
                let rows = (0..days).flat_map(|day| of_a_day.iter().map(move |start| RawCount::of(*start + TimeDelta::days(day), 12.0)));
                let rows: Vec<RawCount> = rows.collect();
                let Some(interval) = super::super::interval_of(&rows).filter(|_| of_a_day.len() > 1) else { continue };
                let minutes = i64::from(interval.minutes());
                if minutes == length && phase > 0 {
                    assert!(of_a_day.len() < 3 || days < 14, "{length} minutes from {phase} on are left");
                    continue;
                }
                assert!(length % minutes == 0 && phase % minutes == 0, "{length} minutes from {phase} on: {minutes}");
                let (cut, _) = regrid(&rows, interval);
                let total: f64 = cut.iter().map(|row| row.contacts).sum();
                assert!((total - 12.0 * rows.len() as f64).abs() < 1e-6, "{length} minutes from {phase} on: {total}");
                assert!(cut.iter().all(|row| minute_of_day(row.start) % minutes == 0), "{length} minutes from {phase} on");
                let parts = (length / minutes) as usize;
                assert_eq!(cut.len(), rows.len() * parts, "{length} minutes from {phase} on");
            }
        }
    }

    #[test]
    fn hours_without_a_contact_that_have_no_row_are_no_change() {
        let mut rows = changed(60, 60);
        rows.retain(|row| (row.start.hour() * 7 + chrono::Datelike::day(&row.start.date())) % 3 == 0);
        assert_eq!(regrid(&rows, Interval::from_minutes(60).unwrap()), (rows.clone(), None));
    }
}
