//! The singular-value model: square roots of the day × interval table as a few shapes with one score per day.
//!
//! Shen & Huang 2008, *Interday forecasting and intraday updating of call center arrivals*: square roots stabilise the variance of
//! counts, and a few singular vectors capture what days have in common. Each day's scores are forecast like a day total: smoothed level,
//! weekday, calendar. Multiplicative event and holiday effects are removed from the table before and restored after.

use super::fitted::Fitted;
use super::method::Method;
use super::structured::FittedStructure;
use crate::forecast::knowledge::days::DayTable;
use crate::forecast::knowledge::facts::{Facts, is_open_day};
use crate::forecast::knowledge::known::Known;
use crate::forecast::regression::level_regression::LevelRegression;
use crate::forecast::regression::regressor::{Hold, Part, Regressor};
use crate::forecast::regression::regressors::regressors;
use crate::history::ContactHistory;
use crate::time::Horizon;
use nalgebra::{DMatrix, DVector};
use ndarray::Array2;
use std::rc::Rc;

/// The singular-value model.
#[derive(Clone, Copy, Debug)]
pub struct SingularValues;

/// Number of shapes kept.
const SHAPES: usize = 5;
const LEAST_DAYS: usize = 25;
/// Maximum number of latest days from which shapes are learned, since older profiles only blur them.
const MOST_DAYS: usize = 400;
/// Shrinkage of weekday and of calendar effects on a score, in days' worth of evidence.
const WEEKDAY_HOLD: f64 = 1e-4;
const CALENDAR_HOLD: f64 = 0.05;
/// Maximum correction to the mean, so that a few odd days do not lift all others.
const MOST_TO_MEAN: f64 = 1.1;
/// Shift before the root, which stabilises the variance of Poisson counts down to small means (Bartlett 1936).
const ROOT_SHIFT: f64 = 0.25;

impl Method for SingularValues {
    fn name(&self) -> &'static str {
        "svd"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        let (history, facts) = (known.history, &known.facts);
        let stated = |day: usize| facts.events.iter().any(|event| event.expected.volume.is_some() && event.is_on_date(history.date(day)));
        let mut days: Vec<usize> = known.usable_days().into_iter().filter(|&day| !stated(day)).collect();
        days.drain(..days.len().saturating_sub(MOST_DAYS));
        if history.interval().per_day() == 1 || days.len() < LEAST_DAYS {
            return None;
        }
        let structure = known.structure()?;
        let lifts = lifts(&structure, structure.past());
        // weekday effects on scores are additive though they are multiplicative on days, so every day is scaled to the last level
        let over_last = structure.weeks_over_last();
        let to_last = |day: usize| over_last.get(&day).map_or(1.0, |over| (-over).exp());
        let ordinary = |day: usize, slot: usize| history.count_or_estimate(day, slot).unwrap_or(0.0) * to_last(day) / lifts[(day, slot)];
        let root = |day: usize, slot: usize| (ordinary(day, slot) + ROOT_SHIFT).sqrt();
        let table = DMatrix::from_fn(days.len(), history.interval().per_day(), |row, slot| root(days[row], slot));
        let shapes = shapes(&table)?;
        let scores = &table * &shapes;
        let columns = columns(history, facts, &structure, structure.past());
        let shifted = known.starts();
        let regressions: Option<Vec<LevelRegression>> = scores
            .column_iter()
            .map(|scores| LevelRegression::learn(&columns, &days, scores.clone_owned().as_slice(), &shifted, 1.0))
            .collect();
        let regressions = regressions?;
        let to_mean = to_mean(&scores, &shapes, &regressions, |row, slot| ordinary(days[row], slot));
        Some(Box::new(FittedShapes { history: history.clone(), structure, shapes, regressions, to_mean }))
    }
}

/// First right singular vectors, one per column, from the cross products of the table.
fn shapes(table: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let eigen = table.tr_mul(table).symmetric_eigen();
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
    let kept: Vec<DVector<f64>> = order.into_iter().take(SHAPES).map(|column| eigen.eigenvectors.column(column).into_owned()).collect();
    (!kept.is_empty()).then(|| DMatrix::from_columns(&kept))
}

