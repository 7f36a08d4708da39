//! A two-week cycle, such as one from pay on every other Friday: learned only where it is beyond doubt.

use super::regressor::{Group, Hold, Kind, Part, Regressor};
use super::robust::robust_scale;
use crate::event::Event;
use crate::forecast::knowledge::days::DayTable;
use crate::history::ContactHistory;
use crate::time::week_of;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Minimum number of weeks with both neighbours counted.
const LEAST_WEEKS: usize = 10;
/// Minimum difference of alternate weeks, in standard errors and on the log.
const STANDARD_ERRORS: f64 = 7.0;
const LEAST_DIFFERENCE: f64 = 0.05;
/// Ratio of the standard error of the median difference from both neighbours' mean to that of independent numbers. Such differences share
/// weeks (1.63), and a median varies more than a mean (1.25).
const ERROR_OVER_INDEPENDENT: f64 = 2.04;

/// Continuous number of a date's week.
fn week(date: NaiveDate) -> i32 {
    week_of(date).num_days_from_ce().div_euclid(7)
}

/// Half the difference between alternate weeks, signed by week.
fn half(date: NaiveDate) -> f64 {
    if week(date) % 2 == 0 { 0.5 } else { -0.5 }
}

/// Whether alternate weeks differ, as a whole or on one weekday; `logs` are the log totals of `days`. Event days are ignored.
pub(in crate::forecast) fn shows(history: &ContactHistory, events: &[Event], days: &[usize], logs: &[f64]) -> bool {
    let mut by_weekday: [BTreeMap<i32, f64>; 7] = Default::default();
    for (&day, &log) in days.iter().zip(logs) {
        let date = history.date(day);
        if !events.iter().any(|event| event.is_on_date(date)) {
            by_weekday[date.weekday().num_days_from_monday() as usize].insert(week(date), log);
        }
    }
    let differences: Vec<BTreeMap<i32, f64>> = by_weekday.iter().map(over_neighbours).collect();
    let mut by_week: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    differences.iter().flatten().for_each(|(&week, &difference)| by_week.entry(week).or_default().push(difference));
    let whole: Vec<f64> = by_week.into_values().map(|days| days.iter().sum::<f64>() / days.len() as f64).collect();
    let of_days = differences.iter().map(|of_weekday| of_weekday.values().copied().collect());
    std::iter::once(whole).chain(of_days).any(|differences| is_beyond_doubt(&differences))
}

/// Difference of each week's log from the mean of its neighbours, with the sign of the week; trends cancel.
fn over_neighbours(logs: &BTreeMap<i32, f64>) -> BTreeMap<i32, f64> {
    let difference = |(&week, &log): (&i32, &f64)| {
        let over = log - (logs.get(&(week - 1))? + logs.get(&(week + 1))?) / 2.0;
        Some((week, if week % 2 == 0 { over } else { -over }))
    };
    logs.iter().filter_map(difference).collect()
}

fn is_beyond_doubt(differences: &[f64]) -> bool {
    if differences.len() < LEAST_WEEKS {
        return false;
    }
    let mut sorted = differences.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[sorted.len() / 2];
    let left: Vec<f64> = differences.iter().map(|difference| difference - median).collect();
    let error = ERROR_OVER_INDEPENDENT * robust_scale(&left) / (differences.len() as f64).sqrt();
    median.abs() >= LEAST_DIFFERENCE.max(STANDARD_ERRORS * error)
}

/// Columns of the two-week cycle, as a whole and by weekday.
pub(in crate::forecast) fn columns(table: &DayTable) -> Vec<Regressor> {
    let column = |kind: Kind, value: &dyn Fn(NaiveDate) -> f64| Regressor {
        part: Part::Season,
        hold: Hold::Pooled(Group { name: (None, kind), guess: kind.guess() }),
        prior: 0.0,
        values: table.dates().map(value).collect(),
    };
    let of_weekday =
        |of: u32| column(Kind::FortnightDay, &|date| if date.weekday().num_days_from_monday() == of { half(date) } else { 0.0 });
    std::iter::once(column(Kind::Fortnight, &half)).chain((0..7).map(of_weekday)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::RawCount;
    use crate::time::{Interval, read_date};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, LogNormal};

    /// Whether a cycle shows in `days` days with a mean of a thousand contacts, scaled by `times` of day number and date.
    fn shows_in(days: u64, noise: f64, seed: u64, times: impl Fn(f64, NaiveDate) -> f64) -> bool {
        let (first, mut random) = (read_date("2025-03-05").unwrap(), ChaCha8Rng::seed_from_u64(seed));
        let factor = LogNormal::new(0.0, noise).unwrap();
        let dates = first.iter_days().take(days as usize).enumerate();
        let rows: Vec<RawCount> = dates
            .map(|(day, date)| {
                let weekday = [1.2, 1.0, 1.0, 0.9, 1.1, 0.5, 0.3][date.weekday().num_days_from_monday() as usize];
                RawCount::of(
                    date.and_time(chrono::NaiveTime::MIN),
                    (1000.0 * weekday * times(day as f64, date) * factor.sample(&mut random)).round(),
                )
            })
            .collect();
        let (history, _) = ContactHistory::from_counts(&rows, Interval::DAY, &[], first + chrono::Days::new(days)).unwrap();
        let usable: Vec<usize> = (0..history.days()).filter(|&day| history.is_complete(day)).collect();
        let logs: Vec<f64> = usable.iter().map(|&day| history.day_total(day).unwrap().ln()).collect();
        shows(&history, &[], &usable, &logs)
    }

    #[test]
    fn trends_shifts_seasons_months_and_noise_are_no_rhythm_of_two_weeks() {
        let mut found = 0;
        for seed in 0..40 {
            for noise in [0.0, 0.02, 0.1, 0.3] {
                for days in [70, 120, 430] {
                    found += u32::from(shows_in(days, noise, seed, |_, _| 1.0));
                    found += u32::from(shows_in(days, noise, seed, |day, _| 1.01_f64.powf(day)));
                    found += u32::from(shows_in(days, noise, seed, |day, _| if day > 40.0 { 2.0 } else { 1.0 }));
                    found += u32::from(shows_in(days, noise, seed, |day, _| 1.0 + 0.4 * (day / 58.0).sin()));
                    found += u32::from(shows_in(days, noise, seed, |_, date| if date.day() < 6 { 1.5 } else { 1.0 }));
                }
            }
        }
        assert!(found <= 1, "{found} of 2,400");
    }

    #[test]
    fn every_other_week_or_payday_shows() {
        let is_even = |date: NaiveDate| week(date) % 2 == 0;
        for seed in 0..20 {
            assert!(shows_in(120, 0.05, seed, |_, date| if is_even(date) { 1.25 } else { 1.0 }), "{seed}");
            let payday = |_: f64, date: NaiveDate| if is_even(date) && date.weekday() == chrono::Weekday::Fri { 1.5 } else { 1.0 };
            assert!(shows_in(300, 0.08, seed, payday), "{seed}");
        }
    }
}
