//! What is odd in a history, by its kind.

use chrono::NaiveDateTime;

/// One oddity of a history and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What is odd.
    pub kind: FindingKind,
    /// Where it begins.
    pub start: NaiveDateTime,
    /// How many intervals (for a dead or missing day: of that day) it takes.
    pub intervals: usize,
    /// The count it is about: the one left out, repeated or far off; 0 for gaps.
    pub count: f64,
}

/// The kinds of oddities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Two rows for one interval; the later row is used.
    Duplicate,
    /// A negative or infinite count; left out.
    Impossible,
    /// A start that is no start of an interval; counted into the interval it falls in.
    OffGrid,
    /// Intervals without a row on an ordinary day; stay missing.
    Gap,
    /// An ordinary day whose every count is zero; left out as an outage or an unannounced closure.
    DeadDay,
    /// The same count, not zero, many times running; used, but suspicious.
    Frozen,
    /// Days running far off their weekdays' recent ones outside every event; they do not enter level or profile.
    Outlier,
    /// An hour or more far above the same hours of other weeks, outside every event; the day does not enter level or profile.
    Peak,
    /// From this day on contacts come on another level; the count is its ratio to the one before. Forecasts begin anew with it.
    LevelShift,
    /// Quiet intervals without a row in an export without a zero; taken as zero.
    ZerosLeftOut,
    /// Nothing but zeros before the first contact; left out.
    NotOpenYet,
    /// Days that were counted in another interval than the latest ones; shared evenly over its intervals, added up, or left out where they are whole days.
    IntervalChanged,
    /// Local time that clocks skipped when they were put on; no gap.
    HourSkipped,
    /// Local time that came twice when clocks were put back; the day has the contacts of both, the hour their mean.
    HourTwice,
}

impl FindingKind {
    /// The name files and tests use.
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
