//! Gradient-boosted regression trees for a few hundred to a few thousand rows: features in bins, trees on bins, a sum of trees.

pub(in crate::forecast) mod bins;
pub(in crate::forecast) mod booster;
pub(in crate::forecast) mod tree;
