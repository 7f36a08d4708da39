//! How far off was a forecast?

/// Errors of a forecast over many intervals.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracy {
    /// Σ|y − f| / Σy: weighted absolute percentage error, as a share.
    pub wape: f64,
    /// Σ(f − y) / Σy, as a share; above 0 means too high.
    pub bias: f64,
    /// The WAPE of day totals, as a share.
    pub wape_of_days: f64,
    /// How many intervals were compared.
    pub intervals: usize,
}

/// Compares counts with a forecast: one inner list a day, pairs of (count, forecast). With no contacts at all every error
/// is 0.
///
/// ```
/// let errors = peakshift::forecast::accuracy(&[vec![(10.0, 12.0), (10.0, 8.0)]]);
/// assert_eq!((errors.wape, errors.bias, errors.wape_of_days), (0.2, 0.0, 0.0));
/// ```
#[must_use]
pub fn accuracy(days: &[Vec<(f64, f64)>]) -> Accuracy {
    let all = || days.iter().flatten();
    let total: f64 = all().map(|(count, _)| count).sum();
    if total <= 0.0 {
        return Accuracy { intervals: all().count(), ..Accuracy::default() };
    }
    let day_error = |day: &Vec<(f64, f64)>| day.iter().map(|(count, forecast)| forecast - count).sum::<f64>().abs();
    Accuracy {
        wape: all().map(|(count, forecast)| (forecast - count).abs()).sum::<f64>() / total,
        bias: all().map(|(count, forecast)| forecast - count).sum::<f64>() / total,
        wape_of_days: days.iter().map(day_error).sum::<f64>() / total,
        intervals: all().count(),
    }
}
