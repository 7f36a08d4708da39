//! Handling time by hour, weekday, event phase and bot containment.
//!
//! The log of each hour's mean handling time is regressed on these, weighted by contacts (the variance of a mean) and by recency; rare
//! conditions are shrunk towards no effect. Bots take the easy contacts first, so handling time grows with −ln(1 − share); the slope is
//! learned, and is 0 where the share never varied. Chats take longer when agents handle more at once. Concurrency already covers this, so
//! busyness has a column of its own, which predictions hold at its mean.

use super::bots::daily_shares;
use crate::event::{Event, in_part};
use crate::forecast::knowledge::days::{events_of, families};
use crate::forecast::knowledge::facts::Facts;
use crate::history::{RawCount, recency, usual_handling};
use crate::units::{Factor, Share};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// A model of handling times, learned from a history.
///
/// ```
/// use peakshift::{calendar::Calendar, forecast::{Facts, HandlingTimes}, history::{Handled, RawCount}};
/// use peakshift::{time::{Horizon, Interval, read_date}, units::{Seconds, Share}};
/// let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
/// let grid = past.grid(Interval::from_minutes(60)?);
/// let mean = |index| Seconds::new(if grid.slot_of_day(index) < 17 { 300.0 } else { 360.0 }).unwrap(); // a fifth longer after 17:00
/// let handled = |index| Some(Handled { contacts: 40.0, mean: mean(index) });
/// let open = (0..grid.len()).filter(|&index| (9..19).contains(&grid.slot_of_day(index)));
/// let counts: Vec<RawCount> = open.map(|index| RawCount { handled: handled(index), ..RawCount::of(grid.start(index), 40.0) }).collect();
/// let facts = Facts { calendar: &Calendar::default(), events: &[], drivers: &[] };
/// let times = HandlingTimes::learn(&counts, &facts, past.end(), false).unwrap();
/// let clock = |hour| past.end().and_hms_opt(hour, 0, 0).unwrap();
/// let at = |hour| times.factor((clock(hour), clock(hour + 1)), &facts, Share::ZERO).get();
/// assert!((at(18) / at(12) - 1.2).abs() < 0.02);
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct HandlingTimes {
    coefficients: DVector<f64>,
    /// Mean of −ln(1 − share) over hours, where the share is bot containment.
    usual_remainder: f64,
    /// Factor from a prediction of the log to one of the mean, over the usual handling time.
    lift: f64,
}

/// Minimum number of hours with handled contacts.
const LEAST_HOURS: usize = 40;
/// Shrinkage of each kind of column, in contacts: 1 over the variance of its effects (20 % an hour, 10 % a weekday, 30 % an event, a
/// slope of a half for bots and of a third for busyness). The log handling time of one contact has a variance near 1.
const RIDGE: Ridge = Ridge { hour: 25.0, weekday: 100.0, event: 11.0, bots: 4.0, busyness: 9.0 };
/// Multiple of the usual handling time, or its inverse, beyond which an hour is an export error.
const ABSURD: f64 = 8.0;
/// Maximum multiple of the usual handling time that is predicted, and its inverse.
const MOST_FACTOR: f64 = 4.0;
/// Maximum product of the multipliers that planners state for events at one time: it stays finite, however many there are.
const MOST_STATED: f64 = 1e3;
/// Days after an event that share an effect, such as questions about a promotion.
const TAIL_DAYS: i64 = 7;

struct Ridge {
    hour: f64,
    weekday: f64,
    event: f64,
    bots: f64,
    busyness: f64,
}

/// Totals of one hour of the history.
#[derive(Clone, Copy, Default)]
struct Hour {
    offered: f64,
    handled: f64,
    seconds: f64,
}

