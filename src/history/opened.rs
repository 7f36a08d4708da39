//! Hours that a plan opens and that were never counted.
//!
//! They are the one exception to the rule that a missing count stays missing: without estimates nobody would be rostered in them. Each is
//! the mean of the interval over the days within three of it, scaled to the day's own volume where it has any. Intervals unknown on all
//! weekdays are interpolated; beyond the edge of the known day, the nearest count is kept and then halves every few hours. No accuracy is
//! measured on them.

use super::ContactHistory;
use super::begun::weekday;
use super::never_counted::Opened;
use super::ordinary::RECENT_DAYS;
use crate::event::Event;
use crate::time::Horizon;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};

/// Share of recent days on which a weekday's interval must have been counted to be known.
const KNOWN_SHARE: f64 = 0.25;
/// Days before and after whose counts are averaged.
const NEIGHBOURS: i64 = 3;
/// Hours beyond the edge of the known day for which contacts are kept constant, and the hours in which they halve from there.
const HELD_HOURS: f64 = 1.0;
const HALVING_HOURS: f64 = 3.0;

/// A period of a weekday, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewHours {
    /// Day of the week.
    pub weekday: Weekday,
    /// Start, inclusive.
    pub from: u32,
    /// End, exclusive.
    pub to: u32,
}

impl ContactHistory {
    /// Intervals of a horizon's weekdays that are open but neither ordinary nor known.
    fn never_counted(&self, horizon: Horizon, is_open: &impl Fn(NaiveDateTime) -> bool) -> Opened {
        let grid = horizon.grid(self.interval);
        let mut opened = Opened { weekdays: std::array::from_fn(|_| vec![false; self.interval.per_day()]) };
        for index in 0..grid.len() {
            let (date, slot) = (grid.date_of(index), grid.slot_of_day(index));
            if !self.ordinary(date)[slot] && !self.is_known(date, slot) && self.is_partly(grid.start(index), is_open) {
                opened.weekdays[weekday(date)][slot] = true;
            }
        }
        opened
    }

    /// Whether a condition holds in any part of an interval.
    pub(super) fn is_partly(&self, start: NaiveDateTime, holds: impl Fn(NaiveDateTime) -> bool) -> bool {
        (0..self.interval.minutes()).step_by(5).any(|minutes| holds(start + TimeDelta::minutes(i64::from(minutes))))
    }

    /// Whether a weekday's interval was counted at times lately, even if as zero.
    fn is_known(&self, date: NaiveDate, slot: usize) -> bool {
        let recent = self.days().saturating_sub(RECENT_DAYS)..self.days();
        let alike = || recent.clone().filter(|&day| self.date(day).weekday() == date.weekday());
        let counted = alike().filter(|&day| self.count(day, slot).is_some()).count();
        counted > 0 && counted as f64 >= KNOWN_SHARE * alike().count() as f64
    }

    /// The history with estimates in hours that are open in a horizon and were never counted; `None` if there are none.
    pub(crate) fn with_new_hours(&self, horizon: Horizon, is_open: impl Fn(NaiveDateTime) -> bool, events: &[Event]) -> Option<Self> {
        let opened = self.never_counted(horizon, &is_open);
        if opened.is_empty() || self.counted_days().is_empty() {
            return None;
        }
        let mut counts = self.counts.clone();
        for day in 0..self.days() {
            let estimates = self.estimates(day, &opened, events);
            estimates.into_iter().for_each(|(slot, count)| counts[(day, slot)] = count);
        }
        Some(Self::with_counts(self.first, self.interval, counts, self.closed.clone(), self.beside.clone(), opened))
    }

    /// Whether a count is an estimate for hours never counted.
    pub(crate) fn stands_in(&self, date: NaiveDate, slot: usize) -> bool {
        self.opened.has(weekday(date), slot)
    }

    /// Whether the interval that begins at a time is an estimate for hours never counted that are open then.
    pub(crate) fn stands_in_at(&self, start: NaiveDateTime, is_open: impl Fn(NaiveDateTime) -> bool) -> bool {
        let minute = start.hour() * 60 + start.minute();
        self.stands_in(start.date(), (minute / self.interval.minutes()) as usize) && self.is_partly(start, is_open)
    }

