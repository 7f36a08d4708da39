//! What is known ahead about a day, as columns of a regression on the log of its total.
//!
//! Weekday, month's edges, the day after a closure, kinds of holidays, days since an event began (shared by all events of a
//! family, scaled by size), and planners' multipliers, whose column is the log of what they expect.

use super::profile::{Profiles, with_expectation};
use super::{Driver, Facts, is_open_day};
use crate::calendar::DayKind;
use crate::event::{Event, Family};
use crate::history::ContactHistory;
use chrono::{Datelike, NaiveDate};

/// One column: its name, how strongly it is held towards its prior, and the prior coefficient.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) kind: Kind,
    pub(super) ridge: f64,
    pub(super) prior: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Weekday(u32),
    /// The day before was closed though its weekday is ordinarily open.
    AfterClosure,
    /// Working days counted from the month's first (0, 1) or last (-1).
    MonthEdge(i32),
    MidMonth,
    Holiday(DayKind),
    /// Days since an event of a family began, from the first to the last of the bin.
    Event {
        family: String,
        from: i64,
        to: i64,
    },
    /// Log of a driver, by its number.
    Driver(usize),
    /// Log of the multiplier that planners expect of events of a family.
    Expected {
        family: String,
    },
}

/// Bins of open days since an event began.
const EVENT_BINS: [(i64, i64); 8] = [(0, 0), (1, 1), (2, 3), (4, 6), (7, 10), (11, 15), (16, 25), (26, 60)];

/// The columns worth having for a history: those whose value is not the same on every counted day.
pub(super) fn columns(history: &ContactHistory, facts: &Facts, profiles: &Profiles) -> Vec<Column> {
    let weak = |kind| Column { kind, ridge: 1e-4, prior: 0.0 };
    let held = |kind| Column { kind, ridge: 0.3, prior: 0.0 };
    let mut columns: Vec<Column> = (1..7).map(|day| weak(Kind::Weekday(day))).collect();
    columns.push(held(Kind::AfterClosure));
    columns.extend([0, 1, -1].map(|day| held(Kind::MonthEdge(day))));
    columns.push(held(Kind::MidMonth));
    columns.extend([DayKind::Statutory, DayKind::BridgeOff, DayKind::MakeupWork].map(|kind| held(Kind::Holiday(kind))));
    for family in families(facts, |event| event.expected.volume.is_none()) {
        columns.extend(EVENT_BINS.map(|(from, to)| held(Kind::Event { family: family.clone(), from, to })));
    }
    columns.extend((0..facts.drivers.len()).map(|driver| held(Kind::Driver(driver))));
    let varies = |column: &Column| {
        let mut values = history.counted_days().map(|day| value(column, history.date(day), history, facts, profiles));
        values.next().is_some_and(|first| values.any(|value| value != first))
    };
    columns.retain(varies);
    // a planner's multiplier is taken at its word (coefficient 1) until past events of the family say otherwise
    for family in families(facts, |event| event.expected.volume.is_some()) {
        columns.push(Column { kind: Kind::Expected { family }, ridge: 2.0, prior: 1.0 });
    }
    columns
}

fn families(facts: &Facts, of: impl Fn(&Event) -> bool) -> Vec<String> {
    let name = |event: &Event| if let Family::Lift(name) = &event.family { Some(name.clone()) } else { None };
    let mut names: Vec<String> = facts.events.iter().filter(|event| of(event)).filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

/// A column's value on a date.
pub(super) fn value(column: &Column, date: NaiveDate, history: &ContactHistory, facts: &Facts, profiles: &Profiles) -> f64 {
    match &column.kind {
        Kind::Weekday(day) => f64::from(date.weekday().num_days_from_monday() == *day),
        Kind::AfterClosure => f64::from(follows_closure(date, history, facts)),
        Kind::MonthEdge(edge) => f64::from(is_month_edge(date, *edge, history, facts)),
        Kind::MidMonth => f64::from((14..=16).contains(&date.day())),
        Kind::Holiday(kind) => f64::from(facts.calendar.special(date).is_some_and(|day| day.kind == *kind)),
        Kind::Driver(driver) => facts.drivers.get(*driver).map_or(0.0, |driver| {
            let value = driver.days.get(&date).copied().unwrap_or_else(|| middle(driver));
            value.signum() * value.abs().ln_1p()
        }),
        Kind::Event { family, from, to } => {
            let of = Family::Lift(family.clone());
            let sizes = facts.events.iter().filter(|event| event.family == of && event.expected.volume.is_none() && event.is_on_date(date));
            sizes.filter(|event| (*from..=*to).contains(&open_days_since(event, date, history, facts))).map(|event| event.size.get()).sum()
        }
        Kind::Expected { family } => {
            let of = Family::Lift(family.clone());
            let events: Vec<Event> =
                with_expectation(facts).filter(|event| event.family == of && event.is_on_date(date)).cloned().collect();
            if events.is_empty() {
                return 0.0;
            }
            let shape = profiles.expected_shape(date, &Facts { events: &events, ..*facts });
            shape.iter().sum::<f64>().max(1e-3).ln()
        }
    }
}

/// The middle one of a driver's days.
fn middle(driver: &Driver) -> f64 {
    let mut values: Vec<f64> = driver.days.values().copied().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn follows_closure(date: NaiveDate, history: &ContactHistory, facts: &Facts) -> bool {
    let mut before = date.iter_days().rev().skip(1).take(7).filter(|date| history.is_ordinary_day(*date));
    before.next().is_some_and(|before| !is_open_day(history, facts, before))
}

/// Whether a date is the working day of that number in its month: 0 the first, -1 the last.
fn is_month_edge(date: NaiveDate, edge: i32, history: &ContactHistory, facts: &Facts) -> bool {
    let works = |date: &NaiveDate| facts.calendar.is_working_day(*date) && is_open_day(history, facts, *date);
    if !works(&date) {
        return false;
    }
    if edge >= 0 {
        let before = date.iter_days().rev().skip(1).take_while(|day| day.month() == date.month()).filter(works).count();
        before == edge as usize
    } else {
        let after = date.iter_days().skip(1).take_while(|day| day.month() == date.month()).filter(works).count();
        after == (-edge - 1) as usize
    }
}

fn open_days_since(event: &Event, date: NaiveDate, history: &ContactHistory, facts: &Facts) -> i64 {
    event.start.date().iter_days().take_while(|day| *day < date).filter(|day| is_open_day(history, facts, *day)).count() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::history::RawCount;
    use crate::time::Interval;

    #[test]
    fn the_first_working_day_of_november_2026_is_monday_the_second() {
        let date = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let counts: Vec<RawCount> =
            (1..=28).map(|day| RawCount { start: date(day).and_time(chrono::NaiveTime::MIN), contacts: 50.0 }).collect();
        let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], date(29)).unwrap();
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        assert!(is_month_edge(date(2), 0, &history, &facts));
        assert!(!is_month_edge(date(1), 0, &history, &facts));
        assert!(is_month_edge(date(30), -1, &history, &facts));
    }
}
