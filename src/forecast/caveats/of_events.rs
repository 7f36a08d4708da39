//! Caveats about events: families nothing was learned of, effects learned from a single odd day, and latest days that may be an event or
//! a level shift.

use super::caveat::Caveat;
use crate::event::{Event, Family};
use crate::forecast::knowledge::days::{events_of, families, learned_from};
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::methods::structured::LEAST_DAYS;
use crate::history::ContactHistory;
use crate::time::Horizon;

/// Multiple of ordinary days, or its inverse, beyond which a lone event may have been something else.
const LONE_TIMES: f64 = 10.0;
/// Multiple of the largest past size, or of the smallest one's inverse, beyond which an event is not comparable with past ones.
const BEYOND_TIMES: f64 = 3.0;
/// Same weekdays compared on either side.
const WEEKS: usize = 4;
/// Longest run of latest days that may be either: the level-shift search compares more days than this.
const MOST_LATEST: usize = 4;
/// Minimum multiple by which they are off, and minimum number of robust standard deviations of ordinary days.
const OFF_TIMES: f64 = 1.3;
const OFF_DEVIATIONS: f64 = 4.0;
/// Ordinary days from which that deviation is estimated.
const DAYS_TO_KNOW: usize = 56;

/// Caveats about the events of a horizon and about the latest days of the history.
pub(in crate::forecast) fn of_events(history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Vec<Caveat> {
    let ahead = |event: &Event| is_ahead(event, horizon);
    let to_learn = |event: &&Event| event.is_lift() && event.expected.volume.is_none();
    let usual = Usual::of(history, facts);
    let mut all = Vec::new();
    let usable = (0..history.days()).filter(|&day| history.is_complete(day)).count();
    if usable < LEAST_DAYS && facts.events.iter().filter(to_learn).any(ahead) {
        all.push(Caveat::TooFewDaysForEvents(usable));
    }
    for family in families(facts, |event| to_learn(&event)) {
        let past: Vec<&Event> = events_of(facts, family).filter(|event| usable_days(history, event).next().is_some()).collect();
        let is_told = events_of(facts, family).any(|event| event.expected.volume.is_some());
        match past.as_slice() {
            _ if is_told || !events_of(facts, family).any(ahead) => {}
            [] => all.push(Caveat::UnknownFamily(family.to_owned())),
            [only] => all.extend(usual.of_lone(only)),
            _ => {}
        }
        all.extend(overlapping(events_of(facts, family).filter(to_learn)));
    }
    all.extend(facts.events.iter().filter_map(|event| size_beyond_past(event, history, facts, horizon)));
    if facts.drivers.is_empty() {
        all.extend(usual.of_latest());
    }
    all
}

fn is_ahead(event: &Event, horizon: Horizon) -> bool {
    event.start.date() < horizon.end() && event.last_date() >= horizon.first
}

/// A caveat if an event ahead with a learned effect has a size far from those of its family; an event of size 0 has no effect.
fn size_beyond_past(event: &Event, history: &ContactHistory, facts: &Facts, horizon: Horizon) -> Option<Caveat> {
    let Family::Lift(family) = &event.family else { return None };
    let size = event.size.get();
    let is_learned = is_ahead(event, horizon) && event.expected.volume.is_none() && size > 0.0;
    let past = learned_from(history, facts, family).map(|event| event.size.get());
    let (least, most) = past.filter(|_| is_learned).fold((f64::INFINITY, 0.0), |(least, most), size| (size.min(least), size.max(most)));
    let is_beyond = least <= most && (size > BEYOND_TIMES * most || size * BEYOND_TIMES < least);
    let range = || if least < most { format!("{least}–{most}") } else { least.to_string() };
    is_beyond.then(|| Caveat::SizeBeyondPast(event.name.clone(), size.to_string(), range()))
}

fn usable_days<'a>(history: &'a ContactHistory, event: &'a Event) -> impl Iterator<Item = usize> + 'a {
    (0..history.days()).filter(|&day| event.is_on_date(history.date(day)) && history.is_complete(day))
}

/// The first two overlapping events of a family: their effect counts once.
fn overlapping<'a>(events: impl Iterator<Item = &'a Event>) -> Option<Caveat> {
    let mut events: Vec<&Event> = events.collect();
    events.sort_by_key(|event| event.start);
    let pair = events.windows(2).find(|pair| pair[1].start < pair[0].end)?;
    Some(Caveat::OverlappingEvents(pair[0].name.clone(), pair[1].name.clone()))
}

/// Days of a history compared with nearby days of their weekday.
struct Usual<'a> {
    history: &'a ContactHistory,
    /// Log totals of days with contacts outside events and holidays.
    logs: Vec<Option<f64>>,
}

impl<'a> Usual<'a> {
    fn of(history: &'a ContactHistory, facts: &Facts) -> Self {
        let is_special = |day: usize| {
            let date = history.date(day);
            facts.calendar.special(date).is_some() || facts.events.iter().any(|event| event.is_on_date(date))
        };
        let log = |day: usize| log_of(history, day).filter(|_| !is_special(day));
        Self { history, logs: (0..history.days()).map(log).collect() }
    }

    /// Log of a day over the median log of its weekday around it.
    fn log_over(&self, day: usize, log: f64) -> Option<f64> {
        let near = (1..=WEEKS).flat_map(|week| [day.checked_sub(7 * week), Some(day + 7 * week)]).flatten();
        let mut logs: Vec<f64> = near.filter_map(|near| *self.logs.get(near)?).collect();
        logs.sort_by(f64::total_cmp);
        Some(log - logs.get(logs.len() / 2)?)
    }

