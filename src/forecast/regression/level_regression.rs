//! Regression of one number per day on day features, around a smoothed level.
//!
//! The level follows simple exponential smoothing. Filtering the numbers and every regressor with the same recursion and regressing one
//! on the other is generalised least squares in closed form (Harvey 1989, *Forecasting, structural time series models*, ch. 7). Huber
//! weights limit the influence of odd days. Several smoothing weights are tried and blended by their mean error 1, 5 and 10 days ahead.
//! At level shifts the recursion restarts, so that the new level is learned at once.

use super::regressor::{Group, Hold, Kind, Part, Regressor};
use super::ridge::{Columns, Design, Precision};
use super::robust::{huber_weights, robust_scale};
use super::smoothing::Smoothing;
use crate::forecast::methods::fitted::MOST_AHEAD;
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

const SMOOTHING_WEIGHTS: [f64; 8] = [0.01, 0.03, 0.06, 0.1, 0.16, 0.25, 0.35, 0.5];
/// Days from which smoothing weights are told apart; with fewer they are trusted nearly alike. With five times as many, 4 % more error
/// leaves a third of the trust.
const DAYS_TO_TELL_APART: f64 = 100.0;
/// Share of the trend left after each day (Gardner & McKenzie 1985, *Forecasting trends in time series*).
const DAMPING: f64 = 0.9;
/// Smoothing weight and number of iterations of the variance estimation.
const USUAL_WEIGHT: f64 = 0.1;
const ESTIMATIONS: usize = 8;
/// Minimum variance of a day's log.
const LEAST_NOISE: f64 = 1e-4;

/// Regression of one number per usable day on day features, around a smoothed level.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct LevelRegression {
    /// Whether each column varies over the training days.
    kept: Vec<bool>,
    coefficients: DVector<f64>,
    /// Precision of the coefficients, in units of the noise variance.
    precision: Option<Precision>,
    /// Level after the last day.
    pub(in crate::forecast) level: f64,
    /// Change of the level on the next day.
    trend: f64,
    /// One-step errors, given the regressors and the level of the day before.
    pub(in crate::forecast) surprises: Vec<f64>,
    /// Level before each day.
    pub(in crate::forecast) levels: Vec<f64>,
    error: f64,
    /// Variance of the coefficients by group.
    variances: Variances,
    /// Variance of the level's daily drift.
    drift: f64,
}

