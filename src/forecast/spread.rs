//! Forecast uncertainty: bands from the errors of held-back origins, as a day effect common to all intervals of a day and count noise in
//! each.
//!
//! The variance of an interval with mean μ is φ·μ + σ²·μ² (a gamma–Poisson count around an uncertain day). Quantiles are those of a
//! negative binomial distribution where the mean is small, else of a gamma distribution with that mean and variance (Wilson & Hilferty
//! 1931, cube-root approximation). They are scaled by hour, and calibrated so that the central 50, 80 and 95 % cover as many of the
//! held-back counts.

use super::accuracy::Compared;
use super::backtest::BacktestRow;
use crate::forecast::methods::fitted::LEVELS;
use crate::forecast::regression::robust::robust_scale;
use statrs::distribution::{ContinuousCDF, DiscreteCDF, NegativeBinomial, Normal, Poisson};

/// Size of both kinds of error, with calibration.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spread {
    /// σ² for the first week ahead, and for later days.
    day_variance: [f64; 2],
    /// φ: variance of the count noise over its mean; 1 is Poisson.
    count_noise: f64,
    /// Ratio of the errors at each hour of the day to those of both kinds.
    hours: [f64; 24],
    /// Conformal calibration factors of the normal quantiles of the central 50, 80 and 95 %.
    scales: [f64; 3],
    correlation: Correlation,
}

/// Correlation of the errors of two intervals.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Correlation {
    /// Correlation of two intervals of one day, from 0 to 1.
    pub within_day: f64,
    /// Correlation of two intervals of different days, from 0 to `within_day`.
    pub across_days: f64,
}

/// Calibrated central shares, with the normal quantile at the upper end of each.
const CENTRAL: [(f64, f64); 3] = [(0.5, 0.6745), (0.8, 1.2816), (0.95, 1.9600)];
/// Weight of the whole day's errors in each hour's own, in errors.
const HOUR_CAUTION: f64 = 100.0;
/// Cap on an error's contribution to its hour, in standard deviations: where almost no contacts are expected, a single one is an
/// arbitrarily large error.
const MOST_OFF: f64 = 6.0;
/// Cap on the error of a day's total, in robust standard deviations.
const MOST_OFF_DAY: f64 = 4.0;
/// Mean below which counts are too coarse for a continuous distribution.
const COARSE_MEAN: f64 = 20.0;

impl Spread {
    /// Wide bands for a history with nothing to learn from.
    pub(super) const UNKNOWN: Self = Self {
        day_variance: [0.09, 0.09],
        count_noise: 1.5,
        hours: [1.0; 24],
        scales: [1.0; 3],
        correlation: Correlation { within_day: 0.5, across_days: 0.25 },
    };

    /// Spread learned from held-back days of one method, with `per_day` intervals each.
    pub(super) fn learn(rows: &[BacktestRow], per_day: usize) -> Self {
        let days: Vec<(usize, &Vec<Compared>)> = rows
            .iter()
            .flat_map(|row| row.days.iter().enumerate())
            .filter(|(_, day)| day.iter().map(|one| one.forecast).sum::<f64>() > 0.0)
            .collect();
        if days.len() < 8 {
            return Self::UNKNOWN;
        }
        let count_noise = count_noise(&days).clamp(0.5, 50.0);
        let day_variance = [0, 7].map(|from| day_variance(days.iter().filter(|(ahead, _)| (from..from + 7).contains(ahead)), count_noise));
        let later = if day_variance[1] > 0.0 { day_variance[1] } else { day_variance[0] };
        let raw = Self { day_variance: [day_variance[0].max(1e-4), later.max(1e-4)], count_noise, ..Self::UNKNOWN };
        let by_hour = Self { hours: raw.by_hour(&days, per_day), ..raw };
        let correlation = by_hour.correlate(rows, per_day);
        Self { scales: by_hour.calibrate(&days, per_day), correlation, ..by_hour }
    }

    pub(super) fn correlation(&self) -> Correlation {
        self.correlation
    }

