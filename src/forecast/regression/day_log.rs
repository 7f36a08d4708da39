//! The scale on which a day's effects add: the logarithm of its total, offset where counts are few.

/// A day without contacts still has a logarithm.
const LEAST_OFFSET: f64 = 0.5;
/// The offset leaves a standard deviation of a Poisson count at most one part in so many of what the logarithm is taken of: with more
/// its bend would make noise an effect.
const PARTS: f64 = 4.0;
/// The level of no series moves more from day to day, as standard deviation of its log.
const MOST_DRIFT: f64 = 0.1;

/// The log of day totals of one series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::forecast) struct DayLog {
    mean: f64,
    offset: f64,
}

impl DayLog {
    /// Of a series with these day totals.
    pub(in crate::forecast) fn of(totals: &[f64]) -> Self {
        let mean = totals.iter().sum::<f64>() / totals.len().max(1) as f64;
        Self { mean, offset: (PARTS * mean.sqrt() - mean).max(LEAST_OFFSET) }
    }

    pub(in crate::forecast) fn log(self, total: f64) -> f64 {
        (total + self.offset).ln()
    }

    /// The total of a logarithm from [`Self::log`].
    pub(in crate::forecast) fn total(self, log: f64) -> f64 {
        (log.min(25.0).exp() - self.offset).max(0.0)
    }

    /// The greatest smoothing weight that can follow a level through the noise of so few counts: that of a level which drifts as fast
    /// as any, observed with a Poisson count's noise (Muth 1960, *Optimal properties of exponentially weighted forecasts*).
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
