//! Ridge regression of one-step errors on filtered columns, with Huber weights.
//!
//! With filtered columns *F*, weights *W* and ridges *D*, the coefficients are (FᵀWF + D)⁻¹FᵀWe. Where events have more columns than
//! there are days, they follow from a system in the days instead: D⁻¹Fᵀ(W⁻¹ + FD⁻¹Fᵀ)⁻¹e (Saunders, Gammerman & Vovk 1998, *Ridge
//! regression learning algorithm in dual variables*). There FD⁻¹Fᵀ is XD⁻¹Xᵀ, filtered from both sides; the unfiltered columns *X* are
//! mostly zero.

use super::robust::huber_weights;
use super::smoothing::Smoothing;
use super::triangular::Factor;
use nalgebra::{DMatrix, DVector};
use std::rc::Rc;

/// Columns over the training days.
pub(in crate::forecast) struct Columns {
    pub(in crate::forecast) rows: DMatrix<f64>,
    /// Nonzero entries of each column, with their days.
    entries: Vec<Vec<(usize, f64)>>,
}

impl Columns {
    pub(in crate::forecast) fn of(rows: DMatrix<f64>) -> Self {
        let nonzero = |(_, value): &(usize, f64)| *value != 0.0;
        let entries = rows.column_iter().map(|column| column.iter().copied().enumerate().filter(nonzero).collect()).collect();
        Self { rows, entries }
    }

    /// Whether the system in the days is the smaller one.
    fn is_wide(&self) -> bool {
        self.rows.ncols() > self.rows.nrows()
    }

    /// Sum of the columns' outer products over their ridges: days × days.
    fn products(&self, ridges: &[f64]) -> DMatrix<f64> {
        let mut products = DMatrix::zeros(self.rows.nrows(), self.rows.nrows());
        for (entries, ridge) in self.entries.iter().zip(ridges) {
            for &(column, right) in entries {
                entries.iter().for_each(|&(row, left)| products[(row, column)] += left * right / ridge);
            }
        }
        products
    }
}

/// Columns filtered by a smoothing.
pub(in crate::forecast) struct Design<'a> {
    columns: &'a Columns,
    smoothing: &'a Smoothing<'a>,
    filtered: Rc<DMatrix<f64>>,
}

impl<'a> Design<'a> {
    pub(in crate::forecast) fn of(columns: &'a Columns, smoothing: &'a Smoothing<'a>) -> Self {
        Self { columns, smoothing, filtered: Rc::new(smoothing.filtered(columns.rows.clone())) }
    }

    /// The design with ridges, in units of the noise variance.
    pub(in crate::forecast) fn held(&self, ridges: Vec<f64>) -> Held<'_> {
        let both_sides = || self.smoothing.filtered(self.smoothing.filtered(self.columns.products(&ridges)).transpose());
        Held { days: self.columns.is_wide().then(both_sides), design: self, ridges }
    }

    /// Residuals of one-step errors.
    pub(in crate::forecast) fn left(&self, errors: &DVector<f64>, coefficients: &DVector<f64>) -> DVector<f64> {
        errors - &*self.filtered * coefficients
    }
}

/// A regression with its ridges.
pub(in crate::forecast) struct Held<'a> {
    design: &'a Design<'a>,
    ridges: Vec<f64>,
    /// FD⁻¹Fᵀ, if the system is one in the days.
    days: Option<DMatrix<f64>>,
}

