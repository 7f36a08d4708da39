//! Deviations of runs from their pooled ratio (delta method).

/// Ratio Σ above / Σ below over runs, with each run's influence on it (delta method).
pub(super) struct Deviations {
    pub(super) ratio: f64,
    pub(super) of_runs: Vec<f64>,
}

impl Deviations {
    pub(super) fn of(pairs: &[(f64, f64)]) -> Self {
        let (above, below) = pairs.iter().fold((0.0, 0.0), |(above, below), pair| (above + pair.0, below + pair.1));
        let (ratio, mean) = (above / below, below / pairs.len() as f64);
        Self { ratio, of_runs: pairs.iter().map(|pair| (pair.0 - ratio * pair.1) / mean).collect() }
    }
}
