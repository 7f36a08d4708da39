//! Forecast of bot containment: the share of contacts that bots handle in full.
//!
//! The log odds of the daily share follow exponential smoothing with a damped trend (Gardner & McKenzie 1985, *Forecasting trends in time
//! series*, eq. 1–3). A ramp-up after a first trial continues and flattens, and the share stays between 0 and 100 %.

use crate::forecast::knowledge::facts::Facts;
use crate::history::RawCount;
use crate::time::Horizon;
use crate::units::Share;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Minimum number of days with a known share.
const LEAST_DAYS: usize = 14;
/// Share of the trend left after each day: half after five weeks.
const DAMPING: f64 = 0.98;
/// Candidate smoothing weights of level and trend.
const WEIGHTS: [(f64, f64); 6] = [(0.1, 0.0), (0.3, 0.0), (0.1, 0.02), (0.3, 0.02), (0.1, 0.1), (0.3, 0.1)];
/// Days ahead of the error that selects the weights.
const AHEAD: usize = 7;
/// Distance from 0 and 1 to which shares are clamped, since the log odds diverge there.
const EDGE: f64 = 0.002;

/// Bot containment, one value per day of the horizon; `None` if fewer than two weeks before `until` have a known share. Days with a share
/// that planners stated for an event are not learned from.
///
/// ```
/// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
/// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
/// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let counts: Vec<RawCount> = counts.iter().map(|count| RawCount { by_bots: Some(30.0), ..*count }).collect(); // of 100 a day
/// let shares = bot_shares(&counts, &facts, past.end(), Horizon { first: past.end(), days: 7 }).unwrap();
/// assert!(shares.len() == 7 && shares.iter().all(|share| (share.get() - 0.3).abs() < 1e-9));
/// assert!(bot_shares(&counts[..13], &facts, past.end(), past).is_none()); // fewer than two weeks
/// ```
#[must_use]
pub fn bot_shares(counts: &[RawCount], facts: &Facts, until: NaiveDate, horizon: Horizon) -> Option<Vec<Share>> {
    let known = daily_shares(counts, facts, until);
    let last = *known.last_key_value()?.0;
    if known.len() < LEAST_DAYS {
        return None;
    }
    let odds: Vec<f64> = known.values().map(|share| (share / (1.0 - share)).ln()).collect();
    let fits = WEIGHTS.map(|weights| Ramp::follow(&odds, weights));
    let ramp = fits.into_iter().reduce(|best, next| if next.error < best.error { next } else { best })?;
    let share = |date: NaiveDate| 1.0 / (1.0 + (-ramp.ahead((date - last).num_days().max(0) as usize)).exp());
    horizon.dates().map(|date| Share::new(share(date)).ok()).collect()
}

/// Bot containment by day, clamped away from 0 and 1. Days without a known share are left out.
pub(super) fn daily_shares(counts: &[RawCount], facts: &Facts, until: NaiveDate) -> BTreeMap<NaiveDate, f64> {
    let mut days: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
    let stated = |date: NaiveDate| facts.events.iter().any(|event| event.expected.bot_share.is_some() && event.is_on_date(date));
    for count in counts.iter().filter(|count| count.start.date() < until && count.contacts > 0.0) {
        if let Some(by_bots) = count.by_bots {
            let day = days.entry(count.start.date()).or_default();
            *day = (day.0 + by_bots, day.1 + count.contacts);
        }
    }
    let share = |(date, (by_bots, all)): (NaiveDate, (f64, f64))| (date, (by_bots / all).clamp(EDGE, 1.0 - EDGE));
    days.into_iter().filter(|(date, _)| !stated(*date)).map(share).collect()
}

struct Ramp {
    level: f64,
    trend: f64,
    error: f64,
}

impl Ramp {
    fn follow(odds: &[f64], (of_level, of_trend): (f64, f64)) -> Self {
        let mut ramp = Self { level: odds[0], trend: 0.0, error: 0.0 };
        for (day, odds_of_day) in odds.iter().enumerate() {
            let expected = ramp.level + DAMPING * ramp.trend;
            let before = ramp.level;
            ramp.level = expected + of_level * (odds_of_day - expected);
            ramp.trend = DAMPING * ramp.trend + of_trend * (ramp.level - before - DAMPING * ramp.trend);
            if let Some(later) = odds.get(day + AHEAD) {
                ramp.error += (later - ramp.ahead(AHEAD)).abs();
            }
        }
        ramp
    }

    fn ahead(&self, days: usize) -> f64 {
        self.level + (1..=days).map(|day| DAMPING.powi(day as i32)).sum::<f64>() * self.trend
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::time::read_date;

    fn shares_after(days: usize, share: impl Fn(usize) -> f64) -> Option<Vec<Share>> {
        let first = read_date("2026-06-01").unwrap();
        let at = |day: usize| first + chrono::Days::new(day as u64);
        let row =
            |day: usize| RawCount { by_bots: Some(1000.0 * share(day)), ..RawCount::of(at(day).and_time(chrono::NaiveTime::MIN), 1000.0) };
        let counts: Vec<RawCount> = (0..days).map(row).collect();
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        bot_shares(&counts, &facts, at(days), Horizon { first: at(days), days: 14 })
    }

    #[test]
    fn a_steady_share_stays_and_a_ramp_goes_on_and_flattens() {
        let steady = shares_after(60, |_| 0.3).unwrap();
        assert!(steady.iter().all(|share| (share.get() - 0.3).abs() < 1e-9));
        let ramp = |day: usize| 0.10 + 0.004 * day as f64;
        let ahead = shares_after(60, ramp).unwrap();
        assert!((ahead[6].get() - ramp(66)).abs() < 0.02, "{}", ahead[6].get());
        assert!(ahead[13] > ahead[6] && ahead[13].get() - ahead[12].get() < 0.004);
    }

    #[test]
    fn two_weeks_are_the_least_that_tell_a_share() {
        assert!(shares_after(13, |_| 0.3).is_none());
    }
}