impl HandlingTimes {
    /// Model learned from the rows before `until`; `None` if too few have a handling time. `chats` states that agents handle several
    /// contacts at once.
    #[must_use]
    pub fn learn(counts: &[RawCount], facts: &Facts, until: NaiveDate, chats: bool) -> Option<Self> {
        let usual = usual_handling(counts, until)?.get();
        let hours = hours(counts, until, usual);
        if hours.len() < LEAST_HOURS {
            return None;
        }
        let weight = |(date, _): &(NaiveDate, u32), hour: &Hour| hour.handled * recency(*date, until);
        let weights: f64 = hours.iter().map(|(key, hour)| weight(key, hour)).sum();
        let mean_offered = hours.iter().map(|(key, hour)| weight(key, hour) * hour.offered).sum::<f64>() / weights;
        let shares = daily_shares(counts, facts, until);
        let remainder = |date: NaiveDate| shares.get(&date).map(|share| harder(*share));
        let of_known: Vec<f64> = hours.keys().filter_map(|(date, _)| remainder(*date)).collect();
        let usual_remainder = of_known.iter().sum::<f64>() / of_known.len().max(1) as f64;

        let ridge = ridges(facts, !of_known.is_empty(), chats);
        let mut normal = DMatrix::from_diagonal(&DVector::from_vec(ridge));
        let mut target = DVector::zeros(normal.nrows());
        let row = |(date, hour): &(NaiveDate, u32), of: &Hour| {
            let harder = remainder(*date).map_or(0.0, |remainder| remainder - usual_remainder);
            columns(*date, *hour, facts, harder, (of.offered.max(0.5) / mean_offered).ln())
        };
        for (key, hour) in &hours {
            let row = row(key, hour);
            let log = (hour.seconds / hour.handled / stated(key.0, key.1, facts)).ln();
            normal.ger(weight(key, hour), &row, &row, 1.0);
            target.axpy(weight(key, hour) * log, &row, 1.0);
        }
        let coefficients = normal.cholesky()?.solve(&target);
        let said = |(key, hour): (&(NaiveDate, u32), &Hour)| {
            weight(key, hour) * row(key, hour).dot(&coefficients).exp() * stated(key.0, key.1, facts)
        };
        let lift = weights / hours.iter().map(said).sum::<f64>();
        Some(Self { coefficients, usual_remainder, lift })
    }

    /// Handling time of an interval over the usual one, at bot containment `bots`; planners' event multipliers included.
    #[must_use]
    pub fn factor(&self, (start, end): (NaiveDateTime, NaiveDateTime), facts: &Facts, bots: Share) -> Factor {
        let (date, hour) = (start.date(), start.hour());
        let row = columns(date, hour, facts, harder(bots.get()) - self.usual_remainder, 0.0);
        let learned = (row.dot(&self.coefficients).exp() * self.lift).clamp(1.0 / MOST_FACTOR, MOST_FACTOR);
        Factor::new(learned * stated_handling(start, end, facts.events)).expect("a bounded factor times stated multipliers is a factor")
    }
}

/// Difficulty of the contacts left by bots, up to the slope.
fn harder(share: f64) -> f64 {
    -(1.0 - share.min(0.99)).ln()
}

fn hours(counts: &[RawCount], until: NaiveDate, usual: f64) -> BTreeMap<(NaiveDate, u32), Hour> {
    let mut hours: BTreeMap<(NaiveDate, u32), Hour> = BTreeMap::new();
    for count in counts.iter().filter(|count| count.start.date() < until) {
        let Some(handled) = count.handled.filter(|handled| handled.contacts > 0.0) else { continue };
        let hour = hours.entry((count.start.date(), count.start.hour())).or_default();
        hour.offered += count.contacts;
        hour.handled += handled.contacts;
        hour.seconds += handled.contacts * handled.mean.get();
    }
    hours.retain(|_, hour| (usual / ABSURD..usual * ABSURD).contains(&(hour.seconds / hour.handled)));
    hours
}

/// Product of planners' handling multipliers in an hour.
fn stated(date: NaiveDate, hour: u32, facts: &Facts) -> f64 {
    date.and_hms_opt(hour, 0, 0).map_or(1.0, |start| stated_handling(start, start + TimeDelta::hours(1), facts.events))
}

/// Product of planners' handling multipliers in a period, each for the share of it that its event covers.
///
/// ```
/// use peakshift::{event::{Event, Expectation, Family}, forecast::stated_handling, time::read_stamp, units::Factor};
/// let [nine, ten, eleven] = ["09:00", "10:00", "11:00"].map(|clock| read_stamp(&format!("2026-11-30T{clock}")).unwrap());
/// let expected = Expectation { handling: Some(Factor::new(1.5)?), ..Expectation::default() };
/// let (name, family, queue) = ("recall".into(), Family::of_name("recall"), None);
/// let recall = Event { name, family, start: ten, end: eleven, queue, size: Factor::ONE, expected };
/// assert_eq!(stated_handling(nine, eleven, &[recall]), 1.25); // half of the time half as long again
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn stated_handling(from: NaiveDateTime, until: NaiveDateTime, events: &[Event]) -> f64 {
    let of_event = |event: &Event| Some(in_part(event.expected.handling?.get(), event.share_of(from, until)));
    events.iter().filter_map(of_event).product::<f64>().min(MOST_STATED)
}

