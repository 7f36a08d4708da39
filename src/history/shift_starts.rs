//! Event days just before a level shift, assigned to the old or the new level.
//!
//! Levels are measured on ordinary days, so a level that begins during an event shows only after it. Other events of the family show on
//! which level the event's days lie.

use super::ContactHistory;
use super::health::median;
use super::levels::Levels;
use crate::event::Event;
use std::ops::Range;

/// First day of each level, from the shifts `shown` by ordinary days: day, and log of the level over the previous one, in order.
pub(super) fn with_events(history: &ContactHistory, events: &[Event], shown: &[(usize, f64)]) -> Vec<usize> {
    let days = Days { levels: Levels::of(history, events, shown.iter().map(|(day, _)| *day).collect()), events };
    shown.iter().map(|&(day, rise)| days.start(day, rise)).collect()
}

struct Days<'a> {
    /// Levels shown by ordinary days.
    levels: Levels<'a>,
    events: &'a [Event],
}

impl Days<'_> {
    /// Event days that run up to the first ordinary day of a level.
    fn run_before(&self, start: usize) -> Range<usize> {
        start - (0..start).rev().take_while(|&day| self.levels.is_event[day]).count()..start
    }

    /// Start of a level with the given log rise: the day of the preceding run from which on events have their usual effect at the new
    /// level.
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

    /// Log of a day over the same weekdays around it, on the level shown by ordinary days.
    fn lift(&self, day: usize) -> Option<f64> {
        let log = |day: usize| self.levels.history.day_total(day).filter(|total| *total > 0.0).map(f64::ln);
        let mut ordinary = self.levels.neighbours(day).filter_map(log).peekable();
        ordinary.peek()?;
        Some(log(day)? - median(ordinary))
    }

    /// Median effect of the same day of the family's other events, except those just before a shift.
    fn usual_lift(&self, day: usize) -> Option<f64> {
        let Levels { history, starts, .. } = &self.levels;
        let date = history.date(day);
        let event = self.events.iter().find(|event| event.is_on_date(date))?;
        let number = date - event.start.date();
        let alike = self.events.iter().filter(|other| other.family == event.family && other.start != event.start);
        let is_clear = |day: &usize| !starts.iter().any(|&start| self.run_before(start).contains(day));
        let same_day = |other: &Event| Some(other.start.date() + number).filter(|date| other.is_on_date(*date));
        let mut lifts = alike
            .filter_map(same_day)
            .filter_map(|date| history.day_of(date).filter(|&day| day < history.days()))
            .filter(is_clear)
            .filter_map(|day| self.lift(day))
            .peekable();
        lifts.peek()?;
        Some(median(lifts))
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
