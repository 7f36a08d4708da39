//! What is said in more than one form: figures as data, names of days, colours of shifts. Tables, charts and texts stand on it.

pub(super) mod colours;
pub(super) mod cost;
pub(super) mod days;
pub(super) mod explained;
pub(super) mod intraday;
pub(super) mod summary;
