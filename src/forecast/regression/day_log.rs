//! The scale on which day effects are additive: the log of the total, with an offset where counts are few.

/// Minimum offset, so that a day without contacts has a logarithm.
const LEAST_OFFSET: f64 = 0.5;
/// Minimum ratio of the log's argument to the standard deviation of a Poisson count. Below it the curvature of the log would turn noise
/// into effects.
const PARTS: f64 = 4.0;
/// Maximum daily drift of a level, as standard deviation of its log.
const MOST_DRIFT: f64 = 0.1;

/// Log transform of the day totals of one series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::forecast) struct DayLog {
    mean: f64,
    offset: f64,
}

impl DayLog {
    /// Transform of a series with these day totals.
    pub(in crate::forecast) fn of(totals: &[f64]) -> Self {
        let mean = totals.iter().sum::<f64>() / totals.len().max(1) as f64;
        Self { mean, offset: (PARTS * mean.sqrt() - mean).max(LEAST_OFFSET) }
    }

    pub(in crate::forecast) fn log(self, total: f64) -> f64 {
        (total + self.offset).ln()
    }

    /// Inverse of [`Self::log`].
    pub(in crate::forecast) fn total(self, log: f64) -> f64 {
        (log.min(25.0).exp() - self.offset).max(0.0)
    }

    /// Largest smoothing weight that can follow a level through the count noise: the optimum for a level with maximum drift, observed
    /// with Poisson noise (Muth 1960, *Optimal properties of exponentially weighted forecasts*).
    pub(in crate::forecast) fn fastest_smoothing(self) -> f64 {
        let signal = MOST_DRIFT.powi(2) * self.mean;
        if signal > 1e6 { 1.0 } else { ((signal * signal + 4.0 * signal).sqrt() - signal) / 2.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_come_back_and_few_contacts_are_smoothed_slowly() {
        for mean in [0.01, 0.5, 3.0, 20.0, 500.0, 1e6] {
            let scale = DayLog::of(&[mean; 9]);
            for total in [0.0, 1.0, mean, 3.0 * mean] {
                assert!((scale.total(scale.log(total)) - total).abs() < 1e-9 * total.max(1.0), "{total} of {mean}");
            }
        }
        let fastest = [0.1, 3.0, 50.0, 5000.0].map(|mean| DayLog::of(&[mean]).fastest_smoothing());
        assert!(fastest.is_sorted() && fastest[1] < 0.2 && fastest[3] > 0.5, "{fastest:?}");
    }
}
