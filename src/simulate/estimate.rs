//! Performance measures with their confidence.

use super::deviations::Deviations;
use super::tally::Tally;

/// An estimate with the half width of its 95 % confidence interval.
///
/// ```
/// use peakshift::simulate::Estimate;
/// let saved = Estimate { value: -4.0, half_width: 1.5 }; // seconds of waiting
/// assert!(saved.is_significant() && !Estimate { half_width: 5.0, ..saved }.is_significant());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Mean over all runs; NaN if there is nothing to measure.
    pub value: f64,
    /// Half the width of the 95 % confidence interval.
    pub half_width: f64,
}

/// Verdict on a target over many runs, from best to worst.
///
/// ```
/// use peakshift::simulate::Verdict;
/// assert!(Verdict::Missed.is_decided() && !Verdict::LikelyMet.is_decided());
/// assert!(Verdict::Met < Verdict::LikelyMet); // from best to worst
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Met over the whole confidence interval; also without contacts.
    Met,
    /// Met on average, but the confidence interval includes misses: more runs would tell.
    LikelyMet,
    /// Missed on average, but the confidence interval reaches the target.
    LikelyMissed,
    /// Missed over the whole confidence interval.
    Missed,
}

impl Verdict {
    /// Whether more runs are unlikely to change the verdict.
    #[must_use]
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Met | Self::Missed)
    }
}

/// Quantity summed over tallies.
pub(super) type Count = fn(&Tally) -> f64;

/// A performance measure by which two plans can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Share answered within the queue's time, over offered.
    ServiceLevel,
    /// Mean wait of the answered contacts, in seconds.
    MeanWait,
    /// Share of the offered contacts that abandoned.
    Abandonment,
    /// Share of desk time with a call or a chat in hand.
    Occupancy,
}

impl Figure {
    /// Numerator and denominator, each summed over tallies.
    pub(super) fn sums(self) -> (Count, Count) {
        match self {
            Self::ServiceLevel => (|tally| tally.in_time, |tally| tally.offered),
            Self::MeanWait => (|tally| tally.waited, |tally| tally.answered),
            Self::Abandonment => (|tally| tally.abandoned, |tally| tally.offered),
            Self::Occupancy => (|tally| tally.busy, |tally| tally.at_desk),
        }
    }
}

impl Estimate {
    /// Whether the confidence interval of a difference excludes 0.
    #[must_use]
    pub fn is_significant(self) -> bool {
        self.value.abs() > self.half_width
    }

    pub(super) fn at_most(self, most: f64) -> Verdict {
        let margin = if self.half_width.is_finite() { self.half_width } else { 0.0 };
        match self.value {
            value if value.is_nan() || value + margin <= most => Verdict::Met,
            value if value - margin > most => Verdict::Missed,
            value if value <= most => Verdict::LikelyMet,
            _ => Verdict::LikelyMissed,
        }
    }

    pub(super) fn at_least(self, least: f64) -> Verdict {
        Self { value: -self.value, ..self }.at_most(-least)
    }
}

/// Σ above / Σ below over runs, with the standard error of the delta method.
pub(super) fn ratio_of_sums(pairs: &[(f64, f64)]) -> Estimate {
    let Deviations { ratio, of_runs } = Deviations::of(pairs);
    let runs = pairs.len() as f64;
    let variance = of_runs.iter().map(|deviation| deviation.powi(2)).sum::<f64>() / (runs * (runs - 1.0));
    Estimate { value: ratio, half_width: 1.96 * variance.sqrt() }
}