fn columns(date: NaiveDate, hour: u32, facts: &Facts, harder: f64, busyness: f64) -> DVector<f64> {
    let weekday = date.weekday().num_days_from_monday();
    let mut row = vec![1.0];
    row.extend((1..7).map(|of| f64::from(weekday == of)));
    row.extend((1..24).map(|of| f64::from(hour == of)));
    for family in families(facts, |_| true) {
        let on = |first: bool| events_of(facts, family).any(|event| event.is_on_date(date) && (event.start.date() == date) == first);
        let after = |days: i64| (1..=TAIL_DAYS).contains(&days);
        let tail = events_of(facts, family).any(|event| after((date - event.last_date()).num_days()));
        row.extend([on(true), on(false), tail && !on(true) && !on(false)].map(f64::from));
    }
    row.extend([harder, busyness]);
    DVector::from_vec(row)
}

/// Ridges of [`columns`]; columns without data are held at no effect.
fn ridges(facts: &Facts, bots_known: bool, chats: bool) -> Vec<f64> {
    const NO_EFFECT: f64 = 1e12;
    let mut ridges = vec![1e-6];
    ridges.extend([RIDGE.weekday; 6]);
    ridges.extend([RIDGE.hour; 23]);
    ridges.extend(vec![RIDGE.event; 3 * families(facts, |_| true).len()]);
    ridges.extend([if bots_known { RIDGE.bots } else { NO_EFFECT }, if chats { RIDGE.busyness } else { NO_EFFECT }]);
    ridges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::history::Handled;
    use crate::time::read_date;
    use crate::units::Seconds;

    /// Eight weeks of hours 9 to 18 with 40 contacts each, as modified by the test.
    fn learn(seconds: impl Fn(usize, u32, f64) -> f64, share: impl Fn(usize) -> f64) -> (HandlingTimes, NaiveDate) {
        let first = read_date("2026-08-03").unwrap();
        let mut counts = Vec::new();
        for day in 0..56 {
            for hour in 9..19 {
                let start = (first + chrono::Days::new(day as u64)).and_hms_opt(hour, 0, 0).unwrap();
                let mean = Seconds::new(seconds(day, hour, share(day))).unwrap();
                let handled = Some(Handled { contacts: 40.0, mean });
                counts.push(RawCount { by_bots: Some(60.0 * share(day)), handled, ..RawCount::of(start, 60.0) });
            }
        }
        let until = first + chrono::Days::new(56);
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        (HandlingTimes::learn(&counts, &facts, until, false).unwrap(), until)
    }

    fn factor(times: &HandlingTimes, date: NaiveDate, hour: u32, bots: f64) -> f64 {
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        let start = date.and_hms_opt(hour, 0, 0).unwrap();
        times.factor((start, start + TimeDelta::hours(1)), &facts, Share::new(bots).unwrap()).get()
    }

    #[test]
    fn a_longer_evening_is_found_and_the_mean_stays() {
        let (times, until) = learn(|_, hour, _| if hour >= 17 { 360.0 } else { 300.0 }, |_| 0.3);
        let (noon, evening) = (factor(&times, until, 12, 0.3), factor(&times, until, 18, 0.3));
        // 20 % longer, less a few per cent for the ridge of 25 contacts
        assert!((evening / noon - 1.2).abs() < 0.01, "{}", evening / noon);
        let mean: f64 = (9..19).map(|hour| factor(&times, until, hour, 0.3)).sum::<f64>() / 10.0;
        assert!((mean - 1.0).abs() < 0.005, "{mean}");
    }

    #[test]
    fn what_more_bots_leave_is_harder() {
        let ramp = |day: usize| 0.1 + 0.005 * day as f64;
        let (times, until) = learn(|_, _, share| 300.0 * (1.0 - share).powf(-0.4), ramp);
        let (few, many) = (factor(&times, until, 12, 0.3), factor(&times, until, 12, 0.6));
        let truth = (0.7_f64 / 0.4).powf(0.4);
        assert!((many / few - truth).abs() < 0.02, "{} against {truth}", many / few);
    }

    #[test]
    fn a_history_that_tells_no_handling_time_teaches_none() {
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        let row = RawCount::of(read_date("2026-08-03").unwrap().and_time(chrono::NaiveTime::MIN), 5.0);
        assert!(HandlingTimes::learn(&[row; 100], &facts, read_date("2026-09-01").unwrap(), false).is_none());
    }
}
