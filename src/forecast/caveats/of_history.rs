//! Caveats about the history: thin, old or empty data, and the fallback used.

use super::caveat::Caveat;
use super::of_events::of_events;
use crate::event::Event;
use crate::forecast::knowledge::facts::{Driver, Facts};
use crate::history::ContactHistory;
use crate::time::Horizon;

/// Days below which a history shows each weekday less than three times.
const FEW_DAYS: usize = 21;
/// Usual days between history and horizon: an export of last week, a plan for the next.
const USUAL_GAP: usize = 28;
/// Share of its past range by which a driver may leave it without a caveat.
const BEYOND_SHARE: f64 = 0.25;

/// Caveats of a forecast of `horizon` from `history`.
///
/// ```
/// # use peakshift::{calendar::Calendar, forecast::*, history::{ContactHistory, RawCount}};
/// # use peakshift::time::{ClockTime, Horizon, Interval, read_date};
/// let past = Horizon { first: read_date("2026-11-16").unwrap(), days: 14 };
/// let counts: Vec<RawCount> = past.dates().map(|date| RawCount::of(ClockTime::MIDNIGHT.on(date), 100.0)).collect();
/// let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &[], past.end()).unwrap();
/// let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// assert_eq!(caveats(&history, &facts, Horizon { first: past.end(), days: 7 }), [Caveat::FewDays(14)]);
/// ```
#[must_use]
pub fn caveats(history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Vec<Caveat> {
    let counted: Vec<usize> = history.counted_days().filter(|&day| counts(history, day).next().is_some()).collect();
    let Some(&last) = counted.last() else { return vec![Caveat::NoContacts] };
    let mut all = Vec::new();
    if counted.iter().all(|&day| counts(history, day).all(|(_, count)| count == 0.0)) {
        all.push(Caveat::NoContacts);
    }
    if counted.len() < FEW_DAYS {
        all.push(Caveat::FewDays(counted.len()));
    }
    let mut slots: Vec<usize> = counted.iter().flat_map(|&day| counts(history, day).map(|(slot, _)| slot)).collect();
    slots.sort_unstable();
    slots.dedup();
    if slots.len() == 1 && history.interval().per_day() > 1 {
        all.push(Caveat::OneInterval);
    }
    let gap = usize::try_from((horizon.first - history.date(last)).num_days() - 1).unwrap_or(0);
    if gap > USUAL_GAP {
        all.push(Caveat::EndsEarly(gap));
    }
    all.extend(of_events(history, facts, horizon));
    let covers = |event: &&Event| {
        event.is_lift() && event.expected.volume.is_none() && counted.iter().all(|&day| event.is_on_date(history.date(day)))
    };
    all.extend(facts.events.iter().filter(covers).map(|event| Caveat::EventWithoutContrast(event.name.clone())));
    all.extend(facts.drivers.iter().flat_map(|driver| of_driver(driver, history, horizon)));
    all
}

/// Caveats about one driver.
fn of_driver(driver: &Driver, history: &ContactHistory, horizon: Horizon) -> Vec<Caveat> {
    let mut all = Vec::new();
    let name = || driver.name.clone();
    let missing = horizon.dates().filter(|date| !driver.days.contains_key(date)).count();
    if missing > 0 {
        all.push(Caveat::DriverMissing(name(), missing));
    }
    let past = || driver.days.range(history.first()..history.date(history.days())).map(|(_, value)| *value);
    let (least, most) = past().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (value.min(least), value.max(most)));
    if least >= most {
        all.push(Caveat::DriverNeverVaried(name()));
    } else {
        let room = BEYOND_SHARE * (most - least);
        let beyond = |value: &f64| *value > most + room || *value < least - room;
        let days = horizon.dates().filter_map(|date| driver.days.get(&date)).filter(|value| beyond(value)).count();
        if days > 0 {
            all.push(Caveat::DriverBeyondPast(name(), days));
        }
    }
    all
}

