//! Which method for this series, and how wide the bands: both from origins held back at the end of its history.

use super::spread::Spread;
use super::{Facts, LEVELS, Method, accuracy, backtest, methods};
use crate::history::ContactHistory;
use crate::time::{Horizon, Interval, Series, TimeGrid};
use crate::units::{Contacts, Factor};
use chrono::NaiveDateTime;

/// Expected contacts and their quantiles, interval by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The mean; 0 where no contacts are expected.
    pub mean: Series<Contacts>,
    /// The quantiles at [`LEVELS`].
    pub quantiles: Series<[Contacts; LEVELS.len()]>,
    /// Whether the series ordinarily has a count in the interval, or an event brings some.
    pub expected: Series<bool>,
    /// The method that was chosen.
    pub method: &'static str,
    /// Its WAPE over the held-back origins as a share; `None` if the history was too short to hold any back.
    pub held_back_wape: Option<f64>,
}

/// Why there is no forecast.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForecastError {
    /// Not one count.
    #[error("the history has no count before the horizon")]
    NoHistory,
}

/// Origins held back at the end of the history.
const HELD_BACK: usize = 6;
/// Days from one to the next.
const EVERY_DAYS: usize = 7;
/// Days a method must have left to learn from.
const LEAST_PAST: usize = 21;

/// Forecasts every interval of a horizon.
///
/// # Errors
/// [`ForecastError::NoHistory`] if nothing was counted before the horizon.
pub fn forecast(history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Result<Forecast, ForecastError> {
    let last = history.counted_days().end;
    if last == 0 {
        return Err(ForecastError::NoHistory);
    }
    let ahead = horizon.days.clamp(1, 14);
    let origins: Vec<usize> =
        (0..HELD_BACK).filter_map(|back| last.checked_sub(ahead + back * EVERY_DAYS)).filter(|&origin| origin >= LEAST_PAST).collect();
    let rows = backtest(history, facts, &methods(), &origins, ahead);
    let wape = |method: &dyn Method| {
        let days: Vec<_> = rows.iter().filter(|row| row.method == method.name()).flat_map(|row| row.days.clone()).collect();
        (!days.is_empty()).then(|| accuracy(&days).wape)
    };
    let fitted = methods().into_iter().filter_map(|method| Some((method, method.fit(history, facts)?)));
    // the last of equals wins: the structured model where nothing could be held back
    let (method, fitted) = fitted.rev_min_by(|(method, _)| wape(*method).unwrap_or(f64::INFINITY)).ok_or(ForecastError::NoHistory)?;
    let held_back: Vec<_> = rows.iter().filter(|row| row.method == method.name()).cloned().collect();
    let spread = Spread::learn(&held_back);
    let means = fitted.predict(horizon);
    let grid = horizon.grid(history.interval());
    let mean = |index: usize| means[(grid.day_of(index), grid.slot_of_day(index))].max(0.0);
    let contacts = |count: f64| Contacts::new(count).unwrap_or_default();
    Ok(Forecast {
        mean: Series::from_fn(grid, |index| contacts(mean(index))),
        quantiles: Series::from_fn(grid, |index| spread.quantiles(mean(index), grid.day_of(index)).map(contacts)),
        expected: Series::from_fn(grid, |index| mean(index) > 0.0 || history.ordinary(grid.date_of(index))[grid.slot_of_day(index)]),
        method: method.name(),
        held_back_wape: wape(method),
    })
}

impl Forecast {
    /// The same forecast on another interval. Finer ones share a count in proportion to `weight` of their starts (evenly where
    /// that is 0 throughout); coarser ones add counts up, their quantiles too: right for the day effect, wide for the rest.
    #[must_use]
    pub fn at_interval(self, interval: Interval, weight: impl Fn(NaiveDateTime) -> f64) -> Self {
        let old = self.mean.grid();
        if old.interval() == interval {
            return self;
        }
        let grid = old.horizon().grid(interval);
        let shares = shares(old, grid, weight);
        let sum = |index: usize, of: &dyn Fn(usize) -> f64| {
            Contacts::new(shares[index].iter().map(|&(part, share)| of(part) * share).sum()).unwrap_or_default()
        };
        Self {
            mean: Series::from_fn(grid, |index| sum(index, &|part| self.mean[part].get())),
            quantiles: Series::from_fn(grid, |index| std::array::from_fn(|level| sum(index, &|part| self.quantiles[part][level].get()))),
            expected: Series::from_fn(grid, |index| shares[index].iter().any(|&(part, share)| share > 0.0 && self.expected[part])),
            ..self
        }
    }

    /// The same forecast with every count scaled.
    #[must_use]
    pub fn scaled(self, factor: Factor) -> Self {
        if factor == Factor::ONE {
            return self;
        }
        Self {
            mean: self.mean.map(|&count| count * factor),
            quantiles: self.quantiles.map(|counts| counts.map(|count| count * factor)),
            ..self
        }
    }
}

/// Which share of each old interval falls into each new one.
fn shares(old: TimeGrid, new: TimeGrid, weight: impl Fn(NaiveDateTime) -> f64) -> Vec<Vec<(usize, f64)>> {
    let (from, to) = (old.interval().minutes() as usize, new.interval().minutes() as usize);
    let common = greatest_common_divisor(from, to);
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

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

trait LeastLast: Iterator + Sized {
    /// The item with the least key; of equal ones the last.
    fn rev_min_by(self, key: impl Fn(&Self::Item) -> f64) -> Option<Self::Item> {
        self.reduce(|best, next| if key(&next) <= key(&best) { next } else { best })
    }
}

impl<I: Iterator> LeastLast for I {}
