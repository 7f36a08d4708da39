//! Values of features as numbers of bins. Trees ask only which of two values is the larger, so a few dozen bins of about as many rows each
//! lose little, and the best place to split is found in one pass over a histogram (Ke et al. 2017, *LightGBM*, algorithm 1).

/// The most bins that a feature may have, so that a bin fits a byte.
const MOST: usize = 256;

/// Where the features' values are cut into bins, as rows to learn from show.
pub(in crate::forecast) struct Cuts {
    /// The least value of every bin of a feature but the first, ascending.
    of_features: Vec<Vec<f64>>,
}

/// The bins of rows.
pub(in crate::forecast) struct Bins {
    rows: usize,
    features: Vec<BinnedFeature>,
}

/// The bins of one feature.
pub(in crate::forecast) struct BinnedFeature {
    pub(in crate::forecast) of_rows: Vec<u8>,
    /// How many bins there are.
    pub(in crate::forecast) count: usize,
}

impl Cuts {
    /// A bin for each value where there are no more than `bins` of them, else as many bins of about as many rows each.
    pub(in crate::forecast) fn of(features: &[Vec<f64>], bins: usize) -> Self {
        assert!((1..=MOST).contains(&bins), "{bins} bins");
        Self { of_features: features.iter().map(|values| cuts(values, bins)).collect() }
    }

    /// The bins of rows; a value below or above all that the cuts have seen lies in the first or the last.
    pub(in crate::forecast) fn bins(&self, features: &[Vec<f64>]) -> Bins {
        let binned = |(values, cuts): (&Vec<f64>, &Vec<f64>)| BinnedFeature {
            of_rows: values.iter().map(|value| cuts.partition_point(|cut| cut <= value) as u8).collect(),
            count: cuts.len() + 1,
        };
        Bins { rows: features.first().map_or(0, Vec::len), features: features.iter().zip(&self.of_features).map(binned).collect() }
    }
}

impl Bins {
    pub(in crate::forecast) fn rows(&self) -> usize {
        self.rows
    }

    pub(in crate::forecast) fn features(&self) -> usize {
        self.features.len()
    }

    pub(in crate::forecast) fn feature(&self, number: usize) -> &BinnedFeature {
        &self.features[number]
    }
}

fn cuts(values: &[f64], bins: usize) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    let mut starts = if distinct.len() <= bins { distinct } else { (0..bins).map(|bin| sorted[bin * sorted.len() / bins]).collect() };
    starts.dedup();
    starts.into_iter().skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins_of(values: &[f64], bins: usize) -> Vec<u8> {
        let features = [values.to_vec()];
        Cuts::of(&features, bins).bins(&features).feature(0).of_rows.clone()
    }

    #[test]
    fn few_values_have_a_bin_each() {
        assert_eq!(bins_of(&[5.0, -1.0, 99.0, 5.0], 3), [1, 0, 2, 1]);
        assert_eq!(bins_of(&[7.0, 7.0], 3), [0, 0]);
    }

    #[test]
    fn bins_of_many_values_hold_as_many_rows_each() {
        // twelve values in four bins of three
        let values: Vec<f64> = (0..12).map(f64::from).collect();
        assert_eq!(bins_of(&values, 4), [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    }

    #[test]
    fn a_value_that_many_rows_share_stays_in_one_bin() {
        // of ten rows, quarters begin at the first, third, sixth and eighth: at 0, 0, 0 and 1
        let values = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 2.0, 3.0];
        assert_eq!(bins_of(&values, 4), [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn values_not_seen_lie_in_the_bin_beside_them() {
        let cuts = Cuts::of(&[vec![1.0, 2.0, 4.0]], 8);
        assert_eq!(cuts.bins(&[vec![-3.0, 3.9, 4.0, 50.0]]).feature(0).of_rows, [0, 1, 2, 2]);
    }
}
