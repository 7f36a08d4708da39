//! Robust estimates, with limited influence of outliers.

use nalgebra::DVector;

/// Candidate Huber bounds in robust standard deviations; the residuals determine the choice.
const HUBER: [f64; 6] = [1.2, 1.45, 1.7, 1.95, 2.2, 2.5];

/// Huber weights: errors beyond a bound count as the bound.
pub(in crate::forecast) fn huber_weights(errors: &DVector<f64>) -> DVector<f64> {
    let bound = huber_bound(errors.as_slice());
    errors.map(|error| if error.abs() <= bound { 1.0 } else { bound / error.abs() })
}

/// The bound that minimises the variance of the estimate: low for heavy tails, high for light ones (Wang, Lin, Zhu & Bai 2007, *Robust
/// estimation using the Huber function with a data-dependent tuning constant*).
fn huber_bound(errors: &[f64]) -> f64 {
    let scale = robust_scale(errors);
    let variance = |bound: f64| {
        let (sum, within) = errors.iter().fold((0.0, 0_usize), |(sum, within), error| {
            (sum + error.abs().min(bound).powi(2), within + usize::from(error.abs() <= bound))
        });
        sum / (within.max(1) as f64).powi(2)
    };
    let bounds = HUBER.map(|deviations| (deviations * scale, variance(deviations * scale)));
    bounds.into_iter().reduce(|best, next| if next.1 < best.1 { next } else { best }).map_or(scale, |(bound, _)| bound)
}

/// 1.4826 × the median absolute value; at least 1e-6.
pub(in crate::forecast) fn robust_scale(errors: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    let middle = sizes.len() / 2;
    if sizes.is_empty() {
        return 1e-6;
    }
    let (_, median, _) = sizes.select_nth_unstable_by(middle, f64::total_cmp);
    (1.4826 * *median).max(1e-6)
}
