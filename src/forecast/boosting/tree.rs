//! A regression tree on binned features that corrects what a sum of trees still misses, by squared error.
//!
//! Of a leaf with n rows whose residuals add up to G, the best correction is G ÷ (n + λ) (Chen & Guestrin 2016, *XGBoost*, eq. 5, with
//! the gradient −residual and the curvature 1 of half the squared error), and splitting a leaf in two lowers the penalised loss by half of
//! G_l² ÷ (n_l + λ) + G_r² ÷ (n_r + λ) − G² ÷ (n + λ) (eq. 7 with γ = 0). A tree grows level by level, from left to right.

use super::bins::{BinnedFeature, Bins};
use std::collections::VecDeque;

/// Gains that differ by a smaller share are equal. Several features often part the same days (an event's days since and days left), and
/// which of them is asked must not hang on the last digit of a sum.
const EQUAL: f64 = 1e-9;

/// How far a tree may grow.
#[derive(Clone, Copy, Debug)]
pub(in crate::forecast) struct Limits {
    /// Splits from the root to a leaf.
    pub(in crate::forecast) depth: usize,
    pub(in crate::forecast) leaves: usize,
    pub(in crate::forecast) least_leaf_rows: usize,
    /// λ: so many rows without a residual are added to every leaf.
    pub(in crate::forecast) penalty: f64,
}

/// A tree that has grown.
#[derive(Debug)]
pub(in crate::forecast) struct Tree {
    /// The root first.
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    Leaf(f64),
    /// Rows whose bin is below `from` go to the node `left`, the others to the one after it.
    Split {
        feature: usize,
        from: u8,
        left: usize,
    },
}

/// What a tree learns from.
pub(in crate::forecast) struct Sample<'a> {
    pub(in crate::forecast) bins: &'a Bins,
    /// Of every row.
    pub(in crate::forecast) residuals: &'a [f64],
    /// The features that it may split by.
    pub(in crate::forecast) features: &'a [usize],
}

/// The number of rows and the sum of their residuals.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    rows: usize,
    residual: f64,
}

#[derive(Clone, Copy, Debug)]
struct Split {
    feature: usize,
    from: u8,
    gain: f64,
}

/// A leaf that may yet be split.
struct Open {
    node: usize,
    depth: usize,
    rows: Vec<usize>,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.residual += other.residual;
    }

    fn without(self, part: Self) -> Self {
        Self { rows: self.rows - part.rows, residual: self.residual - part.residual }
    }

    fn correction(self, penalty: f64) -> f64 {
        self.residual / (self.rows as f64 + penalty)
    }

    /// Twice what the correction takes from the penalised loss.
    fn score(self, penalty: f64) -> f64 {
        self.residual * self.correction(penalty)
    }
}

impl Tree {
    pub(in crate::forecast) fn grow(sample: &Sample, rows: Vec<usize>, limits: &Limits) -> Self {
        let leaf = |rows: &[usize]| Node::Leaf(sample.sum(rows).correction(limits.penalty));
        let mut nodes = vec![leaf(&rows)];
        let mut open = VecDeque::from([Open { node: 0, depth: 0, rows }]);
        let mut leaves = 1;
        while leaves < limits.leaves {
            let Some(Open { node, depth, rows }) = open.pop_front() else { break };
            if depth == limits.depth {
                break;
            }
            let Some(split) = sample.best_split(&rows, limits) else { continue };
            nodes[node] = Node::Split { feature: split.feature, from: split.from, left: nodes.len() };
            for rows in sample.parts(&rows, split) {
                nodes.push(leaf(&rows));
                open.push_back(Open { node: nodes.len() - 1, depth: depth + 1, rows });
            }
            leaves += 1;
        }
        Self { nodes }
    }

    /// What it adds to a row.
    pub(in crate::forecast) fn says(&self, bins: &Bins, row: usize) -> f64 {
        let mut at = 0;
        loop {
            match self.nodes[at] {
                Node::Leaf(correction) => return correction,
                Node::Split { feature, from, left } => at = left + usize::from(bins.feature(feature).of_rows[row] >= from),
            }
        }
    }
}

impl Sample<'_> {
    fn sum(&self, rows: &[usize]) -> Sum {
        Sum { rows: rows.len(), residual: rows.iter().map(|&row| self.residuals[row]).sum() }
    }

    /// The rows that a split sends left, and those that it sends right.
    fn parts(&self, rows: &[usize], split: Split) -> [Vec<usize>; 2] {
        let bins = &self.bins.feature(split.feature).of_rows;
        let (left, right) = rows.iter().partition(|&&row| bins[row] < split.from);
        [left, right]
    }

    /// The split that gains most; of equal ones the first.
    fn best_split(&self, rows: &[usize], limits: &Limits) -> Option<Split> {
        let all = self.sum(rows);
        let mut best: Option<Split> = None;
        for &feature in self.features {
            let found = best_split_of(&self.histogram(feature, rows), all, limits).map(|(from, gain)| Split { feature, from, gain });
            best = found.filter(|found| best.is_none_or(|best| is_more(found.gain, best.gain))).or(best);
        }
        best
    }

    /// The sum of the rows of each bin of a feature.
    fn histogram(&self, feature: usize, rows: &[usize]) -> Vec<Sum> {
        let BinnedFeature { of_rows, count } = self.bins.feature(feature);
        let mut sums = vec![Sum::default(); *count];
        for &row in rows {
            sums[usize::from(of_rows[row])].add(Sum { rows: 1, residual: self.residuals[row] });
        }
        sums
    }
}

fn is_more(gain: f64, than: f64) -> bool {
    gain > than * (1.0 + EQUAL)
}

