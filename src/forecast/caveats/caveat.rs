//! Caveats of a forecast, by kind.

use crate::history::NewHours;

/// A weakness of a history for a horizon, with the fallback used.
#[derive(Clone, Debug, PartialEq)]
pub enum Caveat {
    /// Number of days counted, too few: bands are wide, and weekdays share one profile.
    FewDays(usize),
    /// No contact was ever counted: none are expected.
    NoContacts,
    /// Only one interval of the day was ever counted: no contacts are expected at other times.
    OneInterval,
    /// Days between the end of the history and the horizon: the last level is kept, with widening bands.
    EndsEarly(usize),
    /// Name of a family with neither a past event nor a planner's expectation: its days are forecast as ordinary ones, with wide bands.
    UnknownFamily(String),
    /// Name and size of an event, and the sizes of its family in the history, which are far smaller or larger.
    SizeBeyondPast(String, String, String),
    /// Name of an event that covers the whole history: its effect cannot be separated from the level.
    EventWithoutContrast(String),
    /// Number of complete days, too few to learn event effects: event days ahead are forecast as ordinary days.
    TooFewDaysForEvents(usize),
    /// Name of the only past event of its family, and its multiple of ordinary days: it may have been something else.
    LoneEvent(String, f64),
    /// Names of two events of one family that overlap: their effect counts once.
    OverlappingEvents(String, String),
    /// Number of latest days off their usual level, and the multiple: an event not entered, or a level shift too recent to be learned.
    LatestDaysOff(usize, f64),
    /// Name of a driver, and the days of the horizon without a value: its median stands in.
    DriverMissing(String, usize),
    /// Name of a driver, and the days on which it leaves its range in the history: its effect is extrapolated.
    DriverBeyondPast(String, usize),
    /// Name of a driver that was constant on all past days: it explains nothing.
    DriverNeverVaried(String),
    /// Open hours never counted: forecast from the other hours and the other weekdays.
    NewHours(Vec<NewHours>),
}

impl Caveat {
    /// Key of the caveat's sentence in the message catalogue, with the arguments.
    ///
    /// ```
    /// use peakshift::forecast::Caveat;
    /// assert_eq!(Caveat::FewDays(14).words(), ("caveat_few_days", vec!["14".to_owned()]));
    /// ```
    #[must_use]
    pub fn words(&self) -> (&'static str, Vec<String>) {
        match self {
            Self::FewDays(days) => ("caveat_few_days", vec![days.to_string()]),
            Self::NoContacts => ("caveat_no_contacts", vec![]),
            Self::OneInterval => ("caveat_one_interval", vec![]),
            Self::EndsEarly(days) => ("caveat_ends_early", vec![days.to_string()]),
            Self::UnknownFamily(family) => ("caveat_unknown_family", vec![family.clone()]),
            Self::SizeBeyondPast(event, size, past) => ("caveat_size_beyond_past", vec![event.clone(), size.clone(), past.clone()]),
            Self::EventWithoutContrast(event) => ("caveat_event_without_contrast", vec![event.clone()]),
            Self::TooFewDaysForEvents(days) => ("caveat_too_few_days_for_events", vec![days.to_string()]),
            Self::LoneEvent(event, times) => ("caveat_lone_event", vec![event.clone(), format!("{times:.2}")]),
            Self::OverlappingEvents(one, other) => ("caveat_overlapping_events", vec![one.clone(), other.clone()]),
            Self::LatestDaysOff(days, times) => ("caveat_latest_days_off", vec![days.to_string(), format!("{times:.2}")]),
            Self::DriverMissing(driver, days) => ("caveat_driver_missing", vec![driver.clone(), days.to_string()]),
            Self::DriverBeyondPast(driver, days) => ("caveat_driver_beyond_past", vec![driver.clone(), days.to_string()]),
            Self::NewHours(hours) => ("caveat_new_hours", vec![stretches(hours)]),
            Self::DriverNeverVaried(driver) => ("caveat_driver_never_varied", vec![driver.clone()]),
        }
    }
}

/// Hours by weekday as `Sun 09:00–17:00`, weekdays with equal hours together.
fn stretches(hours: &[NewHours]) -> String {
    let mut alike: Vec<((u32, u32), Vec<String>)> = Vec::new();
    for NewHours { weekday, from, to } in hours {
        match alike.iter_mut().find(|(stretch, _)| *stretch == (*from, *to)) {
            Some((_, weekdays)) => weekdays.push(weekday.to_string()),
            None => alike.push(((*from, *to), vec![weekday.to_string()])),
        }
    }
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let text = alike.into_iter().map(|((from, to), weekdays)| format!("{} {}–{}", weekdays.join(", "), clock(from), clock(to)));
    text.collect::<Vec<_>>().join("; ")
}
