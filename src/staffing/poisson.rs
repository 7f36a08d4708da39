//! Poisson probabilities for uniformisation: the number of steps of a chain within a time.

use statrs::function::gamma::ln_gamma;

/// Probability, relative to the mode, below which terms on both sides are left out.
const NEGLIGIBLE: f64 = 1e-20;

/// P(0), P(1), … for a mean, up to where further terms are negligible.
pub(super) fn poisson_weights(mean: f64) -> Vec<f64> {
    if mean <= 0.0 {
        return vec![1.0];
    }
    let mode = mean.floor();
    let at_mode = (mode * mean.ln() - mean - ln_gamma(mode + 1.0)).exp();
    let mut below = Vec::new();
    let (mut weight, mut count) = (at_mode, mode);
    while count >= 1.0 && weight > NEGLIGIBLE * at_mode {
        weight *= count / mean;
        count -= 1.0;
        below.push(weight);
    }
    let mut weights = vec![0.0; count as usize];
    weights.extend(below.into_iter().rev());
    let (mut weight, mut count) = (at_mode, mode);
    while weight > NEGLIGIBLE * at_mode {
        weights.push(weight);
        count += 1.0;
        weight *= mean / count;
    }
    // the rounding error of the logarithm at the mode is common to all weights
    let sum: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= sum);
    weights
}

#[cfg(test)]
mod tests {
    use super::poisson_weights;

    #[test]
    fn weights_are_probabilities_with_the_mean_asked_for() {
        for mean in [0.0, 1e-9, 0.3, 1.0, 17.5, 4000.0] {
            let weights = poisson_weights(mean);
            let found: f64 = weights.iter().enumerate().map(|(count, weight)| count as f64 * weight).sum();
            assert!((found - mean).abs() <= 1e-12 * mean.max(1.0), "{mean}: {found}");
        }
        assert!((poisson_weights(2.0)[3] - 8.0 / 6.0 * (-2.0_f64).exp()).abs() < 1e-15);
    }
}
