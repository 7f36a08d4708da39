//! Simple exponential smoothing that restarts at level shifts; as a filter, it turns a series into its one-step errors.

use super::robust::robust_scale;
use nalgebra::{DMatrix, DVector};

/// Days after which an error counts half.
const HALF_LIFE: f64 = 42.0;
/// Latest days whose mean surprise shows whether the level lags behind a trend.
const TREND_DAYS: usize = 14;
/// Standard errors within which a mean surprise is attributed to chance.
const SURE_ERRORS: f64 = 2.5;
const STEPS: [usize; 3] = [1, 5, 10];
/// Days whose mean opens a level.
const OPENING_DAYS: usize = 10;
/// Maximum daily change of the level's target, in robust standard deviations.
const LEVEL_CLIP: f64 = 2.0;

pub(in crate::forecast) struct Smoothing<'a> {
    pub(in crate::forecast) weight: f64,
    /// Rows at which a new level begins, in order.
    pub(in crate::forecast) starts: &'a [usize],
}

/// A smoothed series.
pub(in crate::forecast) struct Smoothed {
    /// Level after the last day.
    pub(in crate::forecast) level: f64,
    /// Level before each day.
    pub(in crate::forecast) levels: Vec<f64>,
    /// Each value less the level before it.
    pub(in crate::forecast) surprises: Vec<f64>,
    /// Mean absolute 1-, 5- and 10-step error, weighted by recency.
    pub(in crate::forecast) error: f64,
}

impl Smoothing<'_> {
    /// One-step errors of every column.
    pub(in crate::forecast) fn filtered(&self, mut rows: DMatrix<f64>) -> DMatrix<f64> {
        rows.column_iter_mut().for_each(|mut column| {
            let innovations = self.innovations(&column.clone_owned());
            column.copy_from(&innovations);
        });
        rows
    }

    /// One-step errors of a series: a linear map, so it may be applied to each side of a regression.
    pub(in crate::forecast) fn innovations(&self, series: &DVector<f64>) -> DVector<f64> {
        let mut level = 0.0;
        DVector::from_fn(series.len(), |row, _| {
            level = self.opening(series, row).unwrap_or(level);
            let innovation = series[row] - level;
            level += self.weight * innovation;
            innovation
        })
    }

    /// Opening level at a row where a part begins: the mean of its first days.
    fn opening(&self, series: &DVector<f64>, row: usize) -> Option<f64> {
        (row == 0 || self.starts.contains(&row)).then(|| {
            let end = self.starts.iter().copied().find(|start| *start > row).unwrap_or(series.len());
            series.rows(row, (end - row).min(OPENING_DAYS)).mean()
        })
    }

    /// Lag of the level behind a trend: the mean of the latest surprises less the part attributable to chance (the tracking signal of
    /// Trigg 1964, *Monitoring a forecasting system*). A level that follows a steady trend lags by the trend over the weight.
    pub(in crate::forecast) fn lag(&self, surprises: &[f64]) -> f64 {
        let since = self.starts.last().copied().unwrap_or(0).max(surprises.len().saturating_sub(TREND_DAYS));
        let latest = &surprises[since.min(surprises.len())..];
        if latest.len() < TREND_DAYS {
            return 0.0;
        }
        let mean = latest.iter().sum::<f64>() / latest.len() as f64;
        let deviation = (surprises.iter().map(|surprise| surprise.powi(2)).sum::<f64>() / surprises.len() as f64).sqrt();
        let chance = SURE_ERRORS * deviation / (latest.len() as f64).sqrt();
        mean.signum() * (mean.abs() - chance).max(0.0)
    }

    /// Levels and surprises, with the mean absolute 1-, 5- and 10-step error. Odd days move the level by a bounded amount.
    pub(in crate::forecast) fn smooth(&self, remainder: &DVector<f64>) -> Smoothed {
        let bound = LEVEL_CLIP * robust_scale(self.innovations(remainder).as_slice());
        let mut level = 0.0;
        let mut levels = Vec::with_capacity(remainder.len());
        for (row, value) in remainder.iter().enumerate() {
            level = self.opening(remainder, row).unwrap_or(level);
            levels.push(level);
            level += self.weight * (value - level).clamp(-bound, bound);
        }
        // errors across a later level shift do not count
        let is_foreseeable = |from: usize, to: usize| !self.starts.iter().any(|start| (from + 1..=to).contains(start));
        let burn_in = remainder.len().min(20) / 2;
        let errors = STEPS
            .iter()
            .flat_map(|step| (burn_in..(remainder.len() + 1).saturating_sub(*step)).map(move |day| (day, day + step - 1)))
            .filter(|(from, to)| is_foreseeable(*from, *to))
            .map(|(from, to)| ((remainder[to] - levels[from]).abs(), 0.5_f64.powf((remainder.len() - to) as f64 / HALF_LIFE)));
        let (sum, count) = errors.fold((0.0, 0.0), |(sum, count), (error, weight)| (sum + error * weight, count + weight));
        let surprises = remainder.iter().zip(&levels).map(|(value, level)| value - level).collect();
        Smoothed { level, levels, surprises, error: sum / count.max(f64::MIN_POSITIVE) }
    }
}
