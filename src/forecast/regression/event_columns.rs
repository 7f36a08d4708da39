//! Event effects as columns of the regression on the log of a day's total.
//!
//! Partial pooling by empirical Bayes: an effect is the family's (by day of the event, weekday and occasion) plus the event's own. The
//! variance of each kind of deviation is estimated from the data (`level_regression.rs`). Four events that agree are therefore trusted, a
//! single one as far as families differ, and a family that varies has wide bands (Gelman & Hill 2007, *Data analysis using regression and
//! multilevel/hierarchical models*, ch. 12; Efron & Morris 1975, *Data analysis using Stein's estimator and its generalizations*). Logs
//! make effects multiply level, weekday and hours.

use super::regressor::{Group, Hold, Kind, Part, Regressor};
use crate::event::Event;
use crate::forecast::knowledge::days::{DayTable, events_of, families};
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::holidays::HOLIDAY;
use chrono::Datelike;

/// Open days since the start of an event at which its effect may change; days after the last one seen keep that effect.
const COURSE: [usize; 8] = [0, 1, 2, 4, 7, 11, 16, 26];
/// Bins of open days since its end that share an effect.
const TAIL_BINS: [(usize, usize); 6] = [(0, 0), (1, 1), (2, 2), (3, 4), (5, 6), (7, 10)];
/// Bins of open days until its start that share an effect.
const LEAD_BINS: [(usize, usize); 3] = [(0, 0), (1, 1), (2, 3)];
/// Maximum number of latest events of a family with a deviation of their own.
const MOST_OWN: usize = 24;
/// Minimum length in days of events without a deviation of their own: the level follows them.
const LONG_DAYS: i64 = 7;

/// Columns of all events without a multiplier stated by planners.
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
        // family effects are pooled over all families
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
    // a holiday makes a busy weekday quiet and leaves a quiet one as it is
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

/// Recurring occasions of a family, such as `Columbus Day 2017` and `Columbus Day 2018`, if it has several: an event resembles its own
/// last occurrence most.
fn occasions(events: &[&Event], is_holiday: bool) -> Vec<String> {
    let mut names: Vec<String> = events.iter().filter(|_| !is_holiday).map(|event| occasion_of(event)).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > 1 { names } else { Vec::new() }
}

/// Name of an event without year or date.
fn occasion_of(event: &Event) -> String {
    let is_date_part = |word: &&str| word.chars().all(|letter| letter.is_ascii_digit()) && matches!(word.len(), 1 | 2 | 4);
    let words = event.name.split(|letter: char| letter.is_whitespace() || "-_/.".contains(letter)).filter(|word| !word.is_empty());
    words.filter(|word| !is_date_part(word)).collect::<Vec<_>>().join(" ")
}
