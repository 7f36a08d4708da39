//! Method weights and band width for a series, from origins held back at the end of its history.

use super::accuracy::accuracy;
use super::backtest::{BacktestRow, backtest};
use super::mix::Mix;
use super::spread::{Correlation, Spread, Uncertain};
use super::statements::weighed;
use crate::event::Family;
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::holidays::with_holidays;
use crate::forecast::knowledge::known::Known;
use crate::forecast::methods::catalogue::methods;
use crate::forecast::methods::fitted::{DayShares, LEVELS, MOST_AHEAD, Statement};
use crate::history::ContactHistory;
use crate::time::{Horizon, Interval, Series, TimeGrid};
use crate::units::Contacts;
use chrono::{Days, NaiveDate, NaiveDateTime};
use ndarray::{Array1, Array2};
use num_integer::gcd;
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::BTreeMap;

/// Expected contacts and their quantiles, by interval.
///
/// ```
/// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
/// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
/// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
/// let high = next.at_level(0.9).unwrap(); // contacts that nine of ten such days do not exceed
/// assert!(high[0] > next.mean[0] && next.at_level(0.99) == Err(0.99)); // beyond the quantiles known
/// let by_hour = next.clone().at_interval(Interval::from_minutes(60)?, |start| if start.date() == past.end() { 1.0 } else { 0.0 });
/// assert!((by_hour.mean[5].get() - next.mean[0].get() / 24.0).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Mean; 0 where no contacts are expected.
    pub mean: Series<Contacts>,
    /// Quantiles at [`LEVELS`].
    pub quantiles: Series<[Contacts; LEVELS.len()]>,
    /// Whether the series ordinarily has a count in the interval, or an event brings contacts there.
    pub expected: Series<bool>,
    /// The chosen method, or several with their weights, such as `0.50 structured + 0.50 svd`.
    pub method: String,
    /// WAPE over the held-back origins, as a share; `None` if the history is too short to hold any back.
    pub held_back_wape: Option<f64>,
    /// Decomposition of each day, if one of the methods gives one.
    pub explained: Vec<DayShares>,
    /// Correlation of errors.
    pub correlation: Correlation,
    /// Log of counted over forecast contacts of a day, by held-back origin and days ahead.
    pub days_off: BTreeMap<(NaiveDate, usize), f64>,
}

/// Reasons for having no forecast.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForecastError {
    /// No counts before the horizon.
    #[error("the history has no count before the horizon")]
    NoHistory,
}

/// Maximum number of origins held back.
const HELD_BACK: usize = 10;
/// Denominator of the last part of the history in which they lie.
const HELD_BACK_PART: usize = 3;
/// Minimum number of days before an origin.
const LEAST_PAST: usize = 21;

