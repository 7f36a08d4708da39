//! Shares as written by users: a fraction, or a number with a percent sign.

/// Reads a share: a fraction, or a number with a percent sign; `None` if it is no number.
#[must_use]
pub fn read_share(text: &str) -> Option<f64> {
    share_by(text, |number| number.parse().ok())
}

pub(super) fn share_by(text: &str, read: impl Fn(&str) -> Option<f64>) -> Option<f64> {
    let text = text.trim();
    let number = |text: &str| read(text.trim()).filter(|number| number.is_finite());
    match text.strip_suffix(['%', '％']) {
        Some(digits) => number(digits).map(|percent| percent / 100.0),
        None => number(text),
    }
}

/// The intended share of a percentage written without its sign.
#[must_use]
pub fn share_meant(text: &str) -> String {
    match text.trim().parse::<f64>().ok().filter(|percent| (1.0..=100.0).contains(percent)) {
        Some(percent) => format!("{} or {percent}%", percent / 100.0),
        None => "0.85 or 85%".to_owned(),
    }
}
