//! Durations: units of our columns, and clock notation `00:07:30`.

/// Parts between the colons.
fn clock_parts(text: &str) -> Vec<&str> {
    text.split([':', '：']).map(str::trim).collect()
}

/// A duration in hours, minutes and seconds, converted to the unit of its column, whatever unit the header names: `00:07:30` is 450
/// seconds.
pub(in crate::input) fn of_clock(text: &str, column: &str) -> Option<f64> {
    let (_, own) = base(column)?;
    let [hours, minutes, seconds] = clock_parts(text)[..] else { return None };
    let whole = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<f64>().ok()).flatten();
    let (hours, minutes) = (whole(hours)?, whole(minutes)?);
    let seconds = seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| seconds.parse::<f64>().ok()).flatten()?;
    (minutes < 60.0 && seconds < 60.0).then_some((hours * 3600.0 + minutes * 60.0 + seconds) / own)
}

/// Whether two numbers with a colon between them may be hours and minutes or minutes and seconds.
pub(in crate::input) fn is_doubtful(text: &str) -> bool {
    let parts = clock_parts(text);
    parts.len() == 2 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Unit suffixes of our duration columns, and the units in seconds.
const OURS: [(&str, f64); 3] = [("_seconds", 1.0), ("_minutes", 60.0), ("_hours", 3600.0)];

/// Name of one of our duration columns without its unit, and that unit in seconds.
pub(in crate::input) fn base(column: &str) -> Option<(&str, f64)> {
    OURS.iter().find_map(|(ending, seconds)| Some((column.strip_suffix(ending)?, *seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_with_three_parts_is_read_in_the_unit_of_its_column() {
        for (text, column, number) in [
            ("00:07:30", "handling_seconds", Some(450.0)),
            ("0:07:30.5", "handling_seconds", Some(450.5)),
            ("00：07：30", "handling_seconds", Some(450.0)),
            ("123:00:01", "total_handling_seconds", Some(442_801.0)),
            ("00:45:00", "meal_minutes", Some(45.0)),
            ("07:30:00", "paid_hours", Some(7.5)),
            ("07:30", "handling_seconds", None),
            ("00:61:00", "handling_seconds", None),
            ("-1:00:00", "handling_seconds", None),
            ("00:07:30", "offered", None),
        ] {
            assert_eq!(of_clock(text, column), number, "{text}");
        }
        assert!(is_doubtful("07:30") && !is_doubtful("00:07:30") && !is_doubtful("7:") && !is_doubtful("a:b"));
    }
}