impl LevelRegression {
    /// Regression learned from `values` of the days numbered `days`, with new levels from `shifts` on. Smoothing weights above `fastest`
    /// are excluded, except the smallest; `None` if there are no days.
    pub(in crate::forecast) fn learn(
        columns: &[Regressor],
        days: &[usize],
        values: &[f64],
        shifts: &[usize],
        fastest: f64,
    ) -> Option<Self> {
        let starts: Vec<usize> = shifts.iter().map(|shift| days.partition_point(|day| day < shift)).collect();
        let varies = |column: &Regressor| {
            let first = days.first().map(|&day| column.values[day]);
            column.prior != 0.0 || days.iter().any(|&day| Some(column.values[day]) != first)
        };
        let kept: Vec<bool> = columns.iter().map(varies).collect();
        let used: Vec<&Regressor> = columns.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(column, _)| column).collect();
        let rows = Columns::of(DMatrix::from_fn(days.len(), used.len(), |row, column| used[column].values[days[row]]));
        let values = DVector::from_column_slice(values);
        let variances = Variances::estimate(&rows, &values, &used, &Smoothing { weight: USUAL_WEIGHT, starts: &starts });
        let fit = |&weight: &f64| Self::fit(&Smoothing { weight, starts: &starts }, &rows, &values, &used, &variances, &kept);
        let slow = SMOOTHING_WEIGHTS.iter().filter(|weight| **weight <= fastest.max(SMOOTHING_WEIGHTS[0]));
        Self::blend(slow.map(fit).collect())
    }

    /// Mean of fits with several smoothing weights, weighted by their errors. All fits are linear, so their mean is one too.
    fn blend(mut fits: Vec<Self>) -> Option<Self> {
        let least = fits.iter().map(|fit| fit.error).fold(f64::INFINITY, f64::min).max(1e-9);
        let evidence = (fits[0].levels.len() as f64 / DAYS_TO_TELL_APART).powi(2);
        let trust: Vec<f64> = fits.iter().map(|fit| (-evidence * (fit.error / least - 1.0)).exp()).collect();
        let all: f64 = trust.iter().sum();
        let best = (0..fits.len()).min_by(|&a, &b| fits[a].error.total_cmp(&fits[b].error))?;
        let mean = |of: &dyn Fn(&Self) -> f64| fits.iter().zip(&trust).map(|(fit, trust)| of(fit) * trust / all).sum::<f64>();
        let (level, trend) = (mean(&|fit| fit.level), mean(&|fit| fit.trend));
        let coefficients = DVector::from_fn(fits[best].coefficients.len(), |row, _| mean(&|fit| fit.coefficients[row]));
        let levels = (0..fits[best].levels.len()).map(|day| mean(&|fit| fit.levels[day])).collect();
        let surprises = (0..fits[best].levels.len()).map(|day| mean(&|fit| fit.surprises[day])).collect();
        let drift = mean(&|fit| fit.drift);
        Some(Self { coefficients, level, trend, surprises, levels, drift, ..fits.swap_remove(best) })
    }

    fn fit(
        smoothing: &Smoothing,
        rows: &Columns,
        values: &DVector<f64>,
        columns: &[&Regressor],
        variances: &Variances,
        kept: &[bool],
    ) -> Self {
        let prior = priors(columns);
        let (coefficients, precision) = if columns.is_empty() {
            (prior, None)
        } else {
            let errors = smoothing.innovations(&(values - &rows.rows * &prior));
            let (departure, precision) = Design::of(rows, smoothing).held(variances.ridges(columns)).robust(&errors);
            (prior + departure, precision)
        };
        let smoothed = smoothing.smooth(&(values - &rows.rows * &coefficients));
        let lag = smoothing.lag(&smoothed.surprises);
        Self {
            kept: kept.to_vec(),
            coefficients,
            precision,
            level: smoothed.level + lag * (1.0 - smoothing.weight),
            trend: lag * smoothing.weight,
            drift: (smoothing.weight * robust_scale(&smoothed.surprises)).powi(2),
            surprises: smoothed.surprises,
            levels: smoothed.levels,
            error: smoothed.error,
            variances: variances.clone(),
        }
    }

    /// Variance of the coefficients of a group; `None` if none of them was seen.
    pub(in crate::forecast) fn variance(&self, group: &(Option<String>, Kind)) -> Option<f64> {
        self.variances.groups.get(group).copied()
    }

    /// Effect of each kept column on a day.
    pub(in crate::forecast) fn effects<'a>(&self, columns: &'a [Regressor], day: usize) -> impl Iterator<Item = (&'a Part, f64)> {
        let used = columns.iter().zip(&self.kept).filter(|(_, kept)| **kept);
        used.zip(self.coefficients.iter()).map(move |((column, _), coefficient)| (&column.part, column.values[day] * coefficient))
    }

    /// Effect of events and holidays on a day.
    pub(in crate::forecast) fn pooled_effect(&self, columns: &[Regressor], day: usize) -> f64 {
        let used = columns.iter().zip(&self.kept).filter(|(_, kept)| **kept).map(|(column, _)| column);
        let pooled = used.zip(self.coefficients.iter()).filter(|(column, _)| column.is_of_events());
        pooled.map(|(column, coefficient)| column.values[day] * coefficient).sum()
    }

    /// Level plus effects on a day, `ahead` days after the last.
    pub(in crate::forecast) fn value(&self, columns: &[Regressor], day: usize, ahead: usize) -> f64 {
        let moved = DAMPING * (1.0 - DAMPING.powi(ahead as i32)) / (1.0 - DAMPING);
        self.level + self.trend * moved + self.effects(columns, day).map(|(_, effect)| effect).sum::<f64>()
    }

    /// Robust standard deviation of the surprises.
    pub(in crate::forecast) fn deviation(&self) -> f64 {
        robust_scale(&self.surprises)
    }

    /// Variance from the level's drift `ahead` days ahead, beyond the days covered by held-back origins.
    pub(in crate::forecast) fn wander_variance(&self, ahead: usize) -> f64 {
        self.drift * ahead.saturating_sub(MOST_AHEAD) as f64
    }

    /// Variance of the event effects on a day, due to the scarcity of comparable days.
    pub(in crate::forecast) fn effect_variance(&self, columns: &[Regressor], day: usize) -> f64 {
        let Some(precision) = &self.precision else { return 0.0 };
        let seldom = |column: &Regressor| matches!(column.part, Part::Event(_));
        let used = columns.iter().zip(&self.kept).filter(|(_, kept)| **kept).map(|(column, _)| column);
        let row: Vec<f64> = used.map(|column| if seldom(column) { column.values[day] } else { 0.0 }).collect();
        if row.iter().all(|value| *value == 0.0) {
            return 0.0;
        }
        precision.variance(DVector::from_vec(row)) * self.deviation().powi(2)
    }
}

