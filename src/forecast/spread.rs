//! How uncertain is it? Bands from the errors of held-back origins: a day effect common to all intervals of a day, and count
//! noise in each.
//!
//! The variance of an interval with mean μ is φ·μ + σ²·μ² (a gamma–Poisson count around an uncertain day). Quantiles are
//! those of a negative binomial distribution where the mean is small, else of a gamma distribution with that mean and variance (Wilson & Hilferty 1931, cube-root approximation), stretched hour by hour and so that
//! the central 50, 80 and 95 % held as many of the held-back counts.

use super::accuracy::Compared;
use super::backtest::BacktestRow;
use crate::forecast::methods::fitted::LEVELS;
use crate::forecast::regression::robust::robust_scale;
use statrs::distribution::{ContinuousCDF, DiscreteCDF, NegativeBinomial, Normal, Poisson};

/// The size of both kinds of error.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spread {
    /// σ² by day ahead; days beyond the last have its value.
    day_variance: [f64; 2],
    /// φ: variance of the count noise over its mean; 1 is Poisson.
    count_noise: f64,
    /// How much larger errors are at each hour of the day than the two kinds say.
    hours: [f64; 24],
    /// What conformal calibration makes of the normal quantiles of the central 50, 80 and 95 %.
    scales: [f64; 3],
    correlation: Correlation,
}

/// How the errors of two intervals hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Correlation {
    /// Of two intervals of one day, from 0 to 1.
    pub within_day: f64,
    /// Of two intervals of different days, from 0 to `within_day`.
    pub across_days: f64,
}

/// The central shares that are calibrated, and the normal quantile at the upper end of each.
const CENTRAL: [(f64, f64); 3] = [(0.5, 0.6745), (0.8, 1.2816), (0.95, 1.9600)];
/// How many errors of the whole day an hour's own errors are set against.
const HOUR_CAUTION: f64 = 100.0;
/// Of an error of more deviations than this, no more is counted towards its hour: where next to nobody was expected, one contact is
/// infinitely many.
const MOST_OFF: f64 = 6.0;
/// The same for a day's total.
const MOST_OFF_DAY: f64 = 4.0;
/// Below this mean, counts are too coarse for a smooth distribution.
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

    /// Learns from held-back days of one method, of so many intervals each.
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

    /// From the products of standardised errors: sums of pairs are squares of sums less sums of squares.
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

    /// The same with another variance of day totals.
    pub(super) fn with_day_variance(&self, variance: f64) -> Self {
        Self { day_variance: [variance; 2], ..self.clone() }
    }

    /// An error in units of its standard deviation.
    fn off(&self, ahead: usize, one: &Compared, per_day: usize) -> f64 {
        one.error().abs() / self.deviation(one.forecast, ahead, one.slot * 24 / per_day).max(1e-9)
    }

    /// How large errors are at each hour against those of the whole day, drawn towards 1.
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

    /// The factors on the normal quantiles with which the central 50, 80 and 95 % of the held-back errors fall into their bands.
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

    /// The factor on the normal quantile of a level.
    fn scale_at(&self, level: f64) -> f64 {
        let share = (2.0 * level - 1.0).abs();
        CENTRAL.iter().position(|(central, _)| share <= central + 1e-9).map_or(self.scales[2], |at| self.scales[at])
    }

    /// The quantiles at [`LEVELS`] of an interval; never crossing, never negative.
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

/// An interval whose quantiles are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uncertain {
    pub(super) mean: f64,
    pub(super) days_ahead: usize,
    pub(super) hour: usize,
    /// Variance of the log of its day's total on top of an ordinary day's.
    pub(super) day_variance: f64,
}

/// How many standard deviations the cube root of a gamma distribution with mean 1 lies from its own mean.
fn gamma_score(ratio: f64, deviation: f64) -> f64 {
    let ninth = (deviation * deviation / 9.0).max(1e-12);
    (ratio.cbrt() - 1.0 + ninth) / ninth.sqrt()
}

/// The ratio with a score: the other way round.
fn gamma_ratio(score: f64, deviation: f64) -> f64 {
    let ninth = deviation * deviation / 9.0;
    (1.0 - ninth + score * ninth.sqrt()).max(0.0).powi(3)
}

/// A quantile of whole contacts around a small mean: negative binomial, Poisson where the spread is no wider.
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

/// φ from counts against the forecast scaled to the day's true total: only the spread over the day is left.
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

/// σ² from the relative errors of day totals, less what count noise explains. A day that nothing foretold stretches no other day's band:
/// errors beyond [`MOST_OFF_DAY`] robust deviations count as those.
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