    /// Correlations from products of standardised errors; sums over pairs are squares of sums less sums of squares.
    fn correlate(&self, rows: &[BacktestRow], per_day: usize) -> Correlation {
        let (mut squares, mut all, mut same, mut same_pairs, mut other, mut other_pairs) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for row in rows {
            let (mut sum, mut count, mut within, mut within_pairs) = (0.0, 0.0, 0.0, 0.0);
            for (ahead, day) in row.days.iter().enumerate() {
                let signed = |one: &Compared| self.off(ahead, one, per_day) * -one.error().signum();
                let errors: Vec<f64> = day.iter().filter(|one| one.forecast > 0.0).map(signed).collect();
                let (of_day, squares_of_day): (f64, f64) = (errors.iter().sum(), errors.iter().map(|error| error * error).sum());
                let intervals = errors.len() as f64;
                same += of_day * of_day - squares_of_day;
                same_pairs += intervals * (intervals - 1.0);
                squares += squares_of_day;
                all += intervals;
                sum += of_day;
                count += intervals;
                within += of_day * of_day;
                within_pairs += intervals * intervals;
            }
            other += sum * sum - within;
            other_pairs += count * count - within_pairs;
        }
        let variance = squares / f64::max(all, 1.0);
        let share = |products: f64, pairs: f64| if pairs > 0.0 && variance > 0.0 { products / pairs / variance } else { 0.0 };
        let across_days = share(other, other_pairs).clamp(0.0, 0.95);
        let within_day = if same_pairs > 0.0 { share(same, same_pairs).clamp(across_days, 0.98) } else { across_days };
        Correlation { within_day, across_days }
    }

    /// The spread with another variance of day totals.
    pub(super) fn with_day_variance(&self, variance: f64) -> Self {
        Self { day_variance: [variance; 2], ..self.clone() }
    }

    /// Absolute error in units of its standard deviation.
    fn off(&self, ahead: usize, one: &Compared, per_day: usize) -> f64 {
        one.error().abs() / self.deviation(one.forecast, ahead, one.slot * 24 / per_day).max(1e-9)
    }

    /// Errors at each hour relative to the whole day's, shrunk towards 1.
    fn by_hour(&self, days: &[(usize, &Vec<Compared>)], per_day: usize) -> [f64; 24] {
        let (mut sums, mut counts) = ([0.0; 24], [0.0; 24]);
        for (ahead, day) in days {
            for one in *day {
                sums[one.slot * 24 / per_day] += self.off(*ahead, one, per_day).min(MOST_OFF);
                counts[one.slot * 24 / per_day] += 1.0;
            }
        }
        let mean = sums.iter().sum::<f64>() / counts.iter().sum::<f64>().max(1.0);
        std::array::from_fn(|hour| if mean > 0.0 { (sums[hour] / mean + HOUR_CAUTION) / (counts[hour] + HOUR_CAUTION) } else { 1.0 })
    }

    /// Factors on the normal quantiles with which the central 50, 80 and 95 % of the held-back errors fall into their bands.
    fn calibrate(&self, days: &[(usize, &Vec<Compared>)], per_day: usize) -> [f64; 3] {
        let score = |ahead: usize, one: &Compared| {
            if one.forecast < COARSE_MEAN {
                return self.off(ahead, one, per_day);
            }
            let relative = self.deviation(one.forecast, ahead, one.slot * 24 / per_day) / one.forecast;
            gamma_score(one.count / one.forecast, relative).abs()
        };
        let scores = |(ahead, day): &(usize, &Vec<Compared>)| {
            day.iter().filter(|one| one.forecast > 0.0).map(|one| score(*ahead, one)).collect::<Vec<f64>>()
        };
        let mut sizes: Vec<f64> = days.iter().flat_map(scores).collect();
        sizes.sort_by(f64::total_cmp);
        let mut least = 0.0;
        CENTRAL.map(|(share, normal)| {
            let at = ((sizes.len() as f64 * share).ceil() as usize).min(sizes.len().saturating_sub(1));
            let quantile = sizes.get(at).map_or(normal, |size| size.clamp(0.5 * normal, 2.5 * normal)).max(least);
            least = quantile;
            quantile / normal
        })
    }

    fn deviation(&self, mean: f64, days_ahead: usize, hour: usize) -> f64 {
        let day_variance = self.day_variance[usize::from(days_ahead >= 7)];
        self.hours[hour.min(23)] * (self.count_noise * mean + day_variance * mean * mean).sqrt()
    }

