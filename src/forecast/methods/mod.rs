//! Forecasting methods.

pub(in crate::forecast) mod catalogue;
pub(in crate::forecast) mod fitted;
pub(in crate::forecast) mod method;
pub(in crate::forecast) mod naive;
pub(in crate::forecast) mod profile;
pub(in crate::forecast) mod spreadsheet_peaks;
pub(in crate::forecast) mod structured;
pub(in crate::forecast) mod svd;
pub(in crate::forecast) mod trees;
pub(in crate::forecast) mod weighted;
