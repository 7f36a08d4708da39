//! The structured model: log day total = smoothed level + weekday + calendar + events, times a weekday profile.
//!
//! The level follows simple exponential smoothing. Filtering the totals and every regressor with the same recursion and
//! regressing one on the other is generalised least squares in closed form (Harvey 1989, *Forecasting, structural time series
//! models*, ch. 7); Huber weights keep odd days from bending it. The smoothing weight is the one with the least mean of 1-, 5- and
//! 10-step errors.

use super::profile::Profiles;
use super::regressors::{Column, columns, value};
use super::{Driver, Facts, Fitted, Method, is_open_day};
use crate::calendar::Calendar;
use crate::event::Event;
use crate::history::{ContactHistory, FindingKind};
use crate::time::Horizon;
use nalgebra::{DMatrix, DVector};
use ndarray::Array2;

/// The structured model.
#[derive(Clone, Copy, Debug)]
pub struct Structured;

/// Complete days below which the model has nothing to learn a weekday from.
const LEAST_DAYS: usize = 15;
const SMOOTHING_WEIGHTS: [f64; 8] = [0.02, 0.05, 0.1, 0.15, 0.22, 0.3, 0.4, 0.55];
const STEPS: [usize; 3] = [1, 5, 10];
/// Residuals beyond so many robust standard deviations count less.
const HUBER: f64 = 1.8;
/// The level moves by at most so many robust standard deviations a day.
const LEVEL_CLIP: f64 = 2.5;

impl Method for Structured {
    fn name(&self) -> &'static str {
        "structured"
    }

    fn fit(&self, history: &ContactHistory, facts: &Facts) -> Option<Box<dyn Fitted>> {
        let is_event = |day: usize| facts.events.iter().any(|event| event.is_on_date(history.date(day)));
        let odd: Vec<usize> = outlying_days(history, facts);
        let profiles = Profiles::learn(history, |day| is_event(day) || odd.contains(&day));
        let days: Vec<usize> = (0..history.days()).filter(|&day| history.day_total(day).is_some() && !odd.contains(&day)).collect();
        if days.len() < LEAST_DAYS {
            return None;
        }
        let columns = columns(history, facts, &profiles);
        let rows = DMatrix::from_fn(days.len(), columns.len(), |row, column| {
            value(&columns[column], history.date(days[row]), history, facts, &profiles)
        });
        let totals = DVector::from_iterator(days.len(), days.iter().map(|&day| log_total(history.day_total(day).unwrap_or(0.0))));
        let best = SMOOTHING_WEIGHTS
            .iter()
            .map(|&weight| LevelFit::with_weight(weight, &rows, &totals, &columns))
            .min_by(|a, b| a.error.total_cmp(&b.error))?;
        Some(Box::new(FittedStructure {
            history: history.clone(),
            calendar: facts.calendar.clone(),
            events: facts.events.to_vec(),
            drivers: facts.drivers.to_vec(),
            profiles,
            columns,
            coefficients: best.coefficients,
            level: best.level,
        }))
    }
}

/// A day without contacts still has a logarithm.
fn log_total(total: f64) -> f64 {
    (total + 0.5).ln()
}

/// Days that look like an event nobody entered; where drivers are known, high days may be theirs and are kept.
fn outlying_days(history: &ContactHistory, facts: &Facts) -> Vec<usize> {
    if !facts.drivers.is_empty() {
        return Vec::new();
    }
    let odd = crate::history::examine(history, facts.events);
    odd.iter().filter(|finding| finding.kind == FindingKind::Outlier).filter_map(|finding| history.day_of(finding.start.date())).collect()
}

/// One smoothing weight tried.
struct LevelFit {
    coefficients: DVector<f64>,
    level: f64,
    error: f64,
}

impl LevelFit {
    fn with_weight(weight: f64, rows: &DMatrix<f64>, totals: &DVector<f64>, columns: &[Column]) -> Self {
        let prior = DVector::from_iterator(columns.len(), columns.iter().map(|column| column.prior));
        let filtered_totals = innovations(&(totals - rows * &prior), weight);
        let filtered_rows =
            DMatrix::from_columns(&rows.column_iter().map(|column| innovations(&column.into_owned(), weight)).collect::<Vec<_>>());
        let coefficients = if columns.is_empty() { prior } else { prior + huber_ridge(&filtered_rows, &filtered_totals, columns) };
        let remainder = totals - rows * &coefficients;
        let (level, error) = smooth(&remainder, weight);
        Self { coefficients, level, error }
    }
}