    /// A caveat about an event without a second one to compare with, if its effect is implausibly large.
    fn of_lone(&self, event: &Event) -> Option<Caveat> {
        let over = |day: usize| self.log_over(day, log_of(self.history, day)?);
        let most = usable_days(self.history, event).filter_map(over).max_by(|one, other| one.abs().total_cmp(&other.abs()))?;
        (most.abs() > LONE_TIMES.ln()).then(|| Caveat::LoneEvent(event.name.clone(), most.exp()))
    }

    /// A caveat about the latest days, if all are off to one side and too few for a level shift.
    fn of_latest(&self) -> Option<Caveat> {
        let last = self.logs.iter().rposition(Option::is_some)?;
        let ordinary = |day: usize| self.log_over(day, (*self.logs.get(day)?)?);
        let mut sizes: Vec<f64> =
            (0..last.saturating_sub(MOST_LATEST)).rev().filter_map(ordinary).take(DAYS_TO_KNOW).map(f64::abs).collect();
        sizes.sort_by(f64::total_cmp);
        let bound = OFF_TIMES.ln().max(OFF_DEVIATIONS * 1.4826 * sizes.get(sizes.len() / 2)?);
        let latest: Vec<f64> = (0..=last).rev().filter_map(ordinary).take(MOST_LATEST + 1).collect();
        let side = latest.first()?.signum();
        let run = latest.iter().take_while(|over| *over * side > bound).count();
        let mean = latest[..run].iter().sum::<f64>() / run.max(1) as f64;
        (1..=MOST_LATEST).contains(&run).then(|| Caveat::LatestDaysOff(run, mean.exp()))
    }
}

fn log_of(history: &ContactHistory, day: usize) -> Option<f64> {
    history.day_total(day).filter(|total| *total > 0.0 && history.is_complete(day)).map(f64::ln)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::event::Expectation;
    use crate::history::RawCount;
    use crate::time::{Interval, read_date};
    use crate::units::Factor;

    const DAYS: u64 = 70;

    /// Caveats for days of about a hundred contacts scaled by `times`, with events given by name, first and last day.
    fn said(days: u64, times: impl Fn(u64) -> f64, events: &[(&str, u64, u64)]) -> Vec<Caveat> {
        let first = read_date("2026-08-03").unwrap();
        let start = |day: u64| (first + chrono::Days::new(day)).and_time(chrono::NaiveTime::MIN);
        let rows: Vec<RawCount> = (0..days).map(|day| RawCount::of(start(day), 100.0 * times(day) + (day % 3) as f64)).collect();
        let event = |(name, from, to): &(&str, u64, u64)| Event {
            name: (*name).into(),
            family: Family::Lift("sale".into()),
            start: start(*from),
            end: start(*to + 1),
            queue: None,
            size: Factor::ONE,
            expected: Expectation::default(),
        };
        let events: Vec<Event> = events.iter().map(event).collect();
        let (history, _) = ContactHistory::from_counts(&rows, Interval::DAY, &events, start(days).date()).unwrap();
        let facts = Facts { calendar: &Calendar::default(), events: &events, drivers: &[] };
        of_events(&history, &facts, Horizon { first: start(days).date(), days: 7 })
    }

    #[test]
    fn an_event_that_taught_nothing_or_something_odd_is_named() {
        let next = ("next", DAYS + 1, DAYS + 1);
        let on = |day: u64, times: f64| move |of: u64| if of == day { times } else { 1.0 };
        assert_eq!(said(DAYS, |_| 1.0, &[next]), [Caveat::UnknownFamily("sale".into())]);
        assert_eq!(said(DAYS, on(40, 3.0), &[("one", 40, 40), next]), []);
        assert!(
            matches!(&said(DAYS, on(40, 30.0), &[("one", 40, 40), next])[..], [Caveat::LoneEvent(name, times)] if name == "one" && (times - 30.0).abs() < 1.0)
        );
        assert!(matches!(said(DAYS, on(40, 0.02), &[("one", 40, 40), next])[..], [Caveat::LoneEvent(..)]));
        assert_eq!(said(DAYS, on(40, 30.0), &[("one", 40, 40), ("two", 50, 50), next]), []);
        assert_eq!(said(DAYS, on(40, 30.0), &[("one", 40, 40)]), []);
        let overlap = [Caveat::OverlappingEvents("one".into(), "two".into())];
        assert_eq!(said(DAYS, |_| 1.0, &[("one", 40, 42), ("two", 42, 43), next]), overlap);
        assert_eq!(said(7, on(3, 3.0), &[("one", 3, 3), ("next", 8, 8)]), [Caveat::TooFewDaysForEvents(7)]);
        assert_eq!(said(8, on(3, 3.0), &[("one", 3, 3), ("next", 9, 9)]), []);
    }

    #[test]
    fn latest_days_too_few_for_a_level_are_named_and_more_are_not() {
        for (days, times) in [(1, 2.0), (2, 0.5), (3, 1.5), (4, 4.0)] {
            let latest = said(DAYS, |day| if day >= DAYS - days { times } else { 1.0 }, &[]);
            assert!(
                matches!(latest[..], [Caveat::LatestDaysOff(of, by)] if of as u64 == days && (by / times).ln().abs() < 0.05),
                "{latest:?}"
            );
            let entered = said(DAYS, |day| if day >= DAYS - days { times } else { 1.0 }, &[("sale", DAYS - days, DAYS - 1)]);
            assert_eq!(entered, []);
        }
        for (days, times) in [(5, 2.0), (30, 0.5), (2, 1.2)] {
            assert_eq!(said(DAYS, |day| if day >= DAYS - days { times } else { 1.0 }, &[]), [], "{times} for {days} days");
        }
    }
}