/// Correction from squared roots to the mean: the ratio of counted to one-day-ahead predicted contacts. With low volumes roots vary less
/// than the shift before the root compensates for; where days vary, more.
fn to_mean(scores: &DMatrix<f64>, shapes: &DMatrix<f64>, regressions: &[LevelRegression], came: impl Fn(usize, usize) -> f64) -> f64 {
    let said = DMatrix::from_fn(scores.nrows(), scores.ncols(), |row, shape| scores[(row, shape)] - regressions[shape].surprises[row]);
    let said: f64 = (said * shapes.transpose()).iter().map(|root| root.max(0.0).powi(2)).sum();
    let slots = shapes.nrows();
    let came: f64 = (0..scores.nrows()).flat_map(|row| (0..slots).map(move |slot| (row, slot))).map(|(row, slot)| came(row, slot)).sum();
    if said > 0.0 { (came / said).min(MOST_TO_MEAN) } else { 1.0 }
}

/// Multiplicative effect of events and holidays on each interval of each day, planners' multipliers included.
fn lifts(structure: &FittedStructure, horizon: Horizon) -> Array2<f64> {
    let (facts, profiles) = (structure.facts(), structure.profiles());
    let rows = horizon.dates().zip(structure.event_logs(horizon)).flat_map(|(date, log)| {
        let shape = profiles.expected_shape(date, &facts);
        let lift =
            |(expected, ordinary): (f64, &f64)| if *ordinary > 0.0 && expected > 0.0 { log.exp() * expected / ordinary } else { 1.0 };
        shape.into_iter().zip(profiles.of(date)).map(lift).collect::<Vec<f64>>()
    });
    let lifts: Vec<f64> = rows.collect();
    let slots = lifts.len() / horizon.days.max(1);
    Array2::from_shape_vec((horizon.days, slots), lifts).unwrap_or_default()
}

/// Regressors with an additive effect on a score; multiplicative ones are left out.
fn columns(history: &ContactHistory, facts: &Facts, structure: &FittedStructure, span: Horizon) -> Vec<Regressor> {
    let table = DayTable::until(history, facts, span.end());
    let mut columns = regressors(&table, facts, structure.profiles(), structure.traits());
    columns.retain(|column| column.prior == 0.0 && !column.is_of_events());
    // the variance of effects on the log does not apply to scores
    for column in &mut columns {
        if matches!(column.hold, Hold::Usual(_) | Hold::Pooled(_)) {
            column.hold = Hold::Days(if column.part == Part::Weekday { WEEKDAY_HOLD } else { CALENDAR_HOLD });
        }
    }
    columns
}

struct FittedShapes {
    history: ContactHistory,
    /// Source of profiles and event effects.
    structure: Rc<FittedStructure>,
    /// Intervals of the day × shapes.
    shapes: DMatrix<f64>,
    regressions: Vec<LevelRegression>,
    /// Correction from squared roots to the mean.
    to_mean: f64,
}

impl Fitted for FittedShapes {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let facts = self.structure.facts();
        let columns = columns(&self.history, &facts, &self.structure, horizon);
        let lifts = lifts(&self.structure, horizon);
        let mut contacts = Array2::zeros((horizon.days, self.history.interval().per_day()));
        let days = horizon.dates().zip(self.structure.numbers(horizon)).enumerate();
        for (ahead, (date, day)) in days.filter(|(_, (date, _))| is_open_day(&self.history, &facts, *date)) {
            let scores = self.regressions.iter().map(|regression| regression.value(&columns, day, self.structure.ahead(day)));
            let roots = &self.shapes * DVector::from_iterator(self.regressions.len(), scores);
            for (slot, _) in self.history.ordinary(date).iter().enumerate().filter(|(_, open)| **open) {
                contacts[(ahead, slot)] = roots[slot].max(0.0).powi(2) * self.to_mean * lifts[(ahead, slot)];
            }
        }
        contacts
    }
}