    /// Factor on the normal quantile of a level.
    fn scale_at(&self, level: f64) -> f64 {
        let share = (2.0 * level - 1.0).abs();
        CENTRAL.iter().position(|(central, _)| share <= central + 1e-9).map_or(self.scales[2], |at| self.scales[at])
    }

    /// Quantiles of an interval at [`LEVELS`]; never crossing, never negative.
    pub(super) fn quantiles(&self, of: &Uncertain) -> [f64; 7] {
        if of.mean <= 0.0 {
            return [0.0; 7];
        }
        let relative = ((self.deviation(of.mean, of.days_ahead, of.hour) / of.mean).powi(2) + of.day_variance).sqrt();
        let normal = Normal::standard();
        let mut least = 0.0;
        LEVELS.map(|level| {
            let scale = self.scale_at(level);
            let quantile = coarse_quantile(of.mean, scale * relative, level)
                .unwrap_or_else(|| of.mean * gamma_ratio(scale * normal.inverse_cdf(level), relative));
            least = quantile.max(least);
            least
        })
    }
}

/// An interval whose quantiles are computed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uncertain {
    pub(super) mean: f64,
    pub(super) days_ahead: usize,
    pub(super) hour: usize,
    /// Variance of the log of its day's total beyond an ordinary day's.
    pub(super) day_variance: f64,
}

/// Standardised deviation of the cube root of a gamma variable with mean 1 from its own mean.
fn gamma_score(ratio: f64, deviation: f64) -> f64 {
    let ninth = (deviation * deviation / 9.0).max(1e-12);
    (ratio.cbrt() - 1.0 + ninth) / ninth.sqrt()
}

/// Ratio at a score: the inverse of [`gamma_score`].
fn gamma_ratio(score: f64, deviation: f64) -> f64 {
    let ninth = deviation * deviation / 9.0;
    (1.0 - ninth + score * ninth.sqrt()).max(0.0).powi(3)
}

/// Integer quantile around a small mean: negative binomial, or Poisson without overdispersion; `None` for larger means.
fn coarse_quantile(mean: f64, relative: f64, level: f64) -> Option<f64> {
    if mean >= COARSE_MEAN {
        return None;
    }
    let variance = (relative * mean).powi(2);
    let successes = mean * mean / (variance - mean);
    let quantile = if variance > 1.001 * mean {
        NegativeBinomial::new(successes, successes / (successes + mean)).ok()?.inverse_cdf(level)
    } else {
        Poisson::new(mean).ok()?.inverse_cdf(level)
    };
    Some(quantile as f64)
}

/// φ from counts against the forecast scaled to the day's true total, which leaves only the spread over the day.
fn count_noise(days: &[(usize, &Vec<Compared>)]) -> f64 {
    let (mut squares, mut intervals) = (0.0, 0.0);
    for (_, day) in days.iter().filter(|(_, day)| day.len() > 1) {
        let (came, expected) = totals(day);
        for one in day.iter().filter(|one| one.forecast > 0.0) {
            let mean = one.forecast * came / expected;
            if mean > 0.0 {
                squares += (one.count - mean).powi(2) / mean;
                intervals += 1.0 - 1.0 / day.len() as f64;
            }
        }
    }
    if intervals > 0.0 { squares / intervals } else { 1.0 }
}

/// σ² from the relative errors of day totals, less the part explained by count noise. Unforeseeable days do not widen other days' bands:
/// errors beyond [`MOST_OFF_DAY`] robust deviations are capped there.
fn day_variance<'a>(days: impl Iterator<Item = &'a (usize, &'a Vec<Compared>)>, count_noise: f64) -> f64 {
    let errors: Vec<(f64, f64)> = days
        .map(|(_, day)| {
            let (came, expected) = totals(day);
            (came / expected - 1.0, count_noise / expected)
        })
        .collect();
    let most = MOST_OFF_DAY * robust_scale(&errors.iter().map(|(error, _)| *error).collect::<Vec<f64>>());
    let sum: f64 = errors.iter().map(|(error, noise)| error.abs().min(most).powi(2) - noise).sum();
    if errors.is_empty() { 0.0 } else { (sum / errors.len() as f64).max(0.0) }
}

fn totals(day: &[Compared]) -> (f64, f64) {
    day.iter().fold((0.0, 0.0), |(came, expected), one| (came + one.count, expected + one.forecast))
}