/// Variances of the coefficients by group, and of a day's noise.
#[derive(Clone, Debug)]
struct Variances {
    groups: BTreeMap<(Option<String>, Kind), f64>,
    noise: f64,
}

impl Variances {
    /// Joint estimate of variances and coefficients by expectation maximisation (Laird & Ware 1982, *Random-effects models for
    /// longitudinal data*): a group's variance is the mean square of its coefficients, their uncertainty included.
    fn estimate(rows: &Columns, values: &DVector<f64>, columns: &[&Regressor], smoothing: &Smoothing) -> Self {
        let guess = |group: &Group| (group.name.clone(), group.guess.0);
        let mut variances =
            Self { groups: columns.iter().filter_map(|column| column.hold.group()).map(guess).collect(), noise: LEAST_NOISE };
        if columns.is_empty() {
            return variances;
        }
        let (design, values) = (Design::of(rows, smoothing), smoothing.innovations(&(values - &rows.rows * priors(columns))));
        let mut weights = DVector::from_element(values.len(), 1.0);
        for _ in 0..ESTIMATIONS {
            let held = design.held(variances.ridges(columns));
            let Some((coefficients, precision)) = held.solve(&values, &weights) else { break };
            let errors = design.left(&values, &coefficients);
            weights = huber_weights(&errors);
            variances.noise = robust_scale(errors.as_slice()).powi(2).max(LEAST_NOISE);
            if variances.groups.is_empty() {
                continue;
            }
            let unknown = held.unknown(&precision);
            let mut seen: BTreeMap<_, (f64, f64)> = BTreeMap::new();
            for (number, group) in columns.iter().enumerate().filter_map(|(number, column)| Some((number, column.hold.group()?))) {
                let (variance, worth) = group.guess;
                let (squares, count) = seen.entry(group.name.clone()).or_insert((variance * worth, worth));
                *squares += coefficients[number].powi(2) + unknown[number] * variances.noise;
                *count += 1.0;
            }
            variances.groups = seen.into_iter().map(|(name, (squares, count))| (name, squares / count)).collect();
        }
        variances
    }

    /// Ridge of each coefficient, in days' worth of evidence.
    fn ridges(&self, columns: &[&Regressor]) -> Vec<f64> {
        let ridge = |column: &&Regressor| match &column.hold {
            Hold::Days(days) => *days,
            Hold::Usual(variance) => self.noise / variance,
            Hold::Pooled(group) => self.noise / self.groups.get(&group.name).copied().unwrap_or(group.guess.0).max(LEAST_NOISE),
        };
        columns.iter().map(ridge).collect()
    }
}

fn priors(columns: &[&Regressor]) -> DVector<f64> {
    DVector::from_iterator(columns.len(), columns.iter().map(|column| column.prior))
}
