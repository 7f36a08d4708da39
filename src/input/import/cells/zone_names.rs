//! Names of columns and lines that state a time zone.

/// Whether a name is that of a time zone: of a column, or before a colon above the table.
pub(in crate::input) fn names_zone(name: &str) -> bool {
    let plain: String = name.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect();
    ["tz", "timezone", "zone", "时区"].contains(&plain.as_str())
}
