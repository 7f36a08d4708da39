//! A sum of trees, each grown on what the ones before it miss (Friedman 2001, *Greedy function approximation*, algorithm 2) and added
//! by a share only, each on some of the rows (Friedman 2002, *Stochastic gradient boosting*) and some of the features.

use super::bins::Bins;
use super::tree::{Limits, Sample, Tree};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How a sum of trees grows.
#[derive(Clone, Copy, Debug)]
pub(in crate::forecast) struct Growth {
    /// Trees.
    pub(in crate::forecast) rounds: usize,
    /// The share of a tree that is added.
    pub(in crate::forecast) rate: f64,
    /// The chance of a row to be seen by a tree.
    pub(in crate::forecast) share_of_rows: f64,
    /// The share of the features that a tree may split by.
    pub(in crate::forecast) share_of_features: f64,
    pub(in crate::forecast) limits: Limits,
}

/// A sum of trees that has grown.
#[derive(Debug)]
pub(in crate::forecast) struct Booster {
    mean: f64,
    rate: f64,
    trees: Vec<Tree>,
}

impl Booster {
    /// Learns a target of each row; which rows and features a tree sees hangs on the seed alone.
    pub(in crate::forecast) fn grow(bins: &Bins, targets: &[f64], growth: &Growth, seed: u64) -> Self {
        let mean = targets.iter().sum::<f64>() / targets.len().max(1) as f64;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut residuals: Vec<f64> = targets.iter().map(|target| target - mean).collect();
        let mut trees = Vec::with_capacity(growth.rounds);
        for _ in 0..growth.rounds {
            let rows = (0..bins.rows()).filter(|_| random.random::<f64>() < growth.share_of_rows).collect();
            let features = some_features(bins.features(), growth.share_of_features, &mut random);
            let tree = Tree::grow(&Sample { bins, residuals: &residuals, features: &features }, rows, &growth.limits);
            residuals.iter_mut().enumerate().for_each(|(row, residual)| *residual -= growth.rate * tree.says(bins, row));
            trees.push(tree);
        }
        Self { mean, rate: growth.rate, trees }
    }

    /// What it says of a row.
    pub(in crate::forecast) fn says(&self, bins: &Bins, row: usize) -> f64 {
        self.mean + self.rate * self.trees.iter().map(|tree| tree.says(bins, row)).sum::<f64>()
    }
}

/// Numbers of features, ascending, so that of equal splits the first feature's is taken.
fn some_features(count: usize, share: f64, random: &mut ChaCha8Rng) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    let mut chosen = numbers.partial_shuffle(random, (count as f64 * share) as usize).0.to_vec();
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::boosting::bins::Cuts;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { depth: 3, leaves: 6, least_leaf_rows: 2, penalty: 1.0 };
    /// Every tree sees every row and feature.
    const WHOLE: Growth = Growth { rounds: 10, rate: 0.3, share_of_rows: 1.0, share_of_features: 1.0, limits: LIMITS };
    const IN_PART: Growth = Growth { share_of_rows: 0.7, share_of_features: 0.5, ..WHOLE };

    fn said(features: &[Vec<f64>], targets: &[f64], growth: &Growth, seed: u64) -> Vec<f64> {
        let bins = Cuts::of(features, 8).bins(features);
        let booster = Booster::grow(&bins, targets, growth, seed);
        (0..targets.len()).map(|row| booster.says(&bins, row)).collect()
    }

    fn loss(said: &[f64], targets: &[f64]) -> f64 {
        said.iter().zip(targets).map(|(said, target)| (said - target).powi(2)).sum()
    }

    /// Three features of whole numbers, and targets, of up to forty rows.
    fn rows() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
        (1_usize..40).prop_flat_map(|rows| {
            let feature = prop::collection::vec((-20_i32..20).prop_map(f64::from), rows);
            (prop::collection::vec(feature, 3), prop::collection::vec(-5.0..5.0, rows))
        })
    }

    #[test]
    fn every_round_takes_its_share_of_what_is_left() {
        // mean 2.5; two rows a side miss it by r, so a leaf says 2r ÷ (2 + 1), and 1 − 0.3 × 2 ÷ 3 = 0.8 of r is left after each round
        for rounds in [0, 1, 2, 10] {
            let said = said(&[vec![0.0, 0.0, 1.0, 1.0]], &[1.0, 1.0, 4.0, 4.0], &Growth { rounds, ..WHOLE }, 0);
            let left = 1.5 * 0.8_f64.powi(rounds as i32);
            for (said, expected) in said.iter().zip([1.0 + left, 1.0 + left, 4.0 - left, 4.0 - left]) {
                assert!((said - expected).abs() < 1e-12, "{rounds} rounds: {said}, not {expected}");
            }
        }
    }

    #[test]
    fn trees_see_the_share_of_features_asked_for() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut seen = [0; 9];
        for _ in 0..900 {
            let chosen = some_features(9, 0.5, &mut random);
            assert_eq!(chosen.len(), 4);
            assert!(chosen.is_sorted_by(|one, next| one < next));
            chosen.into_iter().for_each(|feature| seen[feature] += 1);
        }
        // 400 of 900 each; a binomial's standard deviation is 15
        assert!(seen.iter().all(|times| (340..460).contains(times)), "{seen:?}");
    }

    #[test]
    fn what_is_learned_hangs_on_the_seed_alone() {
        let feature: Vec<f64> = (0..30).map(f64::from).collect();
        let features = [feature.clone(), feature.iter().map(|value| value % 7.0).collect()];
        let grown = |seed| said(&features, &features[1], &IN_PART, seed);
        assert_eq!(grown(1), grown(1));
        assert_ne!(grown(1), grown(2));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_loss_never_rises_with_more_rounds((features, targets) in rows()) {
            let losses = (0..12).map(|rounds| loss(&said(&features, &targets, &Growth { rounds, ..WHOLE }, 0), &targets));
            let losses: Vec<f64> = losses.collect();
            prop_assert!(losses.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9), "{losses:?}");
        }

        #[test]
        fn a_constant_target_gives_the_constant((features, targets) in rows(), constant in -1e3..1e3) {
            let said = said(&features, &vec![constant; targets.len()], &IN_PART, 0);
            prop_assert!(said.iter().all(|said| (said - constant).abs() < 1e-9), "{said:?}");
        }

        #[test]
        fn a_feature_in_another_unit_changes_nothing((features, targets) in rows()) {
            // rising, and exact for whole numbers of this size
            let other: Vec<Vec<f64>> = features.iter().map(|values| values.iter().map(|value| value.powi(3) + value).collect()).collect();
            prop_assert_eq!(said(&features, &targets, &IN_PART, 3), said(&other, &targets, &IN_PART, 3));
        }
    }
}
