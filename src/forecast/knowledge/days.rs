//! Features of each day known ahead: open or closed, position in the month, phase of each event.
//!
//! Every method reads its features here, so that all count open days, month edges and event days alike.

use super::facts::{Facts, is_open_day};
use crate::event::{Event, Family};
use crate::history::ContactHistory;
use chrono::{Datelike, Days as Step, NaiveDate};
use std::collections::BTreeMap;
use std::ops::Range;

/// Days added before the first and after the last, so that months and events are complete.
const MARGIN: usize = 62;

/// A range of days with their features, numbered from the first day of the history.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct DayTable {
    start: NaiveDate,
    days: usize,
    open: Vec<bool>,
    ordinary: Vec<bool>,
    working: Vec<bool>,
    /// Number of open days before each day, and before the end.
    open_before: Vec<usize>,
    sizes: UsualSizes,
}

/// Position of a day relative to the events of one family.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::forecast) struct Phase {
    /// Largest [`UsualSizes::effect_size`] of the events that are on.
    pub(in crate::forecast) size: f64,
    /// Open days since the latest of them began.
    pub(in crate::forecast) since: usize,
    /// Open days until the last of them ends.
    pub(in crate::forecast) left: usize,
    /// With none on: open days since one ended, and its effect size.
    pub(in crate::forecast) after: Option<(usize, f64)>,
    /// With none on: open days until one begins, and its effect size.
    pub(in crate::forecast) before: Option<(usize, f64)>,
}

impl Phase {
    pub(in crate::forecast) fn is_on(&self) -> bool {
        self.size > 0.0
    }
}

/// Length of an event's tail and lead, in days.
pub(in crate::forecast) const TAIL_DAYS: usize = 40;
pub(in crate::forecast) const LEAD_DAYS: usize = 12;

impl DayTable {
    /// Days from the first of a history to `end`, exclusive.
    pub(in crate::forecast) fn until(history: &ContactHistory, facts: &Facts, end: NaiveDate) -> Self {
        let start = history.first() - Step::new(MARGIN as u64);
        let days = usize::try_from((end - history.first()).num_days()).unwrap_or(0);
        let dates: Vec<NaiveDate> = start.iter_days().take(days + 2 * MARGIN).collect();
        let open: Vec<bool> = dates.iter().map(|&date| is_open_day(history, facts, date)).collect();
        let mut open_before = vec![0];
        open.iter().for_each(|&open| open_before.push(open_before.last().copied().unwrap_or(0) + usize::from(open)));
        Self {
            start,
            days,
            ordinary: dates.iter().map(|&date| history.is_ordinary_day(date)).collect(),
            working: dates.iter().zip(&open).map(|(&date, &open)| open && facts.calendar.is_working_day(date)).collect(),
            open,
            open_before,
            sizes: UsualSizes::of(history, facts),
        }
    }

    /// Usual event sizes by family.
    pub(in crate::forecast) fn sizes(&self) -> &UsualSizes {
        &self.sizes
    }

    pub(in crate::forecast) fn len(&self) -> usize {
        self.days
    }

    pub(in crate::forecast) fn date(&self, day: usize) -> NaiveDate {
        self.start + Step::new((day + MARGIN) as u64)
    }

    pub(in crate::forecast) fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        (0..self.days).map(|day| self.date(day))
    }

    /// Whether the nearest ordinary day on that side was closed.
    pub(in crate::forecast) fn is_beside_closure(&self, day: usize, side: Side) -> bool {
        let at = day + MARGIN;
        let beside = match side {
            Side::Before => (at.saturating_sub(7)..at).rev().find(|&day| self.ordinary[day]),
            Side::After => (at + 1..(at + 8).min(self.open.len())).find(|&day| self.ordinary[day]),
        };
        beside.is_some_and(|day| !self.open[day])
    }

    /// Working days of the month before a working day, and after it; `None` for other days.
    pub(in crate::forecast) fn place_in_month(&self, day: usize) -> Option<(usize, usize)> {
        let at = day + MARGIN;
        if !self.working[at] {
            return None;
        }
        let date = self.date(day);
        let first = at.saturating_sub(date.day0() as usize);
        let last = (at + 31 - date.day0() as usize).min(self.working.len());
        let same_month = |&other: &usize| (self.start + Step::new(other as u64)).month() == date.month();
        let working = |range: Range<usize>| range.filter(same_month).filter(|&other| self.working[other]).count();
        Some((working(first..at), working(at + 1..last)))
    }

    /// Phase of every day relative to `events`, which should be of one family.
    pub(in crate::forecast) fn phases<'a>(&self, events: impl Iterator<Item = &'a Event>) -> Vec<Phase> {
        let mut phases = vec![Phase::default(); self.days];
        let mut events: Vec<&Event> = events.collect();
        events.sort_by_key(|event| event.start);
        for event in events {
            let first = (event.start.date() - self.start).num_days() - MARGIN as i64;
            let end = (event.last_date() - self.start).num_days() - MARGIN as i64 + 1;
            let size = self.sizes.effect_size(event);
            for day in self.within(first, end) {
                let phase = &mut phases[day];
                // two at once, or one entered twice, have the effect of the larger
                phase.size = phase.size.max(size);
                phase.since = self.open_days(first, day as i64);
                phase.left = phase.left.max(self.open_days(day as i64 + 1, end));
            }
            for day in self.within(end, end + TAIL_DAYS as i64) {
                phases[day].after = Some((self.open_days(end, day as i64), size));
            }
            for day in self.within(first - LEAD_DAYS as i64, first) {
                phases[day].before.get_or_insert((self.open_days(day as i64 + 1, first), size));
            }
        }
        for phase in phases.iter_mut().filter(|phase| phase.is_on()) {
            (phase.after, phase.before) = (None, None);
        }
        phases
    }

    fn within(&self, first: i64, end: i64) -> Range<usize> {
        let clamp = |day: i64| usize::try_from(day).unwrap_or(0).min(self.days);
        clamp(first)..clamp(end)
    }

    /// Open days from one day to another, exclusive, within the table.
    fn open_days(&self, from: i64, to: i64) -> usize {
        let before = |day: i64| {
            let at = usize::try_from(day + MARGIN as i64).unwrap_or(0).min(self.open.len());
            self.open_before[at]
        };
        before(to).saturating_sub(before(from))
    }
}

