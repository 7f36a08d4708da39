//! What past events say of the next, as columns of the regression on the log of a day's total.
//!
//! Partial pooling by empirical Bayes: an effect is the family's, as it goes on from day to day, on weekdays and under a name, plus
//! what is the event's own. Each kind of deviation has a variance that is estimated from the data (`level_regression.rs`), so that
//! four events that agree are believed, a single one as far as families differ, and a family that varies has wide bands (Gelman & Hill
//! 2007, *Data analysis using regression and multilevel/hierarchical models*, ch. 12; Efron & Morris 1975, *Data analysis using
//! Stein's estimator and its generalizations*). Logs make effects multiply level, weekday and hours.

use super::regressor::{Group, Hold, Kind, Part, Regressor};
use crate::event::Event;
use crate::forecast::knowledge::days::{DayTable, events_of, families};
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::holidays::HOLIDAY;
use chrono::Datelike;

/// Open days since an event began from which its effect may be another; days after the last one seen take that one's.
const COURSE: [usize; 8] = [0, 1, 2, 4, 7, 11, 16, 26];
/// Open days since it ended: bins that share an effect.
const TAIL_BINS: [(usize, usize); 6] = [(0, 0), (1, 1), (2, 2), (3, 4), (5, 6), (7, 10)];
/// Open days until it begins.
const LEAD_BINS: [(usize, usize); 3] = [(0, 0), (1, 1), (2, 3)];
/// Of a family that comes more often only the latest events have a deviation of their own.
const MOST_OWN: usize = 24;
/// Nor have events of more days: the level follows them as they go.
const LONG_DAYS: i64 = 7;

/// Every column of events without a multiplier that planners state.
pub(in crate::forecast) fn event_columns(table: &DayTable, facts: &Facts, weekday_drop: &[f64; 7]) -> Vec<Regressor> {
    let named = families(facts, |event| event.expected.volume.is_none());
    named.into_iter().flat_map(|family| of_family(family, table, facts, weekday_drop)).collect()
}

fn of_family(family: &str, table: &DayTable, facts: &Facts, weekday_drop: &[f64; 7]) -> Vec<Regressor> {
    let mut events: Vec<&Event> = events_of(facts, family).filter(|event| event.expected.volume.is_none()).collect();
    events.sort_by_key(|event| event.start);
    let phases = table.phases(events.iter().copied());
    let is_holiday = family.starts_with(HOLIDAY);
    let mut all = Vec::new();
    let mut add = |kind: Kind, value: &dyn Fn(usize) -> f64| {
        let part = if is_holiday { Part::Calendar } else { Part::Event(family.to_owned()) };
        // what families do is pooled over all of them
        let name = ((kind != Kind::Family).then(|| family.to_owned()), kind);
        let hold = Hold::Pooled(Group { name, guess: kind.guess() });
        all.push(Regressor { part, hold, prior: 0.0, values: (0..table.len()).map(value).collect() });
    };
    let weekday = |day: usize| table.date(day).weekday().num_days_from_monday() as usize;
    for (number, from) in COURSE.into_iter().enumerate() {
        let kind = if number == 0 { Kind::Family } else { Kind::Course };
        add(kind, &|day| if phases[day].since >= from { phases[day].size } else { 0.0 });
    }
    let beside = |(from, to): (usize, usize), place: Option<(usize, f64)>| {
        place.filter(|(days, _)| (from..=to).contains(days)).map_or(0.0, |(_, size)| size)
    };
    TAIL_BINS.into_iter().for_each(|bin| add(Kind::Tail, &|day| beside(bin, phases[day].after)));
    LEAD_BINS.into_iter().for_each(|bin| add(Kind::Lead, &|day| beside(bin, phases[day].before)));
    // a holiday turns a busy weekday into a quiet one and leaves a quiet one as it is
    add(Kind::BusyWeekday, &|day| phases[day].size * weekday_drop[weekday(day)]);
    for of in (1..7).filter(|_| !is_holiday) {
        add(Kind::Weekday, &|day| if weekday(day) == of { phases[day].size } else { 0.0 });
    }
    for occasion in occasions(&events, is_holiday) {
        let phases = table.phases(events.iter().copied().filter(|event| occasion_of(event) == occasion));
        add(Kind::Occasion, &|day| phases[day].size);
    }
    for event in events.iter().rev().filter(|event| is_short(event)).take(MOST_OWN) {
        let phases = table.phases(std::iter::once(*event));
        add(Kind::OneEvent, &|day| phases[day].size);
    }
    all
}

/// Whether an event is too short for the level to follow it.
pub(in crate::forecast) fn is_short(event: &Event) -> bool {
    (event.last_date() - event.start.date()).num_days() < LONG_DAYS
}

/// Occasions that come back under one name, such as `Columbus Day 2017` and `Columbus Day 2018`, in families of several:
/// an event is most like its own last time.
fn occasions(events: &[&Event], is_holiday: bool) -> Vec<String> {
    let mut names: Vec<String> = events.iter().filter(|_| !is_holiday).map(|event| occasion_of(event)).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > 1 { names } else { Vec::new() }
}

/// An event's name without the year or date in it.
fn occasion_of(event: &Event) -> String {
    let is_date_part = |word: &&str| word.chars().all(|letter| letter.is_ascii_digit()) && matches!(word.len(), 1 | 2 | 4);
    let words = event.name.split(|letter: char| letter.is_whitespace() || "-_/.".contains(letter)).filter(|word| !word.is_empty());
    words.filter(|word| !is_date_part(word)).collect::<Vec<_>>().join(" ")
}