/// The bin from which on rows should go right, and twice what that takes from the loss.
fn best_split_of(histogram: &[Sum], all: Sum, limits: &Limits) -> Option<(u8, f64)> {
    let unsplit = all.score(limits.penalty);
    let (mut best, mut left) = (None, Sum::default());
    for (bin, sum) in histogram.iter().enumerate().take(histogram.len() - 1) {
        left.add(*sum);
        let right = all.without(left);
        if left.rows < limits.least_leaf_rows || right.rows < limits.least_leaf_rows {
            continue;
        }
        let gain = left.score(limits.penalty) + right.score(limits.penalty) - unsplit;
        if is_more(gain, best.map_or(0.0, |(_, most)| most)) {
            best = Some((bin as u8 + 1, gain));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::boosting::bins::Cuts;

    const WIDE: Limits = Limits { depth: 9, leaves: 99, least_leaf_rows: 1, penalty: 1.0 };

    /// What a tree that has seen every row says of each.
    fn said(features: &[Vec<f64>], residuals: &[f64], limits: &Limits) -> Vec<f64> {
        let bins = Cuts::of(features, 256).bins(features);
        let numbers: Vec<usize> = (0..features.len()).collect();
        let sample = Sample { bins: &bins, residuals, features: &numbers };
        let tree = Tree::grow(&sample, (0..residuals.len()).collect(), limits);
        (0..residuals.len()).map(|row| tree.says(&bins, row)).collect()
    }

    fn leaves(said: &[f64]) -> usize {
        let mut said = said.to_vec();
        said.sort_by(f64::total_cmp);
        said.dedup();
        said.len()
    }

    #[test]
    fn a_split_gains_what_the_formula_says() {
        // two rows with residual 1 and two with −2, λ = 1: 2² ÷ 3 + 4² ÷ 3 − 2² ÷ 5 = 88 ÷ 15
        let histogram = [Sum { rows: 2, residual: 2.0 }, Sum { rows: 2, residual: -4.0 }];
        let (from, gain) = best_split_of(&histogram, Sum { rows: 4, residual: -2.0 }, &WIDE).unwrap();
        assert_eq!(from, 1);
        assert!((gain - 88.0 / 15.0).abs() < 1e-12, "{gain}");
    }

    #[test]
    fn a_leaf_corrects_by_its_sum_over_its_rows_and_the_penalty() {
        // 2 ÷ (2 + 1) and −4 ÷ (2 + 1)
        let said = said(&[vec![0.0, 7.0, 0.0, 7.0]], &[1.0, -2.0, 1.0, -2.0], &WIDE);
        assert_eq!(said, [2.0 / 3.0, -4.0 / 3.0, 2.0 / 3.0, -4.0 / 3.0]);
    }

    #[test]
    fn the_feature_that_tells_most_is_split_by() {
        // by the first feature both halves have residuals of −1 and 1; by the second they are pure
        let features = [vec![0.0, 0.0, 1.0, 1.0], vec![5.0, 3.0, 5.0, 3.0]];
        let said = said(&features, &[1.0, -1.0, 1.0, -1.0], &Limits { depth: 1, ..WIDE });
        assert_eq!(said, [2.0 / 3.0, -2.0 / 3.0, 2.0 / 3.0, -2.0 / 3.0]);
    }

    #[test]
    fn equal_residuals_are_one_leaf() {
        // n² ÷ (n + λ) is convex, so two parts of equal residuals never score more than the whole: 12 ÷ (4 + 1) each
        assert_eq!(said(&[vec![0.0, 1.0, 2.0, 3.0]], &[3.0; 4], &WIDE), [2.4; 4]);
    }

    #[test]
    fn no_leaf_has_fewer_rows_than_asked() {
        // the one row that differs cannot be alone: it shares a leaf of two
        let residuals = [9.0, 0.0, 0.0, 0.0, 0.0];
        let said = said(&[vec![0.0, 1.0, 2.0, 3.0, 4.0]], &residuals, &Limits { least_leaf_rows: 2, penalty: 0.0, ..WIDE });
        assert_eq!(said, [4.5, 4.5, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn of_splits_that_part_the_same_rows_the_first_is_taken_whatever_the_last_digits() {
        // the second feature is the first in a mirror: all its sums are the same numbers added in another order
        let value = |row: usize| (row * 7 % 12) as f64;
        let features = [(0..36).map(value).collect::<Vec<f64>>(), (0..36).map(|row| -value(row)).collect()];
        let bins = Cuts::of(&features, 256).bins(&features);
        for digit in 0..200 {
            let residuals: Vec<f64> = (0..36).map(|row| (value(row) * 0.7).sin() + 1e-14 * (row * digit % 11) as f64).collect();
            let sample = Sample { bins: &bins, residuals: &residuals, features: &[0, 1] };
            let tree = Tree::grow(&sample, (0..36).collect(), &WIDE);
            assert!(!tree.nodes.iter().any(|node| matches!(node, Node::Split { feature: 1, .. })), "{digit}: {tree:?}");
        }
    }

    #[test]
    fn depth_and_leaves_are_bounds() {
        // a straight line without penalty: every leaf gains most by halving
        let values: Vec<f64> = (0..16).map(f64::from).collect();
        let leaves_within = |depth, leaves| {
            let limits = Limits { depth, leaves, penalty: 0.0, ..WIDE };
            self::leaves(&said(std::slice::from_ref(&values), &values, &limits))
        };
        assert_eq!([0, 1, 2, 3].map(|depth| leaves_within(depth, 99)), [1, 2, 4, 8]);
        assert_eq!([1, 3, 7, 12].map(|leaves| leaves_within(9, leaves)), [1, 3, 7, 12]);
    }
}
