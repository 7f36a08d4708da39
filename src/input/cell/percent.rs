//! Percentages, and numbers that state a relative change.

/// A number in percent. A signed number may be a change.
pub(in crate::input) fn in_percent(text: &str) -> Option<f64> {
    let text = text.trim().strip_suffix(['%', '％'])?.trim_end();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    // avoids digits that were not written
    is_plain.then(|| format!("{text}e-2").parse().ok()).flatten()
}

/// Whether a number is a relative change, such as `+20%`: as a factor it may mean 1.2 or 0.2.
pub(in crate::input) fn is_change(text: &str) -> bool {
    let is_less = text.starts_with(['-', '−', '－']) && text.ends_with(['%', '％']);
    is_less || text.starts_with(['+', '＋'])
}
