//! What a planner should know before trusting a forecast, by its kind.

use crate::history::NewHours;

/// A weakness of a history for a horizon, and so the fallback that is used.
#[derive(Clone, Debug, PartialEq)]
pub enum Caveat {
    /// So many days are counted: bands are wide, weekdays share one profile.
    FewDays(usize),
    /// Nobody ever came: nobody is expected.
    NoContacts,
    /// Only one interval of the day is ever counted: nobody is expected at other times.
    OneInterval,
    /// The history ends so many days before the horizon: its last level stands, with bands that widen.
    EndsEarly(usize),
    /// No past event of the family named and no planner's expectation: its days are forecast as ordinary ones, with wide bands.
    UnknownFamily(String),
    /// The event named is declared of this size, those of its family in the history of these, far smaller or larger.
    SizeBeyondPast(String, String, String),
    /// The event named covers all of the history: what it does cannot be told from the level.
    EventWithoutContrast(String),
    /// So few complete days teach no effects of events: those ahead are forecast as ordinary days.
    TooFewDaysForEvents(usize),
    /// The only past event of its family, the one named, did so many times as much as ordinary days: it may have been something else.
    LoneEvent(String, f64),
    /// The two events named, of one family, are on at once: what they do counts once.
    OverlappingEvents(String, String),
    /// The latest days, so many, came at so many times their usual: an event that nobody entered, or a level too new to be learned.
    LatestDaysOff(usize, f64),
    /// The driver named has no value on so many days of the horizon: its middle value stands in.
    DriverMissing(String, usize),
    /// The driver named goes beyond all that the history has seen of it on so many days: its effect is carried on, untried.
    DriverBeyondPast(String, usize),
    /// The driver named was the same on all past days: it tells nothing.
    DriverNeverVaried(String),
    /// Hours are open that were never counted: what comes in the other hours and on the other weekdays stands in.
    NewHours(Vec<NewHours>),
}

impl Caveat {
    /// The key of its sentence in the catalogue, and what fills it.
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

/// Stretches of weekdays as `Sun 09:00–17:00`, weekdays with the same stretch together.
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
