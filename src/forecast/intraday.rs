//! Intraday update: the rest of the day, given its counts so far.
//!
//! A day that starts high mostly stays high, but not in full. The share carried over is learned from past days: the log of the rest over
//! its forecast is regressed on the log of the day so far and of its last two hours over theirs. This is the penalised update of Shen &
//! Huang 2008 (*Interday forecasting and intraday updating of call center arrivals*, § 4), with the penalty set by the evidence of past
//! days.

use super::choice::{Forecast, ForecastError, prepare};
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::holidays::with_holidays;
use crate::forecast::knowledge::known::Known;
use crate::history::ContactHistory;
use crate::time::{Horizon, Series};
use crate::units::Contacts;
use chrono::NaiveDate;
use nalgebra::{Matrix2, Vector2};

/// Latest hours, which predict the next ones best.
const RECENT_HOURS: usize = 2;
/// Ridge, in days' worth of evidence for no carry-over.
const CAUTION_DAYS: f64 = 3.0;
/// Weeks after which a past day counts half.
const HALF_LIFE_WEEKS: f64 = 12.0;
/// Past days below which nothing is learned, and the share then carried over.
const LEAST_DAYS: usize = 10;
const UNLEARNED_SHARE: f64 = 0.7;

/// A day's forecast before and after its first counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Forecast made the day before.
    pub eve: Forecast,
    /// Counts where known, the revised forecast elsewhere.
    pub now: Forecast,
}

/// Revision of a day's forecast by its counts so far. `so_far` has one number per interval from midnight on, NaN where none was counted.
/// Past intervals have their count as mean and quantiles; the others are rescaled, with narrower bands.
///
/// # Errors
/// [`ForecastError::NoHistory`] if nothing was counted before the day.
///
/// ```
/// # use peakshift::{history::{ContactHistory, RawCount}, time::{Horizon, Interval, read_date}};
/// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// # let grid = past.grid(Interval::from_minutes(60)?);
/// # let open = (0..grid.len()).filter(|&index| (9..17).contains(&grid.slot_of_day(index)));
/// # let counts: Vec<RawCount> = open.map(|index| RawCount::of(grid.start(index), 10.0)).collect(); // 10 an hour, 9 to 17
/// # let (history, _) = ContactHistory::from_counts(&counts, grid.interval(), &[], past.end()).unwrap();
/// use peakshift::{calendar::Calendar, forecast::{Facts, ForecastError, rest_of_day}};
/// let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let so_far: Vec<f64> = (0..12).map(|hour| if hour < 9 { 0.0 } else { 20.0 }).collect(); // until noon, twice as many as usual
/// let revision = rest_of_day(&history, &facts, past.end(), &so_far)?;
/// assert_eq!((revision.now.mean[9].get(), revision.now.quantiles[9][6].get()), (20.0, 20.0)); // counted
/// assert!(revision.now.mean[15] > revision.eve.mean[15]); // a day that starts high mostly stays high
/// let impossible = RawCount::of(grid.start(9), -1.0); // left out, so nothing is counted
/// let (empty, _) = ContactHistory::from_counts(&[impossible], grid.interval(), &[], past.end()).unwrap();
/// assert_eq!(rest_of_day(&empty, &facts, past.end(), &so_far), Err(ForecastError::NoHistory));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rest_of_day(history: &ContactHistory, facts: &Facts, date: NaiveDate, so_far: &[f64]) -> Result<Revision, ForecastError> {
    let horizon = Horizon { first: date, days: 1 };
    let mut prepared = prepare(history, facts, horizon)?;
    let eve = prepared.forecast(history, facts, horizon);
    let ahead: Vec<f64> = prepared.means.row(0).to_vec();
    let now = so_far.len().min(ahead.len());
    let events = with_holidays(facts, horizon);
    let update = Update::learn(history, &Facts { events: &events, ..*facts }, now);
    let off = Ratios::of(so_far, &ahead, now, history.interval().per_day());
    let factor = off.map_or(1.0, |off| update.factor(off));
    for (slot, mean) in prepared.means.row_mut(0).iter_mut().enumerate() {
        let counted = so_far.get(slot).copied().filter(|count| !count.is_nan());
        *mean = counted.unwrap_or(ahead[slot] * factor);
    }
    if let Some(variance) = update.variance.filter(|_| off.is_some()) {
        prepared.spread = prepared.spread.with_day_variance(variance);
    }
    let forecast = prepared.forecast(history, facts, horizon);
    let counted = |slot: usize| so_far.get(slot).copied().filter(|count| !count.is_nan()).and_then(|count| Contacts::new(count).ok());
    let quantiles = Series::from_fn(forecast.quantiles.grid(), |slot| match counted(slot) {
        Some(count) => forecast.quantiles[slot].map(|_| count),
        None => forecast.quantiles[slot],
    });
    Ok(Revision { eve, now: Forecast { quantiles, ..forecast } })
}

