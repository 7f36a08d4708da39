//! Data-quality findings in a history, by kind.

use chrono::NaiveDateTime;

/// One anomaly of a history and its treatment.
///
/// ```
/// use peakshift::{history::{ContactHistory, FindingKind, RawCount}, time::{Interval, read_date, read_stamp}};
/// let counts = [RawCount::of(read_stamp("2026-11-02T09:00")?, 4.0), RawCount::of(read_stamp("2026-11-02T09:30")?, -1.0)];
/// let until = read_date("2026-11-03").unwrap();
/// let (history, findings) = ContactHistory::from_counts(&counts, Interval::HALF_HOUR, &[], until).unwrap();
/// assert_eq!((findings[0].kind, findings[0].kind.code(), findings[0].count), (FindingKind::Impossible, "impossible", -1.0));
/// assert_eq!(history.count(0, 19), None); // left out
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// Kind of anomaly.
    pub kind: FindingKind,
    /// Start of the first interval affected.
    pub start: NaiveDateTime,
    /// Number of intervals affected (for a zero-volume or missing day: of that day).
    pub intervals: usize,
    /// Count concerned: the one left out, repeated or out of range; 0 for gaps.
    pub count: f64,
}

/// Kinds of anomalies, with their treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Duplicate rows for an interval; the later row is used.
    Duplicate,
    /// Negative or infinite count; left out.
    Impossible,
    /// Start off the interval grid; counted into the interval that contains it.
    OffGrid,
    /// Intervals without a row on an ordinary day; left missing.
    Gap,
    /// Zero-volume day: an ordinary day with zero counts only; left out as an outage or an unannounced closure.
    DeadDay,
    /// Stuck value: one nonzero count repeated many times in a row; used, but suspicious.
    Frozen,
    /// Consecutive days far off recent ones of their weekdays, outside all events; excluded from level and profile.
    Outlier,
    /// An hour or more far above the same hours of other weeks, outside all events; the day is excluded from level and profile.
    Peak,
    /// Level shift from this day on; the count is the ratio of the new level to the old. Forecasts restart from it.
    LevelShift,
    /// Quiet intervals without a row in an export without zeros; taken as zero.
    ZerosLeftOut,
    /// Zeros before the first contact; left out.
    NotOpenYet,
    /// Days counted in another interval than the latest ones; split evenly, summed, or left out where they are whole days.
    IntervalChanged,
    /// Local time skipped by a clock change; not a gap.
    HourSkipped,
    /// Local time repeated by a clock change; the day has the contacts of both passes, the hour their mean.
    HourTwice,
}

impl FindingKind {
    /// Name in files and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Impossible => "impossible",
            Self::OffGrid => "off_grid",
            Self::Gap => "gap",
            Self::DeadDay => "dead_day",
            Self::Frozen => "frozen",
            Self::Outlier => "outlier",
            Self::Peak => "peak",
            Self::LevelShift => "level_shift",
            Self::ZerosLeftOut => "zeros_left_out",
            Self::NotOpenYet => "not_open_yet",
            Self::IntervalChanged => "interval_changed",
            Self::HourSkipped => "hour_skipped",
            Self::HourTwice => "hour_twice",
        }
    }
}
