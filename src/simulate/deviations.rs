//! How runs depart from the ratio of all of them (the delta method).

/// A ratio Σ above / Σ below over runs, and by how much each run moves it (delta method).
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
