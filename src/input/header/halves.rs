//! What the other half of a column is called whose date stands in one and whose time in another.

/// The name by which a column is known that holds the other half of one of ours.
pub(super) const HALVES: [&str; 3] = ["start_half", "when_half", "end_half"];

/// The name of the other half of a column of ours.
pub(in crate::input) fn half_of(column: &str) -> String {
    format!("{column}_half")
}

/// Whether a column is the other half of one of ours.
pub(super) fn is_half(column: &str) -> bool {
    HALVES.contains(&column)
}
