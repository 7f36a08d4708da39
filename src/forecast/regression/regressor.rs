//! One column of a regression on the log of a day's total: what it says, and how strongly it is held.

/// One column, a value a day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forecast) struct Regressor {
    /// What part of an explanation it belongs to.
    pub(in crate::forecast) part: Part,
    /// How strongly its coefficient is held towards `prior`.
    pub(in crate::forecast) hold: Hold,
    pub(in crate::forecast) prior: f64,
    pub(in crate::forecast) values: Vec<f64>,
}

impl Regressor {
    /// Whether it says what events, holidays and every other week do.
    pub(in crate::forecast) fn is_of_events(&self) -> bool {
        self.hold.group().is_some_and(|group| group.name.1 != Kind::Edge)
    }
}

/// How strongly a coefficient is held towards its prior.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forecast) enum Hold {
    /// By so many days' worth of evidence.
    Days(f64),
    /// As effects of its kind usually vary, as variance of the log.
    Usual(f64),
    /// As far as the coefficients of its group stay near theirs: the group's variance is estimated with them.
    Pooled(Group),
}

impl Hold {
    pub(in crate::forecast) fn group(&self) -> Option<&Group> {
        if let Self::Pooled(group) = self { Some(group) } else { None }
    }
}

/// Coefficients with one variance around their priors.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forecast) struct Group {
    /// What distinguishes it from other groups.
    pub(in crate::forecast) name: (Option<String>, Kind),
    /// The variance before any coefficient was seen, and for how many coefficients it counts.
    pub(in crate::forecast) guess: (f64, f64),
}

/// What the coefficients of a group say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::forecast) enum Kind {
    /// What a family does on its first day.
    Family,
    /// How the effect goes on from one day of an event to the next.
    Course,
    /// What comes after its days.
    Tail,
    /// What comes before them.
    Lead,
    /// How much a busy weekday's effect differs from a quiet one's.
    BusyWeekday,
    /// How the effect differs on each weekday.
    Weekday,
    /// How occasions of one name differ from others of the family.
    Occasion,
    /// How one event differs from others of its family.
    OneEvent,
    /// What months' edges and middle and days beside a closure do.
    Edge,
    /// What every other week does.
    Fortnight,
    /// How that differs on each weekday.
    FortnightDay,
}

impl Kind {
    /// The variance of the log before anything was seen, and for how many coefficients that counts. A family may well treble a day;
    /// what departs from that is mostly small.
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

/// What a day's contacts are explained by, besides their level.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The day of the week.
    Weekday,
    /// Holidays, closures next door, the month's edges and middle.
    Calendar,
    /// The yearly cycle, and that of two weeks.
    Season,
    /// Events of the family named.
    Event(String),
    /// The driver named.
    Driver(String),
}