/// Forecast of every interval of a horizon.
///
/// # Errors
/// [`ForecastError::NoHistory`] if nothing was counted before the horizon.
///
/// ```
/// use peakshift::{calendar::Calendar, forecast::{Facts, ForecastError, forecast}, history::{ContactHistory, RawCount}};
/// use peakshift::time::{ClockTime, Horizon, Interval, read_date};
/// let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
/// assert!(next.mean.values().iter().all(|day| (day.get() - 100.0).abs() < 1.0)); // a hundred each day so far, and on
/// let impossible = RawCount::of(ClockTime::MIDNIGHT.on(past.first), -1.0); // left out, so nothing is counted
/// let (empty, _) = ContactHistory::from_counts(&[impossible], Interval::DAY, &[], past.end()).unwrap();
/// assert_eq!(forecast(&empty, &facts, past), Err(ForecastError::NoHistory));
/// # Ok::<(), ForecastError>(())
/// ```
pub fn forecast(history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Result<Forecast, ForecastError> {
    Ok(prepare(history, facts, horizon)?.forecast(history, facts, horizon))
}

/// Parts of a forecast, before they become series.
pub(super) struct Prepared {
    mix: Mix,
    held_back: Vec<BacktestRow>,
    pub(super) spread: Spread,
    /// Days × intervals.
    pub(super) means: Array2<f64>,
    /// Variance of the log of each day's total beyond an ordinary day's.
    extra: Array1<f64>,
    /// Additional variance in intervals never counted.
    never_counted: f64,
    explained: Vec<DayShares>,
}

/// Chooses, fits and evaluates the methods.
pub(super) fn prepare(history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Result<Prepared, ForecastError> {
    if history.counted_days().is_empty() {
        return Err(ForecastError::NoHistory);
    }
    let last = history.counted_days().end;
    let events = with_holidays(facts, horizon);
    let (events, statements) = weighed(history, &Facts { events: &events, ..*facts }, horizon);
    let facts = &Facts { events: &events, ..*facts };
    let ahead = horizon.days.clamp(1, MOST_AHEAD);
    let mut rows = backtest(history, facts, &methods(), &held_back_origins(last, ahead), ahead);
    let known = Known::of(history, facts);
    leave_out(&mut rows, known.outlying_days(), history);
    leave_out_shifted(&mut rows, &known.starts(), history);
    let mix = Mix::choose(&rows, &known, horizon).ok_or(ForecastError::NoHistory)?;
    let held_back = mix.rows(&rows);
    let fitted = mix.fit(&known);
    Ok(Prepared {
        spread: Spread::learn(&held_back, history.interval().per_day()),
        means: fitted.mean(|method| method.predict(horizon)).mapv_into(|mean| mean.max(0.0)),
        never_counted: history.weekday_variance(),
        extra: fitted.mean(|method| Array1::from_vec(method.effect_variance(horizon))),
        explained: with_statements(fitted.explain(horizon), &statements),
        mix,
        held_back,
    })
}

impl Prepared {
    pub(super) fn forecast(&self, history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Forecast {
        let grid = horizon.grid(history.interval());
        let per_day = history.interval().per_day();
        let closed = |index: usize| facts.events.iter().any(|event| event.family == Family::Closed && event.is_on(grid.start(index)));
        let mean = |index: usize| if closed(index) { 0.0 } else { self.means[(grid.day_of(index), grid.slot_of_day(index))] };
        let contacts = |count: f64| Contacts::new(count).expect("means and quantiles are finite and not negative");
        let quantiles = |index: usize| {
            let (days_ahead, hour) = (grid.day_of(index), grid.slot_of_day(index) * 24 / per_day);
            let is_new = history.stands_in(grid.date_of(index), grid.slot_of_day(index));
            let day_variance = self.extra[days_ahead] + if is_new { self.never_counted } else { 0.0 };
            let of = Uncertain { mean: mean(index), days_ahead, hour, day_variance };
            let [lowest, between @ .., highest] = self.spread.quantiles(&of);
            let [a, b, c, d, e] = between;
            [lowest.min(of.mean), a, b, c, d, e, highest.max(of.mean)].map(contacts)
        };
        let days: Vec<_> = self.held_back.iter().flat_map(|row| row.days.clone()).collect();
        Forecast {
            mean: Series::from_fn(grid, |index| contacts(mean(index))),
            quantiles: Series::from_fn(grid, quantiles),
            expected: Series::from_fn(grid, |index| mean(index) > 0.0 || history.ordinary(grid.date_of(index))[grid.slot_of_day(index)]),
            method: self.mix.name(),
            held_back_wape: (!days.is_empty()).then(|| accuracy(&days).wape),
            explained: self.explained.clone(),
            correlation: self.spread.correlation(),
            days_off: self.held_back.iter().flat_map(days_off).collect(),
        }
    }
}

/// Adds to each day the planners' statements about its events.
fn with_statements(mut days: Vec<DayShares>, statements: &[Statement]) -> Vec<DayShares> {
    for day in &mut days {
        let on = |statement: &&Statement| (statement.days.0..=statement.days.1).contains(&day.date);
        day.statements = statements.iter().filter(on).cloned().collect();
    }
    days
}

/// Removes unpredictable days, suspected of an event not entered, so that they affect neither weights nor bands.
fn leave_out(rows: &mut [BacktestRow], days: &[usize], history: &ContactHistory) {
    let dates: Vec<NaiveDate> = days.iter().map(|&day| history.date(day)).collect();
    for row in rows {
        let origin = row.origin;
        let suspected = |ahead: usize| dates.binary_search(&(origin + Days::new(ahead as u64))).is_ok();
        row.days.iter_mut().enumerate().filter(|(ahead, _)| suspected(*ahead)).for_each(|(_, day)| day.clear());
    }
}

/// Removes the days from the first level shift after an origin on.
fn leave_out_shifted(rows: &mut [BacktestRow], shifts: &[usize], history: &ContactHistory) {
    for row in rows {
        let ahead = shifts.iter().filter_map(|&day| usize::try_from((history.date(day) - row.origin).num_days()).ok()).min();
        row.days.iter_mut().skip(ahead.unwrap_or(usize::MAX)).for_each(Vec::clear);
    }
}

/// Log of counted over forecast contacts of each day of a held-back origin.
fn days_off(row: &BacktestRow) -> impl Iterator<Item = ((NaiveDate, usize), f64)> {
    row.days.iter().enumerate().filter(|(_, day)| !day.is_empty()).map(|(ahead, day)| {
        let (came, said) = day.iter().fold((0.5, 0.5), |(came, said), one| (came + one.count, said + one.forecast));
        ((row.origin, ahead), (came / said).ln())
    })
}

/// Origins spread over the last part of a history, whole weeks apart, the latest as late as `ahead` days allow.
fn held_back_origins(last: usize, ahead: usize) -> Vec<usize> {
    let weeks_apart = (last as f64 / (HELD_BACK_PART * HELD_BACK * 7) as f64).round().max(1.0) as usize;
    let back = |number: usize| last.checked_sub(ahead + number * weeks_apart * 7);
    (0..HELD_BACK).filter_map(back).filter(|&origin| origin >= LEAST_PAST).collect()
}

impl Forecast {
    /// The forecast on another interval. Finer intervals share a count in proportion to `weight` of their starts, evenly where that is 0
    /// throughout. Coarser ones sum counts and quantiles, which is exact for the day effect and conservative for the rest.
    #[must_use]
    pub fn at_interval(self, interval: Interval, weight: impl Fn(NaiveDateTime) -> f64) -> Self {
        let old = self.mean.grid();
        if old.interval() == interval {
            return self;
        }
        let grid = old.horizon().grid(interval);
        let shares = shares(old, grid, weight);
        let sum = |index: usize, of: &dyn Fn(usize) -> f64| {
            Contacts::new(shares[index].iter().map(|&(part, share)| of(part) * share).sum()).expect("parts of contacts add up to contacts")
        };
        Self {
            mean: Series::from_fn(grid, |index| sum(index, &|part| self.mean[part].get())),
            quantiles: Series::from_fn(grid, |index| std::array::from_fn(|level| sum(index, &|part| self.quantiles[part][level].get()))),
            expected: Series::from_fn(grid, |index| shares[index].iter().any(|&(part, share)| share > 0.0 && self.expected[part])),
            ..self
        }
    }

    /// The forecast with `filled` in new hours where this one expects no contacts.
    ///
    /// ```
    /// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
    /// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
    /// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
    /// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
    /// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
    /// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
    /// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
    /// let monday = ClockTime::MIDNIGHT.on(past.end());
    /// let shut = next.clone().without(|start| start == monday);
    /// assert_eq!(shut.with_new_hours(next.clone(), |start| start == monday).mean, next.mean);
    /// # Ok::<(), ForecastError>(())
    /// ```
    #[must_use]
    pub fn with_new_hours(self, filled: Self, is_new: impl Fn(NaiveDateTime) -> bool) -> Self {
        let grid = self.mean.grid();
        let taken: Vec<bool> = (0..grid.len()).map(|index| self.mean[index].get() == 0.0 && is_new(grid.start(index))).collect();
        // days that are new as a whole take their decomposition from the other forecast
        let explained = self.explained.iter().map(|day| match filled.explained.iter().find(|other| other.date == day.date) {
            Some(other) if !day.open && other.open => other.clone(),
            _ => day.clone(),
        });
        Self {
            mean: Series::from_fn(grid, |index| if taken[index] { filled.mean[index] } else { self.mean[index] }),
            quantiles: Series::from_fn(grid, |index| if taken[index] { filled.quantiles[index] } else { self.quantiles[index] }),
            expected: Series::from_fn(grid, |index| self.expected[index] || taken[index] && filled.expected[index]),
            explained: explained.collect(),
            ..self
        }
    }

    /// Contacts at the quantile `level`, by interval; between the levels of [`LEVELS`], interpolated by normal scores.
    ///
    /// # Errors
    /// `level` itself, if it lies outside [`LEVELS`].
    pub fn at_level(&self, level: f64) -> Result<Series<Contacts>, f64> {
        let upper = LEVELS.iter().position(|known| level <= *known).filter(|_| level >= LEVELS[0]).ok_or(level)?;
        let lower = upper.saturating_sub(1);
        let score = |level: f64| Normal::standard().inverse_cdf(level);
        let width = score(LEVELS[upper]) - score(LEVELS[lower]);
        let share = if width > 0.0 { (score(level) - score(LEVELS[lower])) / width } else { 1.0 };
        let between = |known: &[Contacts; LEVELS.len()]| {
            Contacts::new(known[lower].get() * (1.0 - share) + known[upper].get() * share)
                .expect("between two quantiles lies a number of contacts")
        };
        Ok(self.quantiles.map(between))
    }
}

/// Share of each old interval that falls into each new one.
fn shares(old: TimeGrid, new: TimeGrid, weight: impl Fn(NaiveDateTime) -> f64) -> Vec<Vec<(usize, f64)>> {
    let (from, to) = (old.interval().minutes() as usize, new.interval().minutes() as usize);
    let common = gcd(from, to);
    let piece_weight = |piece: usize| weight(new.start(piece * common / to));
    let whole = |part: usize| (part * from / common..(part + 1) * from / common).map(piece_weight).sum::<f64>();
    let totals: Vec<f64> = (0..old.len()).map(whole).collect();
    let pieces_of_new = |index: usize| index * to / common..(index + 1) * to / common;
    (0..new.len())
        .map(|index| {
            let mut shares: Vec<(usize, f64)> = Vec::new();
            for piece in pieces_of_new(index) {
                let part = piece * common / from;
                let share = if totals[part] > 0.0 { piece_weight(piece) / totals[part] } else { common as f64 / from as f64 };
                match shares.last_mut().filter(|last| last.0 == part) {
                    Some(last) => last.1 += share,
                    None => shares.push((part, share)),
                }
            }
            shares
        })
        .collect()
}
