//! Days of events just before another level shows: whether they lie on it already.
//!
//! Levels are told by ordinary days, so one that begins with an event shows only when that is over. What other events of the family did
//! says on which level the event's days lie.

use super::ContactHistory;
use super::health::median;
use crate::event::Event;
use std::ops::Range;

/// Same weekdays looked at on either side, days of events aside.
const WEEKS: usize = 4;

/// The day at which each level begins, of those that ordinary days show (day, and log of the level over the one before) in order.
pub(super) fn with_events(history: &ContactHistory, events: &[Event], shown: &[(usize, f64)]) -> Vec<usize> {
    let days = Days { history, events, starts: shown.iter().map(|(day, _)| *day).collect() };
    shown.iter().map(|&(day, rise)| days.start(day, rise)).collect()
}

struct Days<'a> {
    history: &'a ContactHistory,
    events: &'a [Event],
    /// The first ordinary day of each level but the first.
    starts: Vec<usize>,
}

impl Days<'_> {
    fn is_event(&self, day: usize) -> bool {
        self.events.iter().any(|event| event.is_on_date(self.history.date(day)))
    }

    /// The days of events that run up to the first ordinary day of a level.
    fn run_before(&self, start: usize) -> Range<usize> {
        start - (0..start).rev().take_while(|&day| self.is_event(day)).count()..start
    }

    /// Where a level begins that rises by so much on the log: at the day of the run before it from which on events do what others did.
    fn start(&self, shown: usize, rise: f64) -> usize {
        let run = self.run_before(shown);
        let Some(beyond): Option<Vec<f64>> = run.clone().map(|day| Some(self.lift(day)? - self.usual_lift(day)?)).collect() else {
            return shown;
        };
        let odd = |start: usize| {
            let (old, new) = beyond.split_at(start - run.start);
            old.iter().map(|off| off.abs()).sum::<f64>() + new.iter().map(|off| (off - rise).abs()).sum::<f64>()
        };
        run.clone().chain([shown]).rev().min_by(|one, other| odd(*one).total_cmp(&odd(*other))).unwrap_or(shown)
    }

    /// What a day's log lies over the same weekdays around it, ordinary ones of the level before the next shows.
    fn lift(&self, day: usize) -> Option<f64> {
        let part = self.starts.partition_point(|start| *start <= day);
        let from = if part == 0 { 0 } else { self.starts[part - 1] };
        let to = self.starts.get(part).copied().unwrap_or(self.history.days());
        let is_alike = |near: &usize| near.abs_diff(day).is_multiple_of(7) && !self.is_event(*near);
        let near = (from..day).rev().filter(is_alike).take(WEEKS).chain((day + 1..to).filter(is_alike).take(WEEKS));
        let log = |day: usize| self.history.day_total(day).filter(|total| *total > 0.0).map(f64::ln);
        let ordinary: Vec<f64> = near.filter_map(log).collect();
        (!ordinary.is_empty()).then(|| Some(log(day)? - median(ordinary.iter().copied()))).flatten()
    }

    /// What the same day of other events of the family did, of those that no shift follows at once.
    fn usual_lift(&self, day: usize) -> Option<f64> {
        let date = self.history.date(day);
        let event = self.events.iter().find(|event| event.is_on_date(date))?;
        let number = date - event.start.date();
        let alike = self.events.iter().filter(|other| other.family == event.family && other.start != event.start);
        let is_clear = |day: &usize| !self.starts.iter().any(|&start| self.run_before(start).contains(day));
        let same_day = |other: &Event| Some(other.start.date() + number).filter(|date| other.is_on_date(*date));
        let lifts: Vec<f64> = alike
            .filter_map(same_day)
            .filter_map(|date| self.history.day_of(date).filter(|&day| day < self.history.days()))
            .filter(is_clear)
            .filter_map(|day| self.lift(day))
            .collect();
        (!lifts.is_empty()).then(|| median(lifts.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RawCount, level_shifts};
    use super::*;
    use crate::event::{Expectation, Family};
    use crate::time::{Interval, read_date};
    use crate::units::Factor;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, LogNormal};

    #[test]
    fn a_level_that_begins_with_an_event_or_on_one_of_its_days_is_found_at_its_day() {
        let first = read_date("2026-01-05").unwrap();
        let start = |day: u64| (first + chrono::Days::new(day)).and_time(chrono::NaiveTime::MIN);
        let noise = LogNormal::new(0.0, 0.03).unwrap();
        let mut random = ChaCha8Rng::seed_from_u64(7);
        for (past, length) in [(vec![30, 70, 105], 1), (vec![30, 70, 105], 2), (vec![20, 51, 80, 110], 4)] {
            for (lift, times) in [0.5, 2.0, 3.0, 8.0].into_iter().flat_map(|lift| [0.5, 1.4, 2.0].map(|times| (lift, times))) {
                for since in (0..=length).map(|of| past[past.len() - 1] + of) {
                    let is_event = |day: u64| past.iter().any(|from| (*from..from + length).contains(&day));
                    let mut count = |day: u64| {
                        let level = if day >= since { times } else { 1.0 } * if is_event(day) { lift } else { 1.0 };
                        f64::round(800.0 * level * noise.sample(&mut random))
                    };
                    let rows: Vec<RawCount> = (0..130).map(|day| RawCount::of(start(day), count(day))).collect();
                    let event = |from: &u64| Event {
                        name: format!("sale {from}"),
                        family: Family::of_name("sale"),
                        start: start(*from),
                        end: start(from + length),
                        queue: None,
                        size: Factor::ONE,
                        expected: Expectation::default(),
                    };
                    let events: Vec<Event> = past.iter().chain(&[140]).map(event).collect();
                    let (history, _) = ContactHistory::from_counts(&rows, Interval::DAY, &events, start(130).date()).unwrap();
                    let found: Vec<usize> = level_shifts(&history, &events).iter().map(|shift| shift.day).collect();
                    assert_eq!(found, [since as usize], "events of {length} × {lift}, level × {times}");
                }
            }
        }
    }
}