/// A side of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::forecast) enum Side {
    Before,
    After,
}

/// Usual event size of each family, in the unit in which planners declare it: orders, money, recipients.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct UsualSizes(BTreeMap<String, f64>);

impl UsualSizes {
    /// Geometric mean of the sizes learned from, or of all events of a family that nothing is learned of yet.
    fn of(history: &ContactHistory, facts: &Facts) -> Self {
        let usual = |family: &str| {
            let learned = middle_size(learned_from(history, facts, family));
            learned.or_else(|| middle_size(events_of(facts, family))).unwrap_or(1.0)
        };
        Self(families(facts, |_| true).into_iter().map(|family| (family.to_owned(), usual(family))).collect())
    }

    /// Effect size of an event on the log of a day: 1 at the family's usual size. Nearly the ratio of log lifts if a lift is 1 + size ×
    /// constant.
    pub(in crate::forecast) fn effect_size(&self, event: &Event) -> f64 {
        let usual = if let Family::Lift(family) = &event.family { self.0.get(family) } else { None };
        (event.size.get() / usual.unwrap_or(&1.0)).ln_1p() / std::f64::consts::LN_2
    }
}

/// Geometric mean of the positive sizes of events.
fn middle_size<'a>(events: impl Iterator<Item = &'a Event>) -> Option<f64> {
    let logs: Vec<f64> = events.map(|event| event.size.get()).filter(|size| *size > 0.0).map(f64::ln).collect();
    (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())
}

/// Events of a family that overlap the history and have no multiplier stated by planners.
pub(in crate::forecast) fn learned_from<'a>(
    history: &ContactHistory,
    facts: &Facts<'a>,
    family: &'a str,
) -> impl Iterator<Item = &'a Event> {
    let (first, end) = (history.first(), history.horizon().end());
    let is_past = move |event: &&Event| event.start.date() < end && event.last_date() >= first;
    events_of(facts, family).filter(|event| event.expected.volume.is_none()).filter(is_past)
}

/// Sorted names of the families of the events that satisfy `of`.
pub(in crate::forecast) fn families<'a>(facts: &Facts<'a>, of: impl Fn(&Event) -> bool) -> Vec<&'a str> {
    let name = |event: &'a Event| if let Family::Lift(name) = &event.family { Some(name.as_str()) } else { None };
    let mut names: Vec<&str> = facts.events.iter().filter(|event| of(event)).filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Events of the family of that name.
pub(in crate::forecast) fn events_of<'a>(facts: &Facts<'a>, family: &'a str) -> impl Iterator<Item = &'a Event> {
    facts.events.iter().filter(move |event| matches!(&event.family, Family::Lift(name) if name == family))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::event::Expectation;
    use crate::history::RawCount;
    use crate::time::Interval;
    use crate::units::Factor;

    fn november(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn daily(days: u32) -> ContactHistory {
        let count = |day| RawCount::of(november(day).and_time(chrono::NaiveTime::MIN), 50.0);
        let counts: Vec<RawCount> = (1..=days).map(count).collect();
        ContactHistory::from_counts(&counts, Interval::DAY, &[], november(29)).unwrap().0
    }

    #[test]
    fn the_first_working_day_of_november_2026_is_monday_the_second() {
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        let days = DayTable::until(&daily(28), &facts, november(30));
        assert_eq!(days.place_in_month(0), None, "a Sunday");
        assert_eq!(days.place_in_month(1), Some((0, 20)));
        assert_eq!(days.place_in_month(26), Some((19, 1)));
    }

    #[test]
    fn an_event_has_a_lead_its_days_and_a_tail() {
        let event = Event {
            name: "mailing".into(),
            family: Family::of_name("mailing"),
            start: november(10).and_time(chrono::NaiveTime::MIN),
            end: november(12).and_time(chrono::NaiveTime::MIN),
            queue: None,
            size: Factor::ONE,
            expected: Expectation::default(),
        };
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        let phases = DayTable::until(&daily(28), &facts, november(29)).phases(std::iter::once(&event));
        assert_eq!(phases[8].before, Some((0, 1.0)), "the eve");
        assert_eq!((phases[9].since, phases[9].left), (0, 1));
        assert_eq!((phases[10].since, phases[10].left), (1, 0));
        assert_eq!(phases[12].after, Some((1, 1.0)));
    }
}
