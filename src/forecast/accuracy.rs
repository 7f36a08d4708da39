//! Error measures of a forecast against counts.

/// Errors of a forecast over many intervals.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accuracy {
    /// Σ|y − f| / Σy: weighted absolute percentage error, as a share.
    pub wape: f64,
    /// Σ(f − y) / Σy, as a share; above 0 means too high.
    pub bias: f64,
    /// The WAPE of day totals, as a share.
    pub wape_of_days: f64,
    /// Number of intervals compared.
    pub intervals: usize,
}

/// A count with its forecast.
///
/// ```
/// use peakshift::forecast::Compared;
/// assert_eq!(Compared { slot: 18, count: 10.0, forecast: 12.0 }.error(), 2.0); // too high
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// Index of the interval within its day.
    pub slot: usize,
    /// Contacts counted.
    pub count: f64,
    /// Contacts forecast.
    pub forecast: f64,
}

impl Compared {
    /// Forecast less count, in contacts.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.forecast - self.count
    }
}

/// Error measures over days, one inner list per day. All errors are 0 if no contacts were counted.
///
/// ```
/// use peakshift::forecast::{Compared, accuracy};
/// let errors = accuracy(&[vec![Compared { slot: 0, count: 10.0, forecast: 12.0 }, Compared { slot: 1, count: 10.0, forecast: 8.0 }]]);
/// assert_eq!((errors.wape, errors.bias, errors.wape_of_days), (0.2, 0.0, 0.0));
/// ```
#[must_use]
pub fn accuracy(days: &[Vec<Compared>]) -> Accuracy {
    let all = || days.iter().flatten();
    let total: f64 = all().map(|one| one.count).sum();
    if total <= 0.0 {
        return Accuracy { intervals: all().count(), ..Accuracy::default() };
    }
    let day_error = |day: &Vec<Compared>| day.iter().map(Compared::error).sum::<f64>().abs();
    Accuracy {
        wape: all().map(|one| one.error().abs()).sum::<f64>() / total,
        bias: all().map(Compared::error).sum::<f64>() / total,
        wape_of_days: days.iter().map(day_error).sum::<f64>() / total,
        intervals: all().count(),
    }
}