/// One-step errors of exponential smoothing: a linear map, so it may be applied to each side of a regression.
fn innovations(series: &DVector<f64>, weight: f64) -> DVector<f64> {
    let mut level = opening_level(series);
    series.map(|value| {
        let innovation = value - level;
        level += weight * innovation;
        innovation
    })
}

fn opening_level(series: &DVector<f64>) -> f64 {
    let days = series.len().min(10);
    series.rows(0, days).mean()
}

/// The last level and the mean absolute 1-, 5- and 10-step error; odd days move the level by a bounded amount.
fn smooth(remainder: &DVector<f64>, weight: f64) -> (f64, f64) {
    let scale = robust_scale(innovations(remainder, weight).as_slice());
    let mut level = opening_level(remainder);
    let mut levels = Vec::with_capacity(remainder.len());
    for value in remainder {
        levels.push(level);
        level += weight * (value - level).clamp(-LEVEL_CLIP * scale, LEVEL_CLIP * scale);
    }
    let burn_in = remainder.len().min(20) / 2;
    let errors: Vec<f64> = STEPS
        .iter()
        .flat_map(|step| (burn_in..(remainder.len() + 1).saturating_sub(*step)).map(move |day| (day, day + step - 1)))
        .map(|(from, to)| (remainder[to] - levels[from]).abs())
        .collect();
    (level, errors.iter().sum::<f64>() / errors.len().max(1) as f64)
}

/// Ridge regression with Huber weights, re-weighted three times. The ridge is in units of the noise variance.
fn huber_ridge(rows: &DMatrix<f64>, totals: &DVector<f64>, columns: &[Column]) -> DVector<f64> {
    let mut weights = DVector::from_element(totals.len(), 1.0);
    let mut coefficients = DVector::zeros(columns.len());
    for _ in 0..4 {
        let weighted = DMatrix::from_fn(rows.nrows(), rows.ncols(), |day, column| rows[(day, column)] * weights[day]);
        let mut normal = weighted.transpose() * rows;
        for (column, penalty) in columns.iter().enumerate() {
            normal[(column, column)] += penalty.ridge;
        }
        let right = weighted.transpose() * totals;
        if let Some(factor) = normal.cholesky() {
            coefficients = factor.solve(&right);
        }
        let errors = totals - rows * &coefficients;
        let bound = HUBER * robust_scale(errors.as_slice());
        weights = errors.map(|error| if error.abs() <= bound { 1.0 } else { bound / error.abs() });
    }
    coefficients
}

/// 1.4826 × the median absolute value; never quite zero.
fn robust_scale(errors: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).map_or(1e-6, |median| (1.4826 * median).max(1e-6))
}

struct FittedStructure {
    history: ContactHistory,
    calendar: Calendar,
    events: Vec<Event>,
    drivers: Vec<Driver>,
    profiles: Profiles,
    columns: Vec<Column>,
    coefficients: DVector<f64>,
    level: f64,
}

impl Fitted for FittedStructure {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let facts = Facts { calendar: &self.calendar, events: &self.events, drivers: &self.drivers };
        let mut contacts = Array2::zeros((horizon.days, self.history.interval().per_day()));
        for (day, date) in horizon.dates().enumerate() {
            if !is_open_day(&self.history, &facts, date) {
                continue;
            }
            let effect = |(column, coefficient): (&Column, &f64)| value(column, date, &self.history, &facts, &self.profiles) * coefficient;
            let log = self.level + self.columns.iter().zip(self.coefficients.iter()).map(effect).sum::<f64>();
            let total = (log.min(25.0).exp() - 0.5).max(0.0);
            let shape = self.profiles.expected_shape(date, &facts);
            let sum: f64 = shape.iter().sum();
            if sum > 0.0 {
                contacts.row_mut(day).iter_mut().zip(&shape).for_each(|(contacts, share)| *contacts = total * share / sum);
            }
        }
        contacts
    }
}