/// Logs of counts over forecast: of the day so far, and of its last hours less that.
#[derive(Clone, Copy, Debug)]
struct Ratios(Vector2<f64>);

impl Ratios {
    /// `None` if nothing was expected or counted so far.
    fn of(counts: &[f64], forecast: &[f64], now: usize, per_day: usize) -> Option<Self> {
        let recent = now.saturating_sub((RECENT_HOURS * per_day / 24).max(1));
        let day = log_ratio(counts, forecast, 0..now)?;
        Some(Self(Vector2::new(day, log_ratio(counts, forecast, recent..now).map_or(0.0, |last| last - day))))
    }
}

/// ln((counts + ½) / (forecast + ½)) over the intervals that have both.
fn log_ratio(counts: &[f64], forecast: &[f64], slots: std::ops::Range<usize>) -> Option<f64> {
    let both = slots
        .filter_map(|slot| Some((*counts.get(slot)?, *forecast.get(slot)?)))
        .filter(|(count, expected)| !count.is_nan() && *expected > 0.0);
    let (came, expected) = both.fold((0.0, 0.0), |(came, expected), pair| (came + pair.0, expected + pair.1));
    (expected > 0.0).then(|| ((came + 0.5) / (expected + 0.5)).ln())
}

/// Regression of the rest of the day on the day so far.
struct Update {
    weights: Vector2<f64>,
    /// Residual variance of the log of the rest; `None` if not learned.
    variance: Option<f64>,
}

impl Update {
    fn learn(history: &ContactHistory, facts: &Facts, now: usize) -> Self {
        let unlearned = Self { weights: Vector2::new(UNLEARNED_SHARE, 0.0), variance: None };
        let per_day = history.interval().per_day();
        let Some(structure) = Known::of(history, facts).structure() else { return unlearned };
        let seen: Vec<(f64, Ratios, f64)> = structure
            .days_ahead()
            .into_iter()
            .filter_map(|(day, ahead)| {
                let counts: Vec<f64> = (0..per_day).map(|slot| history.count(day, slot).unwrap_or(f64::NAN)).collect();
                let weight = 0.5_f64.powf((history.days() - day) as f64 / 7.0 / HALF_LIFE_WEEKS);
                Some((weight, Ratios::of(&counts, &ahead, now, per_day)?, log_ratio(&counts, &ahead, now..per_day)?))
            })
            .collect();
        if seen.len() < LEAST_DAYS {
            return unlearned;
        }
        let noise = weighted_mean(seen.iter().map(|(weight, Ratios(told), _)| (*weight, told.norm_squared())));
        let normal = seen.iter().map(|(weight, Ratios(told), _)| *weight * told * told.transpose()).sum::<Matrix2<f64>>()
            + Matrix2::identity() * (CAUTION_DAYS * noise / 4.0);
        let right = seen.iter().map(|(weight, Ratios(told), rest)| *weight * told * *rest).sum::<Vector2<f64>>();
        let Some(weights) = normal.cholesky().map(|factor| factor.solve(&right)) else { return unlearned };
        let variance = weighted_mean(seen.iter().map(|(weight, Ratios(told), rest)| (*weight, (rest - weights.dot(told)).powi(2))));
        Self { weights, variance: Some(variance) }
    }

    fn factor(&self, Ratios(told): Ratios) -> f64 {
        self.weights.dot(&told).exp()
    }
}

fn weighted_mean(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (weights, sum) = pairs.fold((0.0, 0.0), |(weights, sum), (weight, value)| (weights + weight, sum + weight * value));
    if weights > 0.0 { sum / weights } else { 0.0 }
}