/// Counts of a day with their intervals.
fn counts(history: &ContactHistory, day: usize) -> impl Iterator<Item = (usize, f64)> {
    (0..history.interval().per_day()).filter_map(move |slot| Some((slot, history.count(day, slot)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::event::{Expectation, Family};
    use crate::history::RawCount;
    use crate::time::{Interval, read_date};
    use crate::units::Factor;

    #[test]
    fn ten_days_under_one_event_long_ago_are_said_to_be_that() {
        let first = read_date("2026-03-02").unwrap();
        let start = |day: u64| (first + chrono::Days::new(day)).and_time(chrono::NaiveTime::MIN);
        let rows: Vec<RawCount> = (0..10).map(|day| RawCount::of(start(day), 40.0 + day as f64)).collect();
        let (history, _) = ContactHistory::from_counts(&rows, Interval::DAY, &[], start(10).date()).unwrap();
        let event = |name: &str, family: &str, from: u64, to: u64| Event {
            name: name.into(),
            family: Family::of_name(family),
            start: start(from),
            end: start(to),
            queue: None,
            size: Factor::ONE,
            expected: Expectation::default(),
        };
        let events = [event("launch", "launch", 0, 30), event("sale", "sale", 62, 64)];
        let driver = |name: &str, days: u64, value: fn(u64) -> f64| Driver {
            name: name.into(),
            days: (0..days).map(|day| (start(day).date(), value(day))).collect(),
        };
        let drivers = [driver("mail", 65, |_| 1.0), driver("orders", 67, |day| if day < 65 { (day % 9) as f64 } else { 11.0 })];
        let facts = Facts { calendar: &Calendar::default(), events: &events, drivers: &drivers };
        let said = caveats(&history, &facts, Horizon { first: start(60).date(), days: 7 });
        let expected = [
            Caveat::FewDays(10),
            Caveat::EndsEarly(50),
            Caveat::UnknownFamily("sale".into()),
            Caveat::EventWithoutContrast("launch".into()),
            Caveat::DriverMissing("mail".into(), 2),
            Caveat::DriverNeverVaried("mail".into()),
            Caveat::DriverBeyondPast("orders".into(), 2),
        ];
        assert_eq!(said, expected);
    }
    #[test]
    fn a_size_three_times_beyond_those_seen_is_said_in_any_unit() {
        let first = read_date("2026-03-02").unwrap();
        let start = |day: u64| (first + chrono::Days::new(day)).and_time(chrono::NaiveTime::MIN);
        let rows: Vec<RawCount> = (0..60).map(|day| RawCount::of(start(day), 40.0 + (day % 7) as f64)).collect();
        let (history, _) = ContactHistory::from_counts(&rows, Interval::DAY, &[], start(60).date()).unwrap();
        let event = |day: u64, size: f64| Event {
            name: format!("sale {day}"),
            family: Family::of_name("sale"),
            start: start(day),
            end: start(day + 1),
            queue: None,
            size: Factor::new(size).unwrap(),
            expected: Expectation::default(),
        };
        for unit in [0.001, 1.0, 1000.0] {
            for (next, is_said) in [(0.0, false), (0.3, true), (0.4, false), (1.0, false), (5.9, false), (6.1, true), (900.0, true)] {
                let past = [event(10, unit), event(30, 2.0 * unit)];
                let stated = Expectation { volume: Some(Factor::new(3.0).unwrap()), ..Expectation::default() };
                let events =
                    |expected: &Expectation| [past.as_slice(), &[Event { expected: expected.clone(), ..event(63, next * unit) }]].concat();
                let said = |events: &[Event]| {
                    let facts = Facts { calendar: &Calendar::default(), events, drivers: &[] };
                    caveats(&history, &facts, Horizon { first: start(60).date(), days: 7 })
                };
                let found = said(&events(&Expectation::default()));
                let of_size = Caveat::SizeBeyondPast("sale 63".into(), (next * unit).to_string(), format!("{unit}–{}", 2.0 * unit));
                assert_eq!(found, if is_said { vec![of_size] } else { vec![] }, "{next} × {unit}");
                assert_eq!(said(&events(&stated)), []);
            }
        }
    }
}
