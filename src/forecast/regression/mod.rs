//! Regression of the log of day totals on day features.

pub(in crate::forecast) mod day_log;
pub(in crate::forecast) mod event_columns;
pub(in crate::forecast) mod fortnight;
pub(in crate::forecast) mod level_regression;
pub(in crate::forecast) mod regressor;
pub(in crate::forecast) mod regressors;
pub(in crate::forecast) mod ridge;
pub(in crate::forecast) mod robust;
pub(in crate::forecast) mod smoothing;
pub(in crate::forecast) mod triangular;
