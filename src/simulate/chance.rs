//! Probability that a ratio over a long period falls below a share, from runs of a shorter one.

use super::deviations::Deviations;
use statrs::distribution::{ContinuousCDF, Normal};

/// Probability that Σ above / Σ below falls below `share` over `periods` independent runs that vary as the given ones (above, below) do.
/// By the delta method: runs with a larger denominator count for more, and empty runs widen the distribution instead of narrowing it. NaN
/// if all denominators are 0, or with fewer than two runs.
pub(super) fn chance_below(runs: &[(f64, f64)], share: f64, periods: f64) -> f64 {
    let Deviations { ratio, of_runs } = Deviations::of(runs);
    if runs.len() < 2 || ratio.is_nan() {
        return f64::NAN;
    }
    let squares: f64 = of_runs.iter().map(|deviation| deviation.powi(2)).sum();
    let variance = squares / (runs.len() as f64 - 1.0) / periods;
    match Normal::new(ratio, variance.sqrt()) {
        Ok(normal) if variance > 0.0 => normal.cdf(share),
        _ => f64::from(u8::from(ratio < share)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn runs_of_one_size_vary_as_their_shares() {
        // shares 0.6, 0.8, 1.0: mean 0.8, variance 0.04; over 4 periods 0.01; 0.9 is one standard deviation above: Φ(1) = 0.841345
        let runs = [(6.0, 10.0), (8.0, 10.0), (10.0, 10.0)];
        assert!((chance_below(&runs, 0.9, 4.0) - 0.841_344_746).abs() < 1e-6);
        assert!((chance_below(&runs, 0.8, 4.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn runs_with_nothing_to_count_make_a_period_poorer() {
        // these three runs and three empty ones: half of a period of 4 is not empty. Deviations (x − 0.8·10)/5 = −0.4, 0, 0.4 and three
        // of 0: 0.32/5/4 = 0.016, a standard deviation of 0.126491; Φ(0.1/0.126491) = Φ(0.790569) = 0.785402
        let runs = [(6.0, 10.0), (0.0, 0.0), (8.0, 10.0), (0.0, 0.0), (10.0, 10.0), (0.0, 0.0)];
        assert!((chance_below(&runs, 0.9, 4.0) - 0.785_402).abs() < 1e-5, "{}", chance_below(&runs, 0.9, 4.0));
    }

    #[test]
    fn where_nothing_varies_or_nothing_came_it_is_said() {
        assert_eq!((chance_below(&[(8.0, 10.0); 3], 0.9, 1.0), chance_below(&[(8.0, 10.0); 3], 0.8, 1.0)), (1.0, 0.0));
        assert!(chance_below(&[(0.0, 0.0); 3], 0.5, 1.0).is_nan());
        assert!(chance_below(&[(1.0, 2.0)], 0.5, 1.0).is_nan() && chance_below(&[], 0.5, 1.0).is_nan());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
        /// Periods drawn from the runs miss as often as computed, whatever share of the runs is empty.
        #[test]
        fn periods_drawn_from_the_runs_miss_as_often(seed in 0_u64..10_000, empty in 0.0..0.6_f64, level in 0.5..0.9_f64, z in -1.0..1.0_f64) {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let run = |random: &mut ChaCha8Rng| {
                let awaited = if random.random_bool(empty) { 0.0 } else { f64::from(random.random_range(40..80_u32)) };
                (awaited * (level + random.random_range(-0.1..0.1)), awaited)
            };
            let runs: Vec<(f64, f64)> = (0..200).map(|_| run(&mut random)).collect();
            let periods = 24;
            let ratio = |drawn: &[(f64, f64)]| drawn.iter().map(|run| run.0).sum::<f64>() / drawn.iter().map(|run| run.1).sum::<f64>();
            let mut period = || (0..periods).map(|_| runs[random.random_range(0..runs.len())]).collect::<Vec<_>>();
            let ratios: Vec<f64> = (0..4000).map(|_| ratio(&period())).collect();
            // a share z standard deviations from the mean, for a period of which half is empty at worst
            let share = ratio(&runs) + z * 0.0577 / (f64::from(periods) * (1.0 - empty)).sqrt();
            let missed = ratios.iter().filter(|ratio| **ratio < share).count() as f64 / ratios.len() as f64;
            let said = chance_below(&runs, share, f64::from(periods));
            // three standard errors of 4,000 draws are 0.024; the rest is the error of the normal approximation
            prop_assert!((said - missed).abs() < 0.04, "{said} said, {missed} drawn");
        }
    }
}
