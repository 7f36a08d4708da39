//! Names of the second column where date and time of one of our columns stand in two.

/// Names of the second columns.
pub(super) const HALVES: [&str; 3] = ["start_half", "when_half", "end_half"];

/// Name of the second column for one of our columns.
pub(in crate::input) fn half_of(column: &str) -> String {
    format!("{column}_half")
}

/// Whether a column is the second one for one of our columns.
pub(super) fn is_half(column: &str) -> bool {
    HALVES.contains(&column)
}
