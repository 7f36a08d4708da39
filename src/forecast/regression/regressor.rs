//! Columns of a regression on the log of a day's total, with their shrinkage.

/// One column, with a value per day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forecast) struct Regressor {
    /// Part of the explanation to which it belongs.
    pub(in crate::forecast) part: Part,
    /// Shrinkage of its coefficient towards `prior`.
    pub(in crate::forecast) hold: Hold,
    pub(in crate::forecast) prior: f64,
    pub(in crate::forecast) values: Vec<f64>,
}

impl Regressor {
    /// Whether it is an effect of events, holidays or alternate weeks.
    pub(in crate::forecast) fn is_of_events(&self) -> bool {
        self.hold.group().is_some_and(|group| group.name.1 != Kind::Edge)
    }
}

/// Strength of shrinkage of a coefficient towards its prior.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forecast) enum Hold {
    /// Days' worth of evidence for the prior.
    Days(f64),
    /// Usual variance of effects of its kind, on the log.
    Usual(f64),
    /// Group whose variance around the priors is estimated with the coefficients.
    Pooled(Group),
}

impl Hold {
    pub(in crate::forecast) fn group(&self) -> Option<&Group> {
        if let Self::Pooled(group) = self { Some(group) } else { None }
    }
}

/// Coefficients with a common variance around their priors.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forecast) struct Group {
    /// Identity of the group: family, if it belongs to one, and kind.
    pub(in crate::forecast) name: (Option<String>, Kind),
    /// Prior variance, and the number of coefficients for which it counts.
    pub(in crate::forecast) guess: (f64, f64),
}

/// Kinds of coefficient groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::forecast) enum Kind {
    /// Effect of a family on its first day.
    Family,
    /// Change of the effect during an event.
    Course,
    /// Effect after an event.
    Tail,
    /// Effect before an event.
    Lead,
    /// Additional effect on busy weekdays.
    BusyWeekday,
    /// Deviation by weekday.
    Weekday,
    /// Deviation of recurring occasions from the family.
    Occasion,
    /// Deviation of one event from its family.
    OneEvent,
    /// Effect of month edges, mid-month and days beside a closure.
    Edge,
    /// Effect of alternate weeks.
    Fortnight,
    /// Deviation of that effect by weekday.
    FortnightDay,
}

impl Kind {
    /// Prior variance of the log, and the number of coefficients for which it counts. A family may well treble a day; deviations from
    /// that are mostly small.
    pub(in crate::forecast) fn guess(self) -> (f64, f64) {
        match self {
            Self::Family => (4.0, 1.0),
            Self::Course => (0.1, 1.0),
            Self::Tail | Self::Lead => (0.0025, 1.0),
            Self::BusyWeekday | Self::Edge => (0.01, 2.0),
            Self::Fortnight => (0.01, 1.0),
            Self::Weekday | Self::FortnightDay => (0.0025, 4.0),
            Self::Occasion | Self::OneEvent => (0.04, 2.0),
        }
    }
}

/// Parts of the explanation of a day's contacts, apart from the level.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Day of the week.
    Weekday,
    /// Holidays, adjacent closures, the month's edges and middle.
    Calendar,
    /// Yearly and two-week cycles.
    Season,
    /// Events of the family named.
    Event(String),
    /// The driver named.
    Driver(String),
}
