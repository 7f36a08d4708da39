//! Handling times that contacts have.

/// Whether contacts may take so many seconds on average: from a quarter of a minute to two hours.
pub(in crate::input) fn is_plausible(mean: f64) -> bool {
    (15.0..=7200.0).contains(&mean)
}
