//! The singular-value model: the square roots of a day × interval table as a few shapes with a score a day each.
//!
//! Shen & Huang 2008, *Interday forecasting and intraday updating of call center arrivals*: square roots make counts of equal
//! variance, a few singular vectors hold what days have in common, and each day's scores are forecast like a day total: smoothed
//! level, weekday, calendar, events.

use super::days::DayTable;
use super::profile::Profiles;
use super::regressors::{Regressor, regressors};
use super::structured::{LevelRegression, ordinary_profiles, usable_days};
use super::{Facts, Fitted, Method, OwnedFacts, is_open_day};
use crate::history::ContactHistory;
use crate::time::Horizon;
use nalgebra::{DMatrix, DVector};
use ndarray::Array2;

/// The singular-value model.
#[derive(Clone, Copy, Debug)]
pub struct SingularValues;

/// Shapes kept.
const SHAPES: usize = 5;
const LEAST_DAYS: usize = 25;
/// The latest days that shapes are learned from: habits of longer ago only blur them.
const MOST_DAYS: usize = 400;
/// Added before the root, which makes Poisson counts of equal variance down to small means (Bartlett 1936).
const ROOT_SHIFT: f64 = 0.25;

impl Method for SingularValues {
    fn name(&self) -> &'static str {
        "svd"
    }

    fn fit(&self, history: &ContactHistory, facts: &Facts) -> Option<Box<dyn Fitted>> {
        let usable = usable_days(history, facts);
        let profiles = ordinary_profiles(history, facts, &usable);
        let stated = |day: usize| facts.events.iter().any(|event| event.expected.volume.is_some() && event.is_on_date(history.date(day)));
        let mut days: Vec<usize> = usable.into_iter().filter(|&day| !stated(day)).collect();
        days.drain(..days.len().saturating_sub(MOST_DAYS));
        if history.interval().per_day() == 1 || days.len() < LEAST_DAYS {
            return None;
        }
        let root = |day: usize, slot: usize| (history.count_or_estimate(day, slot).unwrap_or(0.0) + ROOT_SHIFT).sqrt();
        let table = DMatrix::from_fn(days.len(), history.interval().per_day(), |row, slot| root(days[row], slot));
        let shapes = shapes(&table)?;
        let scores = &table * &shapes;
        let known = columns(history, facts, &profiles, Horizon { first: history.first(), days: history.days() });
        let regressions: Option<Vec<LevelRegression>> =
            scores.column_iter().map(|scores| LevelRegression::learn(&known, &days, scores.clone_owned().as_slice())).collect();
        Some(Box::new(FittedShapes { history: history.clone(), facts: OwnedFacts::of(facts), profiles, shapes, regressions: regressions? }))
    }
}

/// The first right singular vectors, one a column, from the table's cross products.
fn shapes(table: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let eigen = table.tr_mul(table).symmetric_eigen();
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
    let kept: Vec<DVector<f64>> = order.into_iter().take(SHAPES).map(|column| eigen.eigenvectors.column(column).into_owned()).collect();
    (!kept.is_empty()).then(|| DMatrix::from_columns(&kept))
}

/// The regressors that move a score by addition; a planner's multiplier does not.
fn columns(history: &ContactHistory, facts: &Facts, profiles: &Profiles, span: Horizon) -> Vec<Regressor> {
    let table = DayTable::until(history, facts, span.end());
    let mut columns = regressors(&table, facts, profiles, &[0.0; 7], history.counted_days().len());
    columns.retain(|column| column.prior == 0.0);
    columns
}

struct FittedShapes {
    history: ContactHistory,
    facts: OwnedFacts,
    profiles: Profiles,
    /// Intervals of the day × shapes.
    shapes: DMatrix<f64>,
    regressions: Vec<LevelRegression>,
}

impl Fitted for FittedShapes {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let facts = self.facts.borrow();
        let columns = columns(&self.history, &facts, &self.profiles, horizon);
        let first = self.history.day_of(horizon.first).unwrap_or(0);
        let mut contacts = Array2::zeros((horizon.days, self.history.interval().per_day()));
        for (ahead, date) in horizon.dates().enumerate().filter(|(_, date)| is_open_day(&self.history, &facts, *date)) {
            let scores = self.regressions.iter().map(|regression| regression.value(&columns, first + ahead));
            let roots = &self.shapes * DVector::from_iterator(self.regressions.len(), scores);
            let (ordinary, expected) = (self.profiles.of(date), self.profiles.expected_shape(date, &facts));
            for (slot, open) in self.history.ordinary(date).iter().enumerate().filter(|(_, open)| **open) {
                let bent = if ordinary[slot] > 0.0 { expected[slot] / ordinary[slot] } else { f64::from(*open) };
                contacts[(ahead, slot)] = roots[slot].max(0.0).powi(2) * bent;
            }
        }
        contacts
    }
}
