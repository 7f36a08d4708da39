//! Content shared by several output forms: figures as data, names of days, colours of shifts. Tables, charts and texts build on it.

pub(super) mod colours;
pub(super) mod cost;
pub(super) mod days;
pub(super) mod explained;
pub(super) mod intraday;
pub(super) mod summary;
