//! How many contacts will bots answer? Their share ramps up from a first trial and levels off.
//!
//! The log odds of each day's share follow exponential smoothing with a damped trend (Gardner & McKenzie 1985, *Forecasting trends
//! in time series*, eq. 1–3): a ramp goes on for a while and flattens, and odds never pass 0 or 100 %.

use crate::forecast::knowledge::facts::Facts;
use crate::history::RawCount;
use crate::time::Horizon;
use crate::units::Share;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Days with a known share below which none is forecast.
const LEAST_DAYS: usize = 14;
/// What is left of the trend after each day: half after five weeks.
const DAMPING: f64 = 0.98;
/// Weights of level and trend that are tried.
const WEIGHTS: [(f64, f64); 6] = [(0.1, 0.0), (0.3, 0.0), (0.1, 0.02), (0.3, 0.02), (0.1, 0.1), (0.3, 0.1)];
/// The error that chooses among them is so many days ahead.
const AHEAD: usize = 7;
/// Shares nearer to none or all than this have no usable log odds.
const EDGE: f64 = 0.002;

/// The share of contacts that bots answer in full, a value a day of the horizon; `None` if the rows before `until` do not tell it
/// for two weeks. Days whose share planners stated for an event teach nothing.
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

/// The share of each day that tells one, kept off 0 and 1.
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
