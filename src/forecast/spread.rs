//! How uncertain is it? Bands from the errors of held-back origins: a day effect common to all intervals of a day, and count
//! noise in each.
//!
//! The variance of an interval with mean μ is φ·μ + σ²·μ² (a gamma–Poisson count around an uncertain day). Quantiles are
//! those of a gamma distribution with that mean and variance (Wilson & Hilferty 1931, cube-root approximation), stretched so that
//! the central 50, 80 and 95 % held as many of the held-back counts.

use super::{BacktestRow, LEVELS};
use statrs::distribution::{ContinuousCDF, Normal};

/// The size of both kinds of error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// σ² by day ahead; days beyond the last have its value.
    day_variance: [f64; 2],
    /// φ: variance of the count noise over its mean; 1 is Poisson.
    count_noise: f64,
    /// What conformal calibration makes of the normal quantiles of the central 50, 80 and 95 %.
    scales: [f64; 3],
}

impl Spread {
    /// Wide bands for a history with nothing to learn from.
    pub(super) const UNKNOWN: Self = Self { day_variance: [0.09, 0.09], count_noise: 1.5, scales: [1.0; 3] };

    /// Learns from held-back days of one method.
    pub(super) fn learn(rows: &[BacktestRow]) -> Self {
        let days: Vec<(usize, &Vec<(f64, f64)>)> = rows
            .iter()
            .flat_map(|row| row.days.iter().enumerate())
            .filter(|(_, day)| day.iter().map(|pair| pair.1).sum::<f64>() > 0.0)
            .collect();
        if days.len() < 8 {
            return Self::UNKNOWN;
        }
        let count_noise = count_noise(&days).clamp(0.5, 50.0);
        let day_variance = [0, 7].map(|from| day_variance(days.iter().filter(|(ahead, _)| (from..from + 7).contains(ahead)), count_noise));
        let later = if day_variance[1] > 0.0 { day_variance[1] } else { day_variance[0] };
        let raw = Self { day_variance: [day_variance[0].max(1e-4), later.max(1e-4)], count_noise, scales: [1.0; 3] };
        Self { scales: raw.calibrate(&days), ..raw }
    }

    /// The factors on the normal quantiles with which the central 50, 80 and 95 % of the held-back errors fall into their bands.
    fn calibrate(&self, days: &[(usize, &Vec<(f64, f64)>)]) -> [f64; 3] {
        let off = |ahead: usize, (count, mean): (f64, f64)| (count - mean).abs() / self.deviation(mean, ahead).max(1e-9);
        let mut sizes: Vec<f64> = days.iter().flat_map(|(ahead, day)| day.iter().map(|pair| off(*ahead, *pair))).collect();
        sizes.sort_by(f64::total_cmp);
        let mut least = 0.0;
        CENTRAL.map(|(share, normal)| {
            let at = ((sizes.len() as f64 * share).ceil() as usize).min(sizes.len().saturating_sub(1));
            let quantile = sizes.get(at).map_or(normal, |size| size.clamp(0.5 * normal, 2.5 * normal)).max(least);
            least = quantile;
            quantile / normal
        })
    }

    fn deviation(&self, mean: f64, days_ahead: usize) -> f64 {
        let day_variance = self.day_variance[usize::from(days_ahead >= 7)];
        (self.count_noise * mean + day_variance * mean * mean).sqrt()
    }

    /// The factor on the normal quantile of a level.
    fn scale_at(&self, level: f64) -> f64 {
        let share = (2.0 * level - 1.0).abs();
        CENTRAL.iter().position(|(central, _)| share <= central + 1e-9).map_or(self.scales[2], |at| self.scales[at])
    }

    /// The quantiles at [`LEVELS`] of an interval with a mean, so many days ahead, whose day has `extra` variance of its log; never crossing, never negative.
    pub(super) fn quantiles(&self, mean: f64, days_ahead: usize, extra: f64) -> [f64; 7] {
        if mean <= 0.0 {
            return [0.0; 7];
        }
        let relative = ((self.deviation(mean, days_ahead) / mean).powi(2) + extra).sqrt();
        let ninth = relative * relative / 9.0;
        let normal = Normal::standard();
        let mut least = 0.0;
        LEVELS.map(|level| {
            let root = 1.0 - ninth + self.scale_at(level) * normal.inverse_cdf(level) * ninth.sqrt();
            least = (mean * root.max(0.0).powi(3)).max(least);
            least
        })
    }
}

/// The central shares that are calibrated, and the normal quantile at the upper end of each.
const CENTRAL: [(f64, f64); 3] = [(0.5, 0.6745), (0.8, 1.2816), (0.95, 1.9600)];

/// φ from counts against the forecast scaled to the day's true total: only the spread over the day is left.
fn count_noise(days: &[(usize, &Vec<(f64, f64)>)]) -> f64 {
    let (mut squares, mut intervals) = (0.0, 0.0);
    for (_, day) in days.iter().filter(|(_, day)| day.len() > 1) {
        let (came, expected) = totals(day);
        for (count, mean) in day.iter().filter(|(_, mean)| *mean > 0.0) {
            let mean = mean * came / expected;
            if mean > 0.0 {
                squares += (count - mean).powi(2) / mean;
                intervals += 1.0 - 1.0 / day.len() as f64;
            }
        }
    }
    if intervals > 0.0 { squares / intervals } else { 1.0 }
}

/// σ² from the relative errors of day totals, less what count noise explains.
fn day_variance<'a>(days: impl Iterator<Item = &'a (usize, &'a Vec<(f64, f64)>)>, count_noise: f64) -> f64 {
    let errors: Vec<f64> = days
        .map(|(_, day)| {
            let (came, expected) = totals(day);
            (came / expected - 1.0).powi(2) - count_noise / expected
        })
        .collect();
    if errors.is_empty() { 0.0 } else { (errors.iter().sum::<f64>() / errors.len() as f64).max(0.0) }
}

fn totals(day: &[(f64, f64)]) -> (f64, f64) {
    day.iter().fold((0.0, 0.0), |(came, expected), (count, mean)| (came + count, expected + mean))
}
