//! Sample paths of a forecast: counts drawn jointly, so that a high day is high all day and in every queue.
//!
//! A Gaussian copula: each interval keeps its own quantiles. The normal scores of two intervals correlate as their errors did on
//! held-back days, and the day effects of two queues as the queues' held-back days did (Nelsen 2006, *An introduction to copulas*, §
//! 2.3). The total over queues therefore keeps its uncertainty, instead of that of independent queues.

use super::choice::Forecast;
use crate::forecast::methods::fitted::LEVELS;
use crate::time::Series;
use crate::units::Contacts;
use nalgebra::{Cholesky, DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

/// Days' worth of evidence for zero correlation between queues.
const CAUTION_DAYS: f64 = 20.0;

impl Forecast {
    /// Equally likely sample paths of one queue. A seed always gives the same paths, and more paths extend the same sequence.
    ///
    /// ```
    /// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
    /// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
    /// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
    /// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
    /// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
    /// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
    /// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
    /// let paths = next.paths(3, 7);
    /// assert_eq!((paths.len(), paths[0].grid()), (3, next.mean.grid()));
    /// assert_ne!(paths[0], paths[1]);
    /// # Ok::<(), ForecastError>(())
    /// ```
    #[must_use]
    pub fn paths(&self, paths: usize, seed: u64) -> Vec<Series<Contacts>> {
        joint_paths(&[self], paths, seed).into_iter().flatten().collect()
    }
}

/// Equally likely sample paths of several queues over one horizon, each with one series per queue in order. A seed always gives the same
/// paths, and more paths extend the same sequence.
///
/// ```
/// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
/// # use peakshift::{time::{ClockTime, Horizon, Interval, read_date}, units::{Contacts, Factor, Share}};
/// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// # let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// # let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// # let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let next = forecast(&history, &facts, Horizon { first: past.end(), days: 7 })?;
/// let (phone, chat) = (&next, &next.clone());
/// let paths = joint_paths(&[phone, chat], 3, 7);
/// assert_eq!((paths.len(), paths[0].len()), (3, 2)); // paths, and queues in each
/// assert_eq!(joint_paths(&[phone, chat], 2, 7), paths[..2]); // more paths extend the sequence
/// # Ok::<(), ForecastError>(())
/// ```
#[must_use]
pub fn joint_paths(forecasts: &[&Forecast], paths: usize, seed: u64) -> Vec<Vec<Series<Contacts>>> {
    let normal = Normal::standard();
    let scores = LEVELS.map(|level| normal.inverse_cdf(level));
    let together = together(forecasts);
    (0..paths).map(|path| draw_path(forecasts, &together, seed, path as u64, &scores)).collect()
}

fn draw_path(
    forecasts: &[&Forecast],
    together: &DMatrix<f64>,
    seed: u64,
    path: u64,
    scores: &[f64; LEVELS.len()],
) -> Vec<Series<Contacts>> {
    let queues = forecasts.len();
    let stream = |number: u64| {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(path * (queues as u64 + 1) + number);
        move || -> f64 { StandardNormal.sample(&mut random) }
    };
    let mut draw = stream(0);
    let mut of_queues = || together * DVector::from_fn(queues, |_, _| draw());
    let whole = of_queues();
    let days = forecasts.iter().map(|forecast| forecast.mean.grid().horizon().days).max().unwrap_or(0);
    let of_days: Vec<DVector<f64>> = (0..days).map(|_| of_queues()).collect();
    let queue = |(number, forecast): (usize, &&Forecast)| {
        let mut draw = stream(number as u64 + 1);
        let (day, horizon) = (forecast.correlation.within_day, forecast.correlation.across_days);
        let shares = [horizon, (day - horizon).max(0.0), (1.0 - day).max(0.0)].map(f64::sqrt);
        let grid = forecast.mean.grid();
        Series::from_fn(grid, |index| {
            let score = shares[0] * whole[number] + shares[1] * of_days[grid.day_of(index)][number] + shares[2] * draw();
            Contacts::new(at_score(&forecast.quantiles[index], scores, score)).expect("between two quantiles lies a number of contacts")
        })
    };
    forecasts.iter().enumerate().map(queue).collect()
}

/// Cholesky factor of the correlation of the queues' held-back days, shrunk towards the identity where few days are common to all. It
/// turns one independent draw per queue into correlated ones.
fn together(forecasts: &[&Forecast]) -> DMatrix<f64> {
    let queues = forecasts.len();
    let none = DMatrix::identity(queues, queues);
    let Some((first, others)) = forecasts.split_first() else { return none };
    let common: Vec<_> = first.days_off.keys().filter(|day| others.iter().all(|other| other.days_off.contains_key(day))).collect();
    let days = common.len() as f64;
    let standardised = |forecast: &&Forecast| {
        let off: Vec<f64> = common.iter().map(|day| forecast.days_off[day]).collect();
        let mean = off.iter().sum::<f64>() / days;
        let deviation = (off.iter().map(|off| (off - mean).powi(2)).sum::<f64>() / days).sqrt();
        DVector::from_vec(off).map(|off| if deviation > 0.0 { (off - mean) / deviation } else { 0.0 })
    };
    if common.is_empty() {
        return none;
    }
    let columns: Vec<DVector<f64>> = forecasts.iter().map(standardised).collect();
    let sums = DMatrix::from_fn(queues, queues, |row, column| columns[row].dot(&columns[column]));
    let share = |row: usize, column: usize| if row == column { 1.0 } else { sums[(row, column)] / (days + CAUTION_DAYS) };
    Cholesky::new(DMatrix::from_fn(queues, queues, share)).map_or(none, |factor| factor.l())
}

/// Quantile at a normal score: interpolated between the known ones, extrapolated with the outermost slope, never negative.
fn at_score(quantiles: &[Contacts; LEVELS.len()], scores: &[f64; LEVELS.len()], score: f64) -> f64 {
    let upper = scores.iter().position(|known| score <= *known).unwrap_or(LEVELS.len() - 1).max(1);
    let (low, high) = (quantiles[upper - 1].get(), quantiles[upper].get());
    let slope = (high - low) / (scores[upper] - scores[upper - 1]);
    (low + slope * (score - scores[upper - 1])).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::spread::Correlation;
    use crate::time::{Horizon, Interval, read_date};

    /// Two days of hours with mean 100 and standard deviation 10; `off` gives the log errors of held-back days.
    fn forecast(off: impl Fn(usize) -> f64) -> Forecast {
        let first = read_date("2026-11-30").unwrap();
        let grid = Horizon { first, days: 2 }.grid(Interval::from_minutes(60).unwrap());
        let normal = Normal::standard();
        let quantiles = LEVELS.map(|level| Contacts::new(100.0 + 10.0 * normal.inverse_cdf(level)).unwrap());
        Forecast {
            mean: Series::from_fn(grid, |_| Contacts::new(100.0).unwrap()),
            quantiles: Series::from_fn(grid, |_| quantiles),
            expected: Series::from_fn(grid, |_| true),
            method: "structured".into(),
            held_back_wape: None,
            explained: Vec::new(),
            correlation: Correlation { within_day: 0.8, across_days: 0.3 },
            days_off: (0..140).map(|day| ((first, day), off(day))).collect(),
        }
    }

    /// Correlation of two intervals' counts over sample paths; 4000 draws have a standard error of 0.016 or less.
    fn correlation(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
        let scores: Vec<(f64, f64)> = pairs.map(|(a, b)| ((a - 100.0) / 10.0, (b - 100.0) / 10.0)).collect();
        scores.iter().map(|(a, b)| a * b).sum::<f64>() / scores.len() as f64
    }

    #[test]
    fn sample_paths_keep_the_quantiles_and_days_hang_together() {
        let forecast = forecast(|_| 0.0);
        let paths = forecast.paths(4000, 7);
        assert_eq!(paths, forecast.paths(4000, 7));
        assert_eq!(paths[..10], forecast.paths(10, 7));
        let of = |a: usize, b: usize| correlation(paths.iter().map(|path| (path[a].get(), path[b].get())));
        assert!((of(3, 3) - 1.0).abs() < 0.08);
        assert!((of(3, 20) - 0.8).abs() < 0.08);
        assert!((of(3, 30) - 0.3).abs() < 0.08);
    }

    #[test]
    fn queues_whose_days_went_together_come_together() {
        let (calls, chats) = (forecast(|day| [0.1, -0.1][day % 2]), forecast(|day| [0.2, -0.2][day % 2]));
        let apart = forecast(|day| [0.1, 0.1, -0.1, -0.1][day % 4]);
        let paths = joint_paths(&[&calls, &chats, &apart], 4000, 7);
        let of = |a: usize, b: usize| correlation(paths.iter().map(|path| (path[a][3].get(), path[b][3].get())));
        // 140 days of one sign against 20 of caution: 0.875 of the day effect, whose share of an interval is 0.8
        assert!((of(0, 1) - 0.8 * 0.875).abs() < 0.08, "{}", of(0, 1));
        assert!(of(0, 2).abs() < 0.08, "{}", of(0, 2));
    }
}