    /// Periods of a horizon that are open and were never counted.
    ///
    /// ```
    /// # use peakshift::{history::{ContactHistory, RawCount}, time::{Horizon, Interval, read_date}};
    /// # let past = Horizon { first: read_date("2026-11-02").unwrap(), days: 28 };
    /// # let grid = past.grid(Interval::from_minutes(60)?);
    /// # let open = (0..grid.len()).filter(|&index| (9..17).contains(&grid.slot_of_day(index)));
    /// # let counts: Vec<RawCount> = open.map(|index| RawCount::of(grid.start(index), 10.0)).collect(); // 10 an hour, 9 to 17
    /// # let (history, _) = ContactHistory::from_counts(&counts, grid.interval(), &[], past.end()).unwrap();
    /// use peakshift::service::OpeningHours;
    /// let longer = OpeningHours::daily("09:00".parse()?, "18:00".parse()?); // an hour more than was ever counted
    /// let next = Horizon { first: past.end(), days: 7 };
    /// let new = history.new_hours(next, |time| longer.is_open(time));
    /// assert_eq!((new.len(), new[0].from, new[0].to), (7, 17 * 60, 18 * 60));
    /// # Ok::<(), peakshift::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn new_hours(&self, horizon: Horizon, is_open: impl Fn(NaiveDateTime) -> bool) -> Vec<NewHours> {
        let opened = self.never_counted(horizon, &is_open);
        let minutes = self.interval.minutes();
        let mut all: Vec<NewHours> = Vec::new();
        for of in 0..7_u8 {
            let weekday = Weekday::try_from(of).unwrap_or(Weekday::Mon);
            for slot in (0..self.interval.per_day()).filter(|&slot| opened.has(usize::from(of), slot)) {
                let (from, to) = (slot as u32 * minutes, (slot as u32 + 1) * minutes);
                match all.last_mut().filter(|last| last.weekday == weekday && last.to == from) {
                    Some(last) => last.to = to,
                    None => all.push(NewHours { weekday, from, to }),
                }
            }
        }
        all
    }

    /// Estimates on a day for its intervals never counted.
    fn estimates(&self, day: usize, opened: &Opened, events: &[Event]) -> Vec<(usize, f64)> {
        let (slots, of) = (self.interval.per_day(), weekday(self.date(day)));
        let has_counts = self.has_counts(day);
        let is_new_day = !self.is_ordinary_day(self.date(day));
        let touched = |date: NaiveDate| events.iter().any(|event| event.is_on_date(date));
        // nothing is learned on a lost day, nor on one with an event whose effect was never counted
        if !has_counts && (!is_new_day || touched(self.date(day))) || self.was_closed(day) {
            return Vec::new();
        }
        let Some(means) = self.neighbours(day, opened, &touched) else { return Vec::new() };
        let both = |slot: &usize| self.count(day, *slot).is_some() && means[*slot].is_some();
        let (own, others) = (0..slots)
            .filter(both)
            .fold((0.0, 0.0), |(own, others), slot| (own + self.count(day, slot).unwrap_or(0.0), others + means[slot].unwrap_or(0.0)));
        let scale = if others > 0.0 { own / others } else { 1.0 };
        let shape: Vec<Option<f64>> = means.iter().map(|mean| mean.map(|mean| scale * mean)).collect();
        let estimate = |slot: usize| Some((slot, shape[slot].or_else(|| self.between(&shape, slot))?));
        (0..slots).filter(|&slot| opened.has(of, slot)).filter_map(estimate).collect()
    }

    /// Mean count of each interval over the days around one, without event days where possible; `None` if none of them is counted.
    fn neighbours(&self, day: usize, opened: &Opened, touched: &impl Fn(NaiveDate) -> bool) -> Option<Vec<Option<f64>>> {
        let around = (-NEIGHBOURS..=NEIGHBOURS).filter(|&step| step != 0).filter_map(|step| day.checked_add_signed(step as isize));
        let is_counted = |&other: &usize| self.has_counts(other);
        let around: Vec<usize> = around.filter(is_counted).filter(|&other| !self.was_closed(other)).collect();
        let quiet: Vec<usize> = around.iter().copied().filter(|&other| !touched(self.date(other))).collect();
        let days = if quiet.is_empty() { around } else { quiet };
        let mean = |slot: usize| {
            let known = days.iter().filter(|&&other| !opened.has(weekday(self.date(other)), slot));
            let counts: Vec<f64> = known.filter_map(|&other| self.count(other, slot)).collect();
            (!counts.is_empty()).then(|| counts.iter().sum::<f64>() / counts.len() as f64)
        };
        (!days.is_empty()).then(|| (0..self.interval.per_day()).map(mean).collect())
    }

    /// An interval unknown on all days around, from the nearest known ones.
    fn between(&self, shape: &[Option<f64>], slot: usize) -> Option<f64> {
        let hours = |slots: usize| slots as f64 * self.interval.hours().get();
        let known = |slot: usize| Some((slot, shape[slot]?));
        let before = (0..slot).rev().find_map(known);
        let after = (slot + 1..shape.len()).find_map(known);
        let fading = |(at, count): (usize, f64)| {
            count * 0.5_f64.powf((hours(at.abs_diff(slot)) - HELD_HOURS.max(self.interval.hours().get())).max(0.0) / HALVING_HOURS)
        };
        match (before, after) {
            (Some((left, low)), Some((right, high))) => Some(low + (high - low) * (slot - left) as f64 / (right - left) as f64),
            (Some(edge), None) | (None, Some(edge)) => Some(fading(edge)),
            (None, None) => None,
        }
    }

    /// Variance of the log of a day's contacts between weekdays: the uncertainty of a weekday never counted.
    pub(crate) fn weekday_variance(&self) -> f64 {
        let recent = self.days().saturating_sub(RECENT_DAYS)..self.days();
        let counted = |day: &usize| !(0..self.interval.per_day()).any(|slot| self.stands_in(self.date(*day), slot));
        let mean = |of: u64| {
            let alike = recent.clone().filter(|&day| self.date(day).weekday() == (self.first + Days::new(of)).weekday());
            let totals: Vec<f64> = alike.filter(counted).filter_map(|day| self.day_total(day)).collect();
            (!totals.is_empty()).then(|| (totals.iter().sum::<f64>() / totals.len() as f64 + 0.5).ln())
        };
        let logs: Vec<f64> = (0..7).filter_map(mean).collect();
        let middle = logs.iter().sum::<f64>() / logs.len().max(1) as f64;
        let variance = logs.iter().map(|log| (log - middle).powi(2)).sum::<f64>() / logs.len().saturating_sub(1).max(1) as f64;
        variance.max(LEAST_VARIANCE)
    }
}

/// Minimum variance of the log of hours never counted: a fifth.
const LEAST_VARIANCE: f64 = 0.04;