impl Held<'_> {
    /// Coefficients with Huber weights, re-weighted three times, and their precision.
    pub(in crate::forecast) fn robust(&self, errors: &DVector<f64>) -> (DVector<f64>, Option<Precision>) {
        let mut weights = DVector::from_element(errors.len(), 1.0);
        let (mut coefficients, mut precision) = (DVector::zeros(self.ridges.len()), None);
        for _ in 0..4 {
            if let Some((solution, factor)) = self.solve(errors, &weights) {
                (coefficients, precision) = (solution, Some(factor));
            }
            weights = huber_weights(&self.design.left(errors, &coefficients));
        }
        (coefficients, precision)
    }

    /// Coefficients for given weights.
    pub(in crate::forecast) fn solve(&self, errors: &DVector<f64>, weights: &DVector<f64>) -> Option<(DVector<f64>, Precision)> {
        let filtered = &self.design.filtered;
        if let Some(products) = &self.days {
            let mut system = products.clone();
            weights.iter().enumerate().for_each(|(day, weight)| system[(day, day)] += 1.0 / weight);
            let factor = Factor::of(system)?;
            let mut coefficients = filtered.tr_mul(&factor.solve(errors));
            coefficients.iter_mut().zip(&self.ridges).for_each(|(coefficient, ridge)| *coefficient /= ridge);
            return Some((coefficients, Precision::Days { factor, filtered: Rc::clone(filtered), ridges: self.ridges.clone() }));
        }
        let mut weighted = (**filtered).clone();
        weighted.column_iter_mut().for_each(|mut column| column.component_mul_assign(weights));
        let mut normal = weighted.transpose() * &**filtered;
        self.ridges.iter().enumerate().for_each(|(column, ridge)| normal[(column, column)] += ridge);
        let factor = Factor::of(normal)?;
        Some((factor.solve(&weighted.tr_mul(errors)), Precision::Columns(factor)))
    }

    /// Posterior variance of each coefficient, in units of the noise variance.
    pub(in crate::forecast) fn unknown(&self, precision: &Precision) -> Vec<f64> {
        match precision {
            Precision::Columns(factor) => {
                let size = self.ridges.len();
                factor.halfway(DMatrix::identity(size, size)).column_iter().map(|column| column.norm_squared()).collect()
            }
            Precision::Days { factor, .. } => {
                let days = self.design.filtered.nrows();
                let half = factor.halfway(self.design.smoothing.filtered(DMatrix::identity(days, days)));
                let told = |entries: &Vec<(usize, f64)>| {
                    let mut sum = DVector::zeros(days);
                    entries.iter().for_each(|&(day, value)| sum.axpy(value, &half.column(day), 1.0));
                    sum.norm_squared()
                };
                self.design.columns.entries.iter().zip(&self.ridges).map(|(entries, ridge)| (1.0 - told(entries) / ridge) / ridge).collect()
            }
        }
    }
}

/// Precision of the coefficients, in units of the noise variance.
#[derive(Clone, Debug)]
pub(in crate::forecast) enum Precision {
    /// From a system in the columns.
    Columns(Factor),
    /// From a system in the days.
    Days { factor: Factor, filtered: Rc<DMatrix<f64>>, ridges: Vec<f64> },
}

impl Precision {
    /// Variance of a linear combination of the coefficients.
    pub(in crate::forecast) fn variance(&self, times: DVector<f64>) -> f64 {
        match self {
            Self::Columns(factor) => times.dot(&factor.solve(&times)),
            Self::Days { factor, filtered, ridges } => {
                let over_ridge = DVector::from_fn(times.len(), |column, _| times[column] / ridges[column]);
                let told = &**filtered * &over_ridge;
                times.dot(&over_ridge) - told.dot(&factor.solve(&told))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn a_system_of_days_and_one_of_columns_say_the_same() {
        let mut random = ChaCha8Rng::seed_from_u64(2);
        for (days, columns, starts) in [(40, 12, vec![]), (70, 60, vec![30]), (30, 75, vec![12]), (25, 24, vec![5, 18])] {
            let mut draw = || random.random::<f64>() - 0.4;
            let rows = DMatrix::from_fn(days, columns, |_, _| if draw() > 0.3 { draw() } else { 0.0 });
            let errors = DVector::from_fn(days, |_, _| draw());
            let weights = DVector::from_fn(days, |day, _| if day % 4 == 0 { 0.3 } else { 1.0 });
            let ridges: Vec<f64> = (0..columns).map(|column| 0.05 + (column % 5) as f64).collect();
            let (columns, smoothing) = (Columns::of(rows), Smoothing { weight: 0.16, starts: &starts });
            let design = Design::of(&columns, &smoothing);
            let both = smoothing.filtered(smoothing.filtered(columns.products(&ridges)).transpose());
            let by_days = Held { design: &design, ridges: ridges.clone(), days: Some(both) };
            let by_columns = Held { design: &design, ridges, days: None };
            let [of_days, of_columns] = [&by_days, &by_columns].map(|held| {
                let (coefficients, precision) = held.solve(&errors, &weights).unwrap();
                let times = DVector::from_fn(coefficients.len(), |column, _| (column % 3) as f64);
                let all = [coefficients.as_slice().to_vec(), held.unknown(&precision), vec![precision.variance(times)]];
                DVector::from_vec(all.concat())
            });
            assert!((&of_days - &of_columns).amax() < 1e-9, "{days} days");
        }
    }
}
